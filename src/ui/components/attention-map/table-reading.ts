import type { MapCells, WeightMap } from '../../../attention/maps/weight-map';
import type { Frame } from './frame';
import { tableRegion } from './weight-table';

/** The view may move on: numbers are read once it rests for so long, in milliseconds. */
const REST = 150;

/** Reads the cells of the table; a newer view makes an older answer void. */
export class TableReading {
  private asked: AbortController | null = null;

  constructor(
    private readonly tell: (cells: MapCells) => void,
    private readonly fail: (error: unknown) => void,
  ) {}

  stop(): void {
    this.asked?.abort();
  }

  async read(frame: Frame, map: WeightMap): Promise<void> {
    this.stop();
    this.asked = new AbortController();
    const { signal } = this.asked;
    await new Promise((resolve) => setTimeout(resolve, REST));
    if (signal.aborted) return;
    try {
      const cells = await map.cells(tableRegion(frame, map), { signal });
      if (!signal.aborted) this.tell(cells);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }
}
