import { raceAbort } from '../../async/abort';
import type { WeightMap } from '../../attention/maps/weight-map';
import { isOnMap, type Pool } from './geometry';
import {
  rankOf,
  type CellReading,
  type CursorReading,
  type NamedCell,
  type PinReading,
  type ReferenceValue,
} from './readout';

export type ReferenceLookup = (row: number, column: number) => Promise<ReferenceValue>;

/** Moving back and forth between a few rows reads each only once. */
const MAX_CACHED_ROWS = 8;

export class RowReader {
  private readonly rows = new Map<number, Float32Array>();

  /** @param pool `mean` for differences, which have no `largest`; at 1 × 1 both are the value itself. */
  constructor(
    readonly map: WeightMap,
    private readonly pool: Pool,
  ) {}

  has(row: number): boolean {
    return this.rows.has(row);
  }

  /** @throws the signal's reason when aborted; what the map throws. */
  async read(row: number, signal: AbortSignal): Promise<Float32Array> {
    const cached = this.rows.get(row);
    if (cached) return cached;
    const { columns } = this.map;
    const region = { row, column: 0, rows: 1, columns, rowsOfCell: 1, columnsOfCell: 1 };
    const cells = await raceAbort(this.map.cells(region, { signal }), signal);
    const weights = cells[this.pool];
    this.rows.set(row, weights);
    if (this.rows.size > MAX_CACHED_ROWS) this.rows.delete(this.rows.keys().next().value!);
    return weights;
  }

  async readCell(cell: NamedCell, signal: AbortSignal): Promise<CellReading> {
    const row = await this.read(cell.row, signal);
    return { ...cell, value: row[cell.column], ...rankOf(row, cell.column) };
  }
}

/** A pointer that crosses many rows reads only the last. */
const ROW_DELAY_MS = 40;
const REFERENCE_DELAY_MS = 80;

/** @throws the signal's reason when aborted. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  raceAbort(new Promise((resolve) => setTimeout(resolve, milliseconds)), signal);

/** Reads a weight, then its reference. @throws the signal's reason when aborted; what map and lookup throw. */
export async function readAtCursor(
  cell: NamedCell,
  rows: RowReader,
  lookup: ReferenceLookup | undefined,
  signal: AbortSignal,
  onReading: (reading: CursorReading) => void,
): Promise<void> {
  if (!rows.has(cell.row)) await pause(ROW_DELAY_MS, signal);
  const reading = await rows.readCell(cell, signal);
  onReading({ type: 'cell', cell: reading, reference: lookup ? 'pending' : null });
  if (!lookup) return;
  await pause(REFERENCE_DELAY_MS, signal);
  const reference = await raceAbort(lookup(cell.row, cell.column), signal);
  onReading({ type: 'cell', cell: reading, reference });
}

/** Reads pinned cells one by one, the others even if one fails. @throws the signal's reason when aborted. */
export async function readPins(
  pins: readonly NamedCell[],
  rows: RowReader,
  signal: AbortSignal,
  onReadings: (readings: readonly PinReading[]) => void,
  onError: (error: unknown) => void,
): Promise<void> {
  const readings: PinReading[] = pins.map((pin) => ({ pin, cell: null }));
  onReadings(readings);
  for (const [i, pin] of pins.entries()) {
    if (!isOnMap(pin, rows.map)) continue;
    try {
      readings[i] = { pin, cell: await rows.readCell(pin, signal) };
      onReadings([...readings]);
    } catch (error) {
      signal.throwIfAborted();
      onError(error);
    }
  }
}
