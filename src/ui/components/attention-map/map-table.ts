import { html, nothing, type LitElement, type ReactiveController } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { MapCells } from '../../../attention/maps/weight-map';
import { cellsInView } from './frame';
import type { MapDrawing } from './map-drawing';
import type { OpenedMap } from './opened-map';
import type { Pool } from './readout';
import { TableReading } from './table-reading';
import { weightTable } from './weight-table';

export type TableHost = LitElement & {
  readonly label: string;
  readonly shownPool: Pool;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
};

/** The table below the picture, on request: the numbers of what is in view. */
export class MapTable implements ReactiveController {
  private isOpen = false;
  private cells: MapCells | null = null;
  private readonly asked: TableReading;

  constructor(
    private readonly host: TableHost,
    private readonly opened: OpenedMap,
    private readonly drawing: MapDrawing,
    fail: (error: unknown) => void,
  ) {
    host.addController(this);
    this.asked = new TableReading((cells) => this.take(cells), fail);
  }

  /** The picture was drawn; numbers are read where it shows others than before. */
  follow(hasMoved: boolean): void {
    if (this.isOpen && (hasMoved || !this.cells)) this.read();
  }

  forget(): void {
    this.cells = null;
  }

  hostDisconnected(): void {
    this.asked.stop();
  }

  render() {
    const { label, shownPool: pool, rowTokens, columnTokens } = this.host;
    const { cells } = this;
    const { shown } = this.drawing;
    const table =
      this.isOpen && cells && shown
        ? html`<div class="scroll" tabindex="0" role="region" aria-label="Table of ${label}">
            ${guard([cells, pool, rowTokens, columnTokens], () =>
              weightTable(cells, pool, rowTokens, columnTokens, cellsInView(shown.frame)),
            )}
          </div>`
        : nothing;
    return html`
      <details class="table" @toggle=${this.toggle}>
        <summary>Show as table</summary>
        ${table}
      </details>
    `;
  }

  private readonly toggle = (event: Event) => {
    this.isOpen = (event.target as HTMLDetailsElement).open;
    this.host.requestUpdate();
    if (this.isOpen) this.read();
  };

  private read(): void {
    const { map } = this.opened;
    const { shown } = this.drawing;
    if (map && shown) void this.asked.read(shown.frame, map);
  }

  private take(cells: MapCells): void {
    this.cells = cells;
    this.host.requestUpdate();
  }
}
