import type { Axes } from './axes';
import type { NamedTensor } from './contents';

/** One way to see files' tensors as heads. */
export interface Proposal {
  /** What it sees in them, a sentence. */
  readonly explanation: string;
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
  readonly axes: Axes;
  /** One a layer, or one that holds all layers. */
  readonly query: readonly NamedTensor[];
  readonly key: readonly NamedTensor[];
  readonly value?: readonly NamedTensor[];
  readonly layers: number;
  /** Batch elements, of which a source shows one. */
  readonly batches: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly queryLength: number;
  readonly keyLength: number;
  readonly headSize: number;
  readonly valueSize: number;
  readonly queryTokens?: readonly string[];
  readonly keyTokens?: readonly string[];
}

export interface Inference {
  /** Most likely first. */
  readonly proposals: readonly Proposal[];
  /** Why there is none, or why tensors were left aside: a sentence each. */
  readonly refusals: readonly string[];
}

/** "q (12, 64, 32)" */
export const describeTensor = ({ name, shape }: NamedTensor): string =>
  `${name} (${shape.join(', ')})`;
