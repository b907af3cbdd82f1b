import type { WeightMap } from '../../attention/maps/weight-map';
import type { HeadMaps } from './maps-host';
import type { Picture } from './picture';
import { Tracer } from './tracer';

/** One head of a picture, to look at closely. */
export class ShownHead {
  readonly map: WeightMap;
  readonly layer: number;
  readonly head: number;
  readonly #maps: HeadMaps;
  #tracer: Tracer | null = null;

  constructor(
    picture: Picture,
    readonly index: number,
  ) {
    const { heads } = picture.source;
    this.layer = Math.floor(index / heads);
    this.head = index % heads;
    this.#maps = picture.maps;
    this.map = picture.maps.map(this.layer, this.head);
    this.trace = async (row, column) => {
      this.#tracer ??= new Tracer(picture.maps.problem, picture.source, this.layer, this.head);
      const value = this.#tracer.row(row)[column];
      const [shown] = (await this.map.cells(oneCell(row, column))).largest;
      return { value, error: Math.abs(shown - value) };
    };
  }

  /** A weight on the CPU in float64, and how far the map's own is from it. */
  readonly trace: (
    row: number,
    column: number,
  ) => Promise<{ readonly value: number; readonly error: number }>;

  isOf(picture: Picture, index: number): boolean {
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
