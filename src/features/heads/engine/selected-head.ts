import { ReferenceRows } from '../../../attention/maps/cpu-maps';
import type { WeightMap } from '../../../attention/maps/weight-map';
import type { Problem } from '../../../attention/problem';
import { roundToFloat16 } from '../../../numeric/float16';
import type { HeadsSource } from '../model/source';
import type { HeadMaps } from './map-backend';
import type { HeadsResult } from './result';

/**
 * Weights of one head in float64 on the CPU, row by row, from the same numbers as the kernels have: to say what a
 * cell should be. A row takes keyLength × headSize products: ten milliseconds or so at 65,536 keys.
 */
class HeadReference {
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

/** One head of a picture, to look at closely. */
export class SelectedHead {
  readonly map: WeightMap;
  readonly layer: number;
  readonly head: number;
  readonly #maps: HeadMaps;
  #tracer: HeadReference | null = null;

  constructor(
    picture: HeadsResult,
    readonly index: number,
  ) {
    const { heads } = picture.source;
    this.layer = Math.floor(index / heads);
    this.head = index % heads;
    this.#maps = picture.maps;
    this.map = picture.maps.map(this.layer, this.head);
    this.lookUpReference = async (row, column) => {
      this.#tracer ??= new HeadReference(
        picture.maps.problem,
        picture.source,
        this.layer,
        this.head,
      );
      const value = this.#tracer.row(row)[column];
      const [shown] = (await this.map.cells(oneCell(row, column))).largest;
      return { value, error: Math.abs(shown - value) };
    };
  }

  /** A weight on the CPU in float64, and how far the map's own is from it. */
  readonly lookUpReference: (
    row: number,
    column: number,
  ) => Promise<{ readonly value: number; readonly error: number }>;

  matches(picture: HeadsResult, index: number): boolean {
    return this.#maps === picture.maps && this.index === index;
  }
}

const oneCell = (row: number, column: number) => ({
  row,
  column,
  rows: 1,
  columns: 1,
  rowsOfCell: 1,
  columnsOfCell: 1,
});
