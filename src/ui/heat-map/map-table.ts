import { html, nothing, type LitElement, type ReactiveController } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { MapCells, MapRegion, WeightMap } from '../../attention/maps/weight-map';
import { type Frame, cellsInView } from './frame';
import type { MapDrawing } from './map-renderer';
import { formatIndex, formatWeight, type Pool } from './readout';
import type { OpenedMap } from './view-controller';

/** A table has no more rows and columns than this. */
const MAX_TABLE_SIDE = 50;

/** The cells in view, from the upper left corner, as many as a table takes. */
export function tableRegion({ view, rowLevel, columnLevel }: Frame, map: WeightMap): MapRegion {
  const along = (from: number, length: number, level: number, all: number) => {
    const extent = 2 ** level;
    const first = Math.floor(from / extent) * extent;
    const end = Math.min(all, Math.ceil((from + length) / extent) * extent);
    return { first, length: Math.min(end - first, MAX_TABLE_SIDE * extent), extent };
  };
  const down = along(view.row, view.rows, rowLevel, map.rows);
  const across = along(view.column, view.columns, columnLevel, map.columns);
  return {
    row: down.first,
    column: across.first,
    rows: down.length,
    columns: across.length,
    rowsOfCell: down.extent,
    columnsOfCell: across.extent,
  };
}

const span = (first: number, length: number): string =>
  length === 1 ? formatIndex(first) : `${formatIndex(first)}–${formatIndex(first + length - 1)}`;

/** The numbers behind the picture. */
function weightTable(
  cells: MapCells,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
  shown: { readonly rows: number; readonly columns: number },
) {
  const { region, width, height } = cells;
  const { rowsOfCell, columnsOfCell } = region;
  const name = (first: number, extent: number, tokens: readonly string[]) =>
    extent === 1 && tokens[first] !== undefined
      ? `${formatIndex(first)} ${tokens[first]}`
      : span(first, extent);
  const whole = height >= shown.rows && width >= shown.columns;
  const extent = `${height} × ${width} of ${formatIndex(shown.rows)} × ${formatIndex(shown.columns)}`;
  const cut = whole ? '' : ` The first ${extent} cells in view; zoom or pan for others.`;
  const pooled = rowsOfCell * columnsOfCell === 1 ? 'Weights' : `Cells: the ${pool} of each block`;
  return html`
    <table>
      <caption>
        ${pooled}; queries down, keys across.${cut}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${Array.from(
            { length: width },
            (_, j) =>
              html`<th scope="col">
                ${name(region.column + j * columnsOfCell, columnsOfCell, columnTokens)}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          { length: height },
          (_, i) => html`
            <tr>
              <th scope="row">${name(region.row + i * rowsOfCell, rowsOfCell, rowTokens)}</th>
              ${Array.from(
                cells[pool].subarray(i * width, (i + 1) * width),
                (value) => html`<td class="number">${formatWeight(value)}</td>`,
              )}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

/** The view may move on: numbers are read once it rests for so long, in milliseconds. */
const TABLE_DELAY_MS = 150;

/** Reads the cells of the table; a newer view makes an older answer void. */
class TableReader {
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
    await new Promise((resolve) => setTimeout(resolve, TABLE_DELAY_MS));
    if (signal.aborted) return;
    try {
      const cells = await map.cells(tableRegion(frame, map), { signal });
      if (!signal.aborted) this.tell(cells);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }
}

type TableHost = LitElement & {
  readonly label: string;
  readonly shownPool: Pool;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
};

/** The table below the picture, on request: the numbers of what is in view. */
export class MapTable implements ReactiveController {
  private isOpen = false;
  private cells: MapCells | null = null;
  private readonly asked: TableReader;

  constructor(
    private readonly host: TableHost,
    private readonly opened: OpenedMap,
    private readonly drawing: MapDrawing,
    fail: (error: unknown) => void,
  ) {
    host.addController(this);
    this.asked = new TableReader((cells) => this.take(cells), fail);
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
