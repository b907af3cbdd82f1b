import type { WeightMap } from '../../attention/maps/weight-map';
import type { MapExtent } from './geometry';
import { isOnMap } from './navigation';
import {
  type Pool,
  rankOf,
  type BlockReading,
  type CellReading,
  type ReferenceValue,
} from './readout';
import type { Cell } from './scene';

/** Rows kept: going to and fro between a few costs nothing. */
const MAX_KEPT_ROWS = 8;

/** Whole rows of weights, read exactly and kept while they are of use. */
export class RowReader {
  private readonly rows = new Map<number, Float32Array>();

  /** @param pool `mean` for maps of differences, which have no largest; at 1 × 1 it is the value itself. */
  constructor(
    private readonly map: WeightMap,
    private readonly pool: Pool,
  ) {}

  /** The row, if it was read before. */
  kept(row: number): Float32Array | undefined {
    return this.rows.get(row);
  }

  /** @throws the signal's reason when aborted; what the map throws. */
  async read(row: number, signal: AbortSignal): Promise<Float32Array> {
    const kept = this.rows.get(row);
    if (kept) return kept;
    const region = {
      row,
      column: 0,
      rows: 1,
      columns: this.map.columns,
      rowsOfCell: 1,
      columnsOfCell: 1,
    };
    const cells = await this.map.cells(region, { signal });
    signal.throwIfAborted();
    const weights = cells[this.pool];
    this.rows.set(row, weights);
    if (this.rows.size > MAX_KEPT_ROWS) this.rows.delete(this.rows.keys().next().value!);
    return weights;
  }
}

/** What is known of the place under the cursor. */
export type CursorReading =
  | {
      readonly type: 'cell';
      readonly cell: CellReading;
      readonly traced: ReferenceValue | 'pending' | null;
    }
  | { readonly type: 'block'; readonly block: BlockReading }
  | { readonly type: 'failed'; readonly message: string };

export type ReferenceLookup = (row: number, column: number) => Promise<ReferenceValue>;

interface NamedCell extends Cell {
  readonly rowToken?: string;
  readonly columnToken?: string;
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Reads one place at a time: a newer question makes an older one's answer void. */
export class CursorReader {
  private asked: AbortController | null = null;

  constructor(private readonly tell: (reading: CursorReading) => void) {}

  stop(): void {
    this.asked?.abort();
    this.asked = null;
  }

  /** A weight: its row for value and rank, then the CPU. */
  async cell(place: NamedCell, rows: RowReader, trace?: ReferenceLookup): Promise<void> {
    const signal = this.next();
    try {
      if (!rows.kept(place.row)) {
        // A pointer that passes over many rows asks for the last of them alone.
        await pause(40);
        if (signal.aborted) return;
      }
      const row = await rows.read(place.row, signal);
      if (signal.aborted) return;
      const cell = { ...place, value: row[place.column], ...rankOf(row, place.column) };
      this.tell({ type: 'cell', cell, traced: trace ? 'pending' : null });
      if (!trace) return;
      await pause(80);
      if (signal.aborted) return;
      const traced = await trace(place.row, place.column);
      if (!signal.aborted) this.tell({ type: 'cell', cell, traced });
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  /** A cell that pools many weights: its value is on the screen already, or comes with its tile. */
  async block(
    { row, column, rows, columns, pool }: Omit<BlockReading, 'value'>,
    value: (pool: Pool, signal: AbortSignal) => number | Promise<number>,
  ): Promise<void> {
    const signal = this.next();
    try {
      const found = await value(pool, signal);
      if (signal.aborted) return;
      this.tell({ type: 'block', block: { row, column, rows, columns, pool, value: found } });
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  private next(): AbortSignal {
    this.stop();
    this.asked = new AbortController();
    return this.asked.signal;
  }

  private fail(error: unknown): void {
    this.tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

/** What is known of a pinned cell: null while it is read, or where it is not on this map. */
export type PinReading = { readonly pin: Cell; readonly cell: CellReading | null };

type Name = (place: Cell) => Cell & { rowToken?: string; columnToken?: string };

/** Reads pinned cells one by one; newer pins make older answers void. */
export class PinReader {
  private asked: AbortController | null = null;

  constructor(
    private readonly tell: (readings: readonly PinReading[]) => void,
    private readonly fail: (error: unknown) => void,
  ) {}

  stop(): void {
    this.asked?.abort();
  }

  async read(pins: readonly Cell[], rows: RowReader, map: MapExtent, name: Name): Promise<void> {
    this.stop();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const found: PinReading[] = pins.map((pin) => ({ pin, cell: null }));
    this.tell(found);
    for (const [i, pin] of pins.entries()) {
      if (!isOnMap(pin, map)) continue;
      try {
        const row = await rows.read(pin.row, signal);
        if (signal.aborted) return;
        const value = row[pin.column];
        found[i] = { pin, cell: { ...name(pin), value, ...rankOf(row, pin.column) } };
        this.tell([...found]);
      } catch (error) {
        if (signal.aborted) return;
        this.fail(error);
      }
    }
  }
}
