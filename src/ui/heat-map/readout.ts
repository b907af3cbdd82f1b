import { html, nothing } from 'lit';
import { formatCount, formatNonFinite } from '../../numeric/format';
import type { FrameProgress } from './frame';
import type { Cell, MapView, PooledExtent, Pool } from './geometry';

/** With three significant figures: "0.234", "3.1e-8", "0", "−0.02", "NaN", "∞". */
export function formatWeight(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e-4 && size < 1e6
      ? String(Number(size.toPrecision(digits)))
      : size
          .toExponential(Math.max(0, digits - 1))
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e');
  return value < 0 ? `−${text}` : text;
}

/** With at most five characters, for a cell: ".039", "8e-5", "1", "−.2". */
export function formatInCell(value: number): string {
  const size = Math.abs(value);
  if (!(size < 1) || size === 0) return formatWeight(value, 2);
  const text = size < 5e-4 ? size.toExponential(0) : size.toFixed(3).replace(/^0|0+$/g, '');
  return value < 0 ? `−${text}` : text;
}

/** Short enough for a tick: "0.2", "0.23", "1e-5". */
export const formatTick = (value: number): string => formatWeight(value, 2);

export interface NamedCell extends Cell {
  readonly rowToken?: string;
  readonly columnToken?: string;
}

export interface CellReading extends NamedCell {
  readonly value: number;
  /** 1 for the largest of its row; null for NaN and for 0. */
  readonly rank: number | null;
  /** Weights of its row that are not 0. */
  readonly of: number;
}

/** A weight computed on the CPU in float64, and how far the map's is from it. */
export interface ReferenceValue {
  readonly value: number;
  readonly error: number;
}

/** A cell that pools several weights. */
export interface BlockReading extends MapView {
  readonly pool: Pool;
  readonly value: number;
}

export type CursorReading =
  | {
      readonly type: 'cell';
      readonly cell: CellReading;
      readonly reference: ReferenceValue | 'pending' | null;
    }
  | { readonly type: 'block'; readonly block: BlockReading };

/** `cell` is null until it is read, and if it is not on this map. */
export type PinReading = { readonly pin: Cell; readonly cell: CellReading | null };

/**
 * The rank of a weight's magnitude in its row: 1 for the largest. Equal weights share the better rank. Hidden weights,
 * which are 0, do not count.
 */
export function rankOf(row: Float32Array, column: number): { rank: number | null; of: number } {
  const size = Math.abs(row[column]);
  let [larger, of] = [0, 0];
  for (const weight of row) {
    if (weight === 0 || Number.isNaN(weight)) continue;
    of++;
    if (Math.abs(weight) > size) larger++;
  }
  return { rank: size > 0 ? larger + 1 : null, of };
}

export const withTokens = (
  { row, column }: Cell,
  tokens: { readonly rowTokens: readonly string[]; readonly columnTokens: readonly string[] },
): NamedCell => ({
  row,
  column,
  rowToken: tokens.rowTokens[row],
  columnToken: tokens.columnTokens[column],
});

/** "query 12 ‘Prisoner’ → key 31 ‘Cell’" */
export function positionText({ row, column, rowToken, columnToken }: NamedCell): string {
  const quoted = (token?: string) => (token === undefined ? '' : ` ‘${token}’`);
  const query = `query ${formatCount(row)}${quoted(rowToken)}`;
  return `${query} → key ${formatCount(column)}${quoted(columnToken)}`;
}

/** "0.234, rank 2 of 6" */
export const valueText = ({ value, rank, of }: CellReading): string =>
  formatWeight(value) + (rank === null ? '' : `, rank ${formatCount(rank)} of ${formatCount(of)}`);

/** "CPU 0.2340001, off by 3e-8" */
export const referenceText = ({ value, error }: ReferenceValue): string =>
  `CPU ${formatWeight(value, 7)}, ${error === 0 ? 'no difference' : `off by ${formatWeight(error, 1)}`}`;

