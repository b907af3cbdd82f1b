/// <reference lib="webworker" />
import type { FileContents } from '../../heads/files/contents';
import { proposeSources } from '../../heads/files/infer';
import type { Proposal } from '../../heads/files/proposal';
import { readTensorFile } from '../../heads/files/read-file';
import { sourceFromProposal } from '../../heads/files/source-from-proposal';
import type { FromFilesWorker, ToFilesWorker } from './files-protocol';

/** Reads files of tensors beside the page: a large one takes longer than a frame. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

let kept: FileContents[] = [];
let proposals: readonly Proposal[] = [];

scope.addEventListener('message', ({ data }: MessageEvent<ToFilesWorker>) => {
  try {
    if (data.task === 'read') scope.postMessage(read(data));
    else sendSource(data);
  } catch (error) {
    const { name, message } = error as Error;
    scope.postMessage({ name, error: message } satisfies FromFilesWorker);
  }
});

/** Files are kept only when something can be seen in them. */
function read({ files }: Extract<ToFilesWorker, { task: 'read' }>): FromFilesWorker {
  const contents = files.map(({ name, data }) => readTensorFile(name, data));
  // Tokens alone go with the tensors that are there already.
  const isAddition = contents.every(({ tensors }) => tensors.length === 0);
  const all = isAddition ? [...kept, ...contents] : contents;
  const inference = proposeSources(all);
  if (inference.proposals.length > 0) {
    kept = all;
    proposals = inference.proposals;
  }
  return {
    readings: inference.proposals.map(({ explanation, notes, batches }) => ({
      explanation,
      notes,
      batches,
    })),
    refusals: inference.refusals,
    files: all.map(({ file }) => file),
  };
}

function sendSource({ reading, batch }: Extract<ToFilesWorker, { task: 'source' }>) {
  const source = sourceFromProposal(proposals[reading], batch);
  const arrays = [source.query, source.key, source.value, source.marks];
  const transfer = new Set(arrays.flatMap((array) => (array ? [array.buffer] : [])));
  scope.postMessage({ source } satisfies FromFilesWorker, [...transfer]);
}
