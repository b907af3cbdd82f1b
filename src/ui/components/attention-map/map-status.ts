import { html, nothing, type LitElement } from 'lit';
import { emit } from './map-events';
import type { Shown } from './map-screen';
import type { CellExtent } from './moves';
import type { Pool } from './readout';
import { oddText, statusText } from './status';

interface Line {
  readonly status: string;
  /** Whether the picture is as exact as its cells can be. */
  readonly exact: boolean;
  /** What is not finite. */
  readonly odd: string;
  readonly broken: string;
}

/** The line above the picture: what it is at this moment, and what went wrong. */
export class MapStatus {
  private line: Line = { status: '', exact: false, odd: '', broken: '' };

  constructor(private readonly host: LitElement) {}

  /** The message of what went wrong, or nothing. */
  get broken(): string {
    return this.line.broken;
  }

  fail(error: unknown): void {
    this.change({ broken: error instanceof Error ? error.message : String(error) });
    emit(this.host, 'map-error', { error });
  }

  /** Another map, or another try. */
  mend(): void {
    this.change({ broken: '' });
  }

  /** No map any more, though the picture of one may still be there. */
  lose(isPictured: boolean): void {
    const status = isPictured ? 'Out of date: the map before is shown.' : 'No map yet.';
    this.change({ status, exact: false, odd: '' });
  }

  show({ progress, census }: Shown, cell: CellExtent, pool: Pool): void {
    this.change({
      status: statusText(progress, { ...cell, pool }),
      exact: progress.fraction >= 1 && progress.failed === 0,
      odd: oddText(census.nans, census.infinities),
    });
  }

  render(retry: () => void) {
    const { status, exact, odd, broken } = this.line;
    return html`
      <div class="status">
        <span class=${exact ? 'soft' : 'approximate'}>${status}</span>
        ${odd ? html`<span class="odd">${odd}</span>` : nothing}
        ${
          broken
            ? html`<span class="failed" role="alert">${broken}</span>
                <button type="button" @click=${retry}>Try again</button>`
            : nothing
        }
      </div>
    `;
  }

  /** Every frame tells; only what is new is rendered. */
  private change(some: Partial<Line>): void {
    const next = { ...this.line, ...some };
    const keys = Object.keys(next) as (keyof Line)[];
    if (keys.every((key) => next[key] === this.line[key])) return;
    this.line = next;
    this.host.requestUpdate();
  }
}
