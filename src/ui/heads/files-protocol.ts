import type { HeadsSource } from '../../heads/source';

/** One way to see the files as heads. */
export interface Reading {
  readonly explanation: string;
  readonly notes: readonly string[];
  readonly batches: number;
}

/** What was seen in files: nothing, where there are no readings. */
export interface FilesRead {
  /** Most likely first. */
  readonly readings: readonly Reading[];
  readonly refusals: readonly string[];
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
