/// <reference lib="webworker" />
import { serveRpc } from '../../../async/rpc';
import { proposeSources } from '../model/files/infer';
import { sourceFromProposal, type Proposal } from '../model/files/proposal';
import { readTensorFile } from '../model/files/read-file';
import type { FileContents } from '../model/files/tensor-file';
import type { HeadsSource } from '../model/source';
import { plantedSource, type PlantedOptions } from '../model/sources/planted';

export interface TensorReading {
  readonly explanation: string;
  readonly notes: readonly string[];
  readonly batches: number;
}

/** What files hold. Without readings there is nothing to show, and `issues` says why. */
export interface FilesRead {
  /** Most likely first. */
  readonly readings: readonly TensorReading[];
  readonly issues: readonly string[];
  readonly files: readonly string[];
}

/** Sources that take longer to make than a frame: seconds at 65,536 tokens. */
export interface SourceTasks {
  plant: { request: PlantedOptions; result: HeadsSource };
  /** Keeps the files for `readAs`, unless nothing can be seen in them. */
  readFiles: {
    request: readonly { readonly name: string; readonly data: ArrayBuffer }[];
    result: FilesRead;
  };
  readAs: { request: { readonly reading: number; readonly batch: number }; result: HeadsSource };
}

let keptFiles: FileContents[] = [];
let proposals: readonly Proposal[] = [];

serveRpc<SourceTasks>(globalThis as unknown as DedicatedWorkerGlobalScope, {
  plant: (options, { transfer }) => handOver(plantedSource(options), transfer),
  readFiles: (files) => {
    const contents = files.map(({ name, data }) => readTensorFile(name, data));
    // Files with tokens alone are added to the tensors that are there already.
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
  },
  readAs: ({ reading, batch }, { transfer }) =>
    handOver(sourceFromProposal(proposals[reading], batch), transfer),
});

function handOver(source: HeadsSource, transfer: Transferable[]): HeadsSource {
  const arrays = [source.query, source.key, source.value, source.marks];
  transfer.push(...new Set(arrays.flatMap((array) => (array ? [array.buffer] : []))));
  return source;
}
