import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { implementations } from '../../../bench/implementations';
import { UiElement } from '../../../ui/element';

/** The symbols, in the order of the implementations, drawn in a square of 12. */
const outlines = {
  circle: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
  square: 'M2 2h8v8H2z',
  triangle: 'M6 1.2l5 9H1z',
  diamond: 'M6 .6L11.4 6L6 11.4L.6 6z',
  cross: 'M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z',
  star: 'M6 .4L7.5 4.2L11.6 4.5L8.5 7.1L9.5 11.1L6 8.9L2.5 11.1L3.5 7.1L.4 4.5L4.5 4.2z',
  wye: 'M4.5 11V7L1 5l1.5-2.6L6 4.4l3.5-2L11 5 7.5 7v4z',
  hexagon: 'M6 .7L10.6 3.35V8.65L6 11.3L1.4 8.65V3.35z',
  triangleDown: 'M1 1.8h10L6 10.8z',
  hourglass: 'M1.5 1.2h9l-9 9.6h9z',
};
const symbols = Object.keys(outlines) as (keyof typeof outlines)[];

/** Symbols beside Plot's own. Like those, they have a given area. */
const customSymbols = {
  triangleDown: {
    draw(context: CanvasPath, size: number) {
      const half = Math.sqrt(size / Math.sqrt(3));
      const height = half * Math.sqrt(3);
      context.moveTo(-half, -height / 3);
      context.lineTo(half, -height / 3);
      context.lineTo(0, (2 * height) / 3);
      context.closePath();
    },
  },
  hourglass: {
    draw(context: CanvasPath, size: number) {
      const half = Math.sqrt(size / 2);
      context.moveTo(-half, -half);
      context.lineTo(half, -half);
      context.lineTo(-half, half);
      context.lineTo(half, half);
      context.closePath();
    },
  },
};

/** Index of its colour and symbol; unknown implementations (of an older report) come after the last. */
function seriesIndex(contestant: string) {
  const index = implementations.findIndex(({ name }) => name === contestant);
  return (index < 0 ? implementations.length : index) % symbols.length;
}

/** The colour of an implementation, everywhere on the page. */
export const seriesColor = (contestant: string) => `var(--series-${seriesIndex(contestant) + 1})`;

/** Its symbol, so that no meaning depends on colour alone. */
const symbolName = (contestant: string) => symbols[seriesIndex(contestant)]!;

export function seriesSymbol(contestant: string) {
  const name = symbolName(contestant);
  return name === 'triangleDown' || name === 'hourglass' ? customSymbols[name] : name;
}

/** An implementation's mark, with the colour and symbol that charts give it. */
@customElement('series-mark')
export class SeriesMark extends UiElement {
  static override styles = css`
    :host {
      display: inline-block;
    }
  `;

  /** The implementation's name. */
  @property() contestant = '';

  override render() {
    return html`
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d=${outlines[symbolName(this.contestant)]} fill=${seriesColor(this.contestant)} />
      </svg>
    `;
  }
}