/** "Prisoner to Cell" */
const spokenPosition = ({ row, column, rowToken, columnToken }: NamedCell): string =>
  `${rowToken ?? `query ${row}`} to ${columnToken ?? `key ${column}`}`;

/** For screen readers: "Prisoner to Cell, 0.234, rank 2 of 6". */
export const announcement = (cell: CellReading): string =>
  `${spokenPosition(cell)}, ${valueText(cell)}`;

/** "queries 64 to 127, keys 0 to 63" */
function blockPositionText({ row, column, rows, columns }: BlockReading): string {
  const range = (one: string, many: string, first: number, count: number) =>
    count === 1
      ? `${one} ${formatCount(first)}`
      : `${many} ${formatCount(first)} to ${formatCount(first + count - 1)}`;
  return `${range('query', 'queries', row, rows)}, ${range('key', 'keys', column, columns)}`;
}

/** "0.234, the largest of 64 × 64 weights" */
export const blockValueText = ({ rows, columns, pool, value }: BlockReading): string =>
  `${formatWeight(value)}, the ${pool} of ${formatCount(rows)} × ${formatCount(columns)} weights`;

/** "Queries 64 to 127, keys 0 to 63: largest 0.234" */
export const blockAnnouncement = (block: BlockReading): string =>
  `${blockPositionText(block)}: ${block.pool} ${formatWeight(block.value)}`;

/** "each cell is one weight", "each cell pools 64 × 64 weights: the largest" */
function poolingText(pool: Pool, { rowsOfCell, columnsOfCell }: PooledExtent): string {
  if (rowsOfCell * columnsOfCell === 1) return 'each cell is one weight';
  const size = `${formatCount(rowsOfCell)} × ${formatCount(columnsOfCell)}`;
  return `each cell pools ${size} weights: ${pool === 'largest' ? 'the largest' : 'their mean'}`;
}

/** Whether the picture is exact, and if not, what is drawn instead. */
export function statusText(progress: FrameProgress, pool: Pool, extent: PooledExtent): string {
  const { fraction, failed, coarser, outdated } = progress;
  if (failed > 0) return 'Incomplete: part of this view could not be computed.';
  if (fraction >= 1) return `Exact: ${poolingText(pool, extent)}.`;
  const percent = Math.floor(100 * fraction);
  if (outdated) return `Out of date: showing the previous map, computing… ${percent} %`;
  if (coarser) return `Approximate: showing coarser cells, computing… ${percent} %`;
  return `Incomplete: computing… ${percent} %; unfinished rows repeat a neighbour or are hatched.`;
}

/** "3 NaN and 1 infinite cell in view", or nothing. */
export function nonFiniteText(nans: number, infinities: number): string {
  if (nans + infinities === 0) return '';
  const counts = [
    nans > 0 && `${formatCount(nans)} NaN`,
    infinities > 0 && `${formatCount(infinities)} infinite`,
  ];
  const cells = nans + infinities === 1 ? 'cell' : 'cells';
  return `${counts.filter(Boolean).join(' and ')} ${cells} in view.`;
}

/** The ratio is null where it means nothing: a divisor of 0, non-finite values, opposite signs. */
function compareValues({ value }: CellReading, { value: other }: CellReading) {
  const difference = value - other;
  const ratio = value / other;
  const isMeaningful = Number.isFinite(difference) && Number.isFinite(ratio) && ratio >= 0;
  return { difference, ratio: isMeaningful ? ratio : null };
}

/** "+0.034, × 1.2"; "no difference" */
export function comparisonText(cell: CellReading, first: CellReading): string {
  const { difference, ratio } = compareValues(cell, first);
  if (difference === 0) return 'no difference';
  const sign = difference > 0 ? '+' : '';
  return `${sign}${formatWeight(difference)}${ratio === null ? '' : `, × ${formatWeight(ratio)}`}`;
}

