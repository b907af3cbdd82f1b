import { proposeSources } from '../model/files/infer';
import { type Proposal, sourceFromProposal } from '../model/files/proposal';
import { readTensorFile } from '../model/files/read-file';
import type { FileContents } from '../model/files/tensor-file';
import type { HeadsSource } from '../model/source';

/** One way to see the files as heads. */
export interface TensorReading {
  readonly explanation: string;
  readonly notes: readonly string[];
  readonly batches: number;
}

/** What was seen in files: nothing, where there are no readings. */
export interface FilesRead {
  /** Most likely first. */
  readonly readings: readonly TensorReading[];
  readonly issues: readonly string[];
  readonly files: readonly string[];
}

export type ToFilesWorker =
  | {
      readonly task: 'read';
      readonly files: readonly { readonly name: string; readonly data: ArrayBuffer }[];
    }
  | { readonly task: 'source'; readonly reading: number; readonly batch: number };

export type FromFilesWorker =
  FilesRead | { readonly source: HeadsSource } | { readonly name: string; readonly error: string };

/// <reference lib="webworker" />

/** Reads files of tensors beside the page: a large one takes longer than a frame. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

let keptFiles: FileContents[] = [];
let proposals: readonly Proposal[] = [];

scope.addEventListener('message', ({ data }: MessageEvent<ToFilesWorker>) => {
  try {
    if (data.task === 'read') scope.postMessage(readFiles(data));
    else sendSource(data);
  } catch (error) {
    const { name, message } = error as Error;
    scope.postMessage({ name, error: message } satisfies FromFilesWorker);
  }
});

/** Files are kept only when something can be seen in them. */
function readFiles({ files }: Extract<ToFilesWorker, { task: 'read' }>): FromFilesWorker {
  const contents = files.map(({ name, data }) => readTensorFile(name, data));
  // Tokens alone go with the tensors that are there already.
  const isAddition = contents.every(({ tensors }) => tensors.length === 0);
  const all = isAddition ? [...keptFiles, ...contents] : contents;
  const inference = proposeSources(all);
  if (inference.proposals.length > 0) {
    keptFiles = all;
    proposals = inference.proposals;
  }
  return {
    readings: inference.proposals.map(({ explanation, notes, batches }) => ({
      explanation,
      notes,
      batches,
    })),
    issues: inference.issues,
    files: all.map(({ file }) => file),
  };
}

function sendSource({ reading, batch }: Extract<ToFilesWorker, { task: 'source' }>) {
  const source = sourceFromProposal(proposals[reading], batch);
  const arrays = [source.query, source.key, source.value, source.marks];
  const transfer = new Set(arrays.flatMap((array) => (array ? [array.buffer] : [])));
  scope.postMessage({ source } satisfies FromFilesWorker, [...transfer]);
}
