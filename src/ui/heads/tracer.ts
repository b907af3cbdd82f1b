import { ReferenceRows } from '../../attention/maps/reference-row';
import type { Problem } from '../../attention/problem';
import type { HeadsSource } from '../../heads/source';
import { roundToFloat16 } from '../../numeric/float16';

/**
 * Weights of one head in float64 on the CPU, row by row, from the same numbers as the kernels have: to say what a
 * cell should be. A row takes keyLength × headSize products: ten milliseconds or so at 65,536 keys.
 */
export class Tracer {
  readonly #rows: ReferenceRows;
  #last: { readonly row: number; readonly weights: Float64Array } | null = null;

  constructor(problem: Problem, source: HeadsSource, layer: number, head: number) {
    const operands = problem.type === 'f16' ? roundedHead(source, layer, head) : source;
    this.#rows = new ReferenceRows(problem, operands, layer, head);
  }

  /** The weights of a row, one a key; good until the next call. */
  row(row: number): Float64Array {
    if (this.#last?.row !== row) this.#last = { row, weights: this.#rows.row(row).weights };
    return this.#last.weights;
  }
}

/** The source with one head's values as float16 holds them; the other heads' are zeros. */
function roundedHead(source: HeadsSource, layer: number, head: number) {
  const { heads, kvHeads, queryLength, keyLength, headSize, query, key } = source;
  const kvHead = Math.floor(head / (heads / kvHeads));
  return {
    query: roundedRange(query, layer * heads + head, queryLength * headSize),
    key: roundedRange(key, layer * kvHeads + kvHead, keyLength * headSize),
  };
}

function roundedRange(values: Float32Array, index: number, size: number): Float32Array {
  const rounded = new Float32Array(values.length);
  for (let i = index * size; i < (index + 1) * size; i++) rounded[i] = roundToFloat16(values[i]);
  return rounded;
}