/** For screen readers: "Pinned. Prisoner to Cell, 0.234, rank 2 of 6: 0.034 more than Guard to Cell, 1.2 times as much" */
export function pinAnnouncement(cell: CellReading, first: CellReading | null): string {
  const text = `Pinned. ${announcement(cell)}`;
  if (!first) return text;
  const { difference, ratio } = compareValues(cell, first);
  const other = spokenPosition(first);
  if (difference === 0) return `${text}: equal to ${other}`;
  if (Number.isNaN(difference)) return `${text}: the difference from ${other} is not a number`;
  const size = `${formatWeight(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'} than ${other}`;
  const times = ratio === null ? '' : `, ${formatWeight(ratio)} times as much`;
  return `${text}: ${size}${times}`;
}

// ---- Beside the picture

/** The cell under the cursor, with a button that pins a weight or zooms in to a pooled cell. */
export function readoutPanel(
  reading: CursorReading | null,
  message: string,
  isHeld: boolean,
  actions: { enter(): void; pin(): void },
) {
  if (message) return html`<p class="error">${message}</p>`;
  if (!reading) {
    return html`<p class="soft">
      Hover over a cell to read it, click to select it; or focus the map and use the arrow keys.
    </p>`;
  }
  const held = isHeld
    ? html`<span class="soft">Selected. Click again to deselect.</span>`
    : nothing;
  if (reading.type === 'block') {
    return html`
      <p>${blockPositionText(reading.block)}</p>
      <p class="value number">${blockValueText(reading.block)}</p>
      <p class="actions row">
        <button type="button" @click=${actions.enter}>Zoom in</button>
        ${held}
      </p>
    `;
  }
  const { cell, reference } = reading;
  return html`
    <p>${positionText(cell)}</p>
    <p class="value number">${valueText(cell)}</p>
    ${
      reference === null
        ? nothing
        : html`<p class="number soft">
            ${reference === 'pending' ? 'CPU: computing…' : referenceText(reference)}
          </p>`
    }
    <p class="actions row">
      <button type="button" @click=${actions.pin}>Pin</button>
      ${held}
    </p>
  `;
}

interface PinActions {
  show(pin: Cell): void;
  remove(pin: Cell): void;
  /** Makes it the one that the others are compared with. */
  makeFirst(pin: Cell): void;
}

/** Pinned cells, each compared with the first. */
export function pinList(pins: readonly PinReading[], actions: PinActions) {
  if (pins.length === 0) return nothing;
  const [first] = pins;
  const note = pins.length > 1 ? html` <span class="soft">compared with the first</span>` : nothing;
  return html`
    <div class="pins">
      <h3>Pinned cells${note}</h3>
      <ol class="stack gap-1">
        ${pins.map((pin) => renderPin(pin, first, actions))}
      </ol>
    </div>
  `;
}

function renderPin(reading: PinReading, first: PinReading, actions: PinActions) {
  const { pin, cell } = reading;
  const name = positionText(cell ?? pin);
  return html`
    <li>
      <button type="button" class="flat" @click=${() => actions.show(pin)}>${name}</button>
      <button
        type="button"
        class="flat"
        aria-label="Unpin ${name}"
        @click=${() => actions.remove(pin)}
      >
        ×
      </button>
      <span class="number">${cell ? valueText(cell) : '–'}</span>
      ${
        reading === first
          ? nothing
          : html`<span class="number against">
              ${cell && first.cell ? comparisonText(cell, first.cell) : '–'}
              <button
                type="button"
                class="flat"
                aria-label="Compare with ${name}"
                title="Compare the other pins with this one"
                @click=${() => actions.makeFirst(pin)}
              >
                make first
              </button>
            </span>`
      }
    </li>
  `;
}

const key = (name: string) => html`<kbd>${name}</kbd>`;

export const keyHelp = html`
  ${key('arrows')} move the cursor, with ${key('Shift')} or ${key('Page')} by ten; ${key('Home')}
  ${key('End')} along a row; ${key('Enter')} zooms to the cell, ${key('Esc')} back out; ${key('+')}
  ${key('−')} zoom; ${key('P')} pins.
`;
