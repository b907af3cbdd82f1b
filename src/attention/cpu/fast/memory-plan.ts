import { type Shape, elementCounts } from '../../shape';
import { LimitError, formatBytes } from '../../../webgpu/errors';
import { blockBytes } from './block-writer';
import { CONTROL_WORDS } from './control';

/** Where everything of a problem is in WebAssembly's memory, in bytes. */
export interface MemoryPlan {
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly output: number;
  readonly logSumExp: number;
  /** Scratch space, one for each thread, `scratchBytes` apart. */
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly bytes: number;
}

export const PAGE = 2 ** 16;
/** WebAssembly's addresses have 32 bits. */
const MOST_BYTES = 2 ** 32;
const LINE = 64;
const aligned = (bytes: number) => Math.ceil(bytes / LINE) * LINE;

/** @throws LimitError for a problem beyond the 4 GiB that WebAssembly can address. */
export function planMemory(shape: Shape, threads: number): MemoryPlan {
  const counts = elementCounts(shape);
  // What reads past a row's end finds at least a cache line more.
  let next = 4 * CONTROL_WORDS;
  const place = (floats: number) => {
    const at = next;
    next += aligned(4 * floats) + LINE;
    return at;
  };
  const places = {
    query: place(counts.query),
    key: place(counts.key),
    value: place(counts.value),
    output: place(counts.output),
    logSumExp: place(counts.logSumExp),
  };
  const scratchBytes = aligned(blockBytes(shape));
  const bytes = next + threads * scratchBytes;
  if (bytes > MOST_BYTES - PAGE) {
    throw new LimitError(
      'memory',
      bytes,
      MOST_BYTES,
      `The fast CPU path needs ${formatBytes(bytes)} for this; WebAssembly addresses ${formatBytes(MOST_BYTES)}.`,
    );
  }
  return { ...places, scratch: next, scratchBytes, bytes };
}

/** @throws RangeError where there is no such memory. */
export function allocate({ bytes }: MemoryPlan, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}
