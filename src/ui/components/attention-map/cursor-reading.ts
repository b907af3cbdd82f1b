import { rankOf, type BlockReading, type CellReading, type Pool, type Traced } from './readout';
import type { RowReader } from './row-reader';
import type { Place } from './scene';

/** What is known of the place under the cursor. */
export type Reading =
  | {
      readonly type: 'cell';
      readonly cell: CellReading;
      readonly traced: Traced | 'pending' | null;
    }
  | { readonly type: 'block'; readonly block: BlockReading }
  | { readonly type: 'failed'; readonly message: string };

export type Trace = (row: number, column: number) => Promise<Traced>;

export interface Asked extends Place {
  readonly rowToken?: string;
  readonly columnToken?: string;
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Reads one place at a time: a newer question makes an older one's answer void. */
export class CursorReading {
  private asked: AbortController | null = null;

  constructor(private readonly tell: (reading: Reading) => void) {}

  stop(): void {
    this.asked?.abort();
    this.asked = null;
  }

  /** A weight: its row for value and rank, then the CPU. */
  async cell(place: Asked, rows: RowReader, trace?: Trace): Promise<void> {
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
