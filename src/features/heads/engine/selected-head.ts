import { ReferenceRows } from '../../../attention/reference';
import type { WeightMap } from '../../../attention/maps/weight-map';
import { roundToFloat16 } from '../../../numeric/float16';
import { rangesOfHead, type HeadsSource } from '../model/source';
import { memoizeLast } from '../../../ui/memoize-last';
import type { HeadMaps } from './map-backend';

export class SelectedHead {
  readonly map: WeightMap;
  readonly layer: number;
  readonly head: number;

  constructor(
    private readonly maps: HeadMaps,
    private readonly source: HeadsSource,
    readonly index: number,
  ) {
    this.layer = Math.floor(index / source.heads);
    this.head = index % source.heads;
    this.map = maps.map(this.layer, this.head);
  }

  /** A weight in float64 on the CPU, and how far the map's own is from it. */
  readonly lookUpReference = async (
    row: number,
    column: number,
  ): Promise<{ readonly value: number; readonly error: number }> => {
    const value = this.#referenceRow(row)[column];
    const region = { row, column, rows: 1, columns: 1, rowsOfCell: 1, columnsOfCell: 1 };
    const [shown] = (await this.map.cells(region)).largest;
    return { value, error: Math.abs(shown - value) };
  };

  /** From the numbers that the kernels have. keyLength × headSize products: about 10 ms at 65,536 keys. */
  readonly #referenceRow = memoizeLast((row: number) => this.#reference().row(row).weights);

  readonly #reference = memoizeLast((): ReferenceRows => {
    const { layer, head, source } = this;
    const { problem } = this.maps;
    const operands = problem.type === 'f16' ? roundedHead(source, layer, head) : source;
    return new ReferenceRows(problem, operands, layer, head);
  });
}

/** One head's queries and keys rounded to float16; those of other heads are zeros. */
function roundedHead(source: HeadsSource, layer: number, head: number) {
  const ranges = rangesOfHead(source, layer, head);
  const rounded = (values: Float32Array, [from, to]: readonly [number, number]) => {
    const all = new Float32Array(values.length);
    all.set(values.subarray(from, to).map(roundToFloat16), from);
    return all;
  };
  return { query: rounded(source.query, ranges.query), key: rounded(source.key, ranges.key) };
}
