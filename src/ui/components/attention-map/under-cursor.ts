import type { LitElement, ReactiveController } from 'lit';
import { CursorReading, type Reading, type Trace } from './cursor-reading';
import { valueAt } from './frame';
import type { MapDrawing } from './map-drawing';
import { blockOf, onMap } from './moves';
import type { OpenedMap } from './opened-map';
import { announcement, blockAnnouncement, withTokens, type Pool } from './readout';
import type { Place } from './scene';

export type UnderCursorHost = LitElement & {
  readonly cursor: Place | null;
  readonly shownPool: Pool;
  readonly trace?: Trace;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
};

/** What is known of what the cursor is on: a weight, or a cell of the picture that pools many. */
export class UnderCursor implements ReactiveController {
  reading: Reading | null = null;
  private readonly asked = new CursorReading((reading) => this.take(reading));

  constructor(
    private readonly host: UnderCursorHost,
    private readonly opened: OpenedMap,
    private readonly drawing: MapDrawing,
    private readonly announce: (text: string) => void,
  ) {
    host.addController(this);
  }

  /** Finds it out anew: the cursor has moved, or stands on something else. */
  read(): void {
    const { cursor } = this.host;
    const { map, rows } = this.opened;
    if (!cursor || !map || !rows) return;
    if (!onMap(cursor, map)) {
      this.forget();
      return;
    }
    const { rowsOfCell, columnsOfCell } = this.drawing.cellExtent;
    if (rowsOfCell * columnsOfCell > 1) this.readBlock(cursor);
    else void this.asked.cell(withTokens(cursor, this.host), rows, this.host.trace);
  }

  forget(): void {
    this.asked.stop();
    if (!this.reading) return;
    this.reading = null;
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.asked.stop();
  }

  private readBlock(cursor: Place): void {
    const map = this.opened.map!;
    const extent = this.drawing.cellExtent;
    const block = { ...blockOf(cursor, extent, map), pool: this.host.shownPool };
    void this.asked.block(block, async (wanted, signal) => {
      const { shown } = this.drawing;
      const drawn =
        shown?.cells.cache.map === map && valueAt(shown.frame, shown.cells.cache, block, wanted);
      if (typeof drawn === 'number') return drawn;
      const cells = await map.cells({ ...block, ...extent }, { signal });
      return cells[wanted][0];
    });
  }

  private take(reading: Reading): void {
    this.reading = reading;
    this.host.requestUpdate();
    if (reading.type === 'cell') this.announce(announcement(reading.cell));
    if (reading.type === 'block') this.announce(blockAnnouncement(reading.block));
  }
}
