import type { Extent } from './geometry';
import { onMap } from './moves';
import { rankOf, type CellReading } from './readout';
import type { RowReader } from './row-reader';
import type { Place } from './scene';

/** What is known of a pinned cell: null while it is read, or where it is not on this map. */
export type PinReading = { readonly pin: Place; readonly cell: CellReading | null };

type Name = (place: Place) => Place & { rowToken?: string; columnToken?: string };

/** Reads pinned cells one by one; newer pins make older answers void. */
export class PinReadings {
  private asked: AbortController | null = null;

  constructor(
    private readonly tell: (readings: readonly PinReading[]) => void,
    private readonly fail: (error: unknown) => void,
  ) {}

  stop(): void {
    this.asked?.abort();
  }

  async read(pins: readonly Place[], rows: RowReader, map: Extent, name: Name): Promise<void> {
    this.stop();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const found: PinReading[] = pins.map((pin) => ({ pin, cell: null }));
    this.tell(found);
    for (const [i, pin] of pins.entries()) {
      if (!onMap(pin, map)) continue;
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
