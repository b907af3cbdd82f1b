import { min } from 'd3-array';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import type { WeightMap } from '../../../attention/maps/weight-map';
import { button, checkbox, select } from '../../../ui/controls/fields';
import type { UiSlider } from '../../../ui/controls/ui-slider';
import '../../../ui/controls/ui-slider';
import type { AttentionMap } from '../../../ui/heat-map/attention-map';
import '../../../ui/heat-map/attention-map';
import type { Cell, MapView } from '../../../ui/heat-map/geometry';
import { formatWeight } from '../../../ui/heat-map/readout';
import { HeadComparison, type ComparedMaps, type ComparisonSide } from '../engine/comparison';
import type { SelectedHead } from '../engine/selected-head';
import type { HeadsSession } from '../engine/session';
import { maskOptions, type HeadControls } from '../model/controls';
import type { HeadsState } from '../model/state';
import { describeControls } from './captions';
import { renderError, SessionElement } from './session-element';

/** Sizes of the smallest weight but 0, and of the largest. */
type WeightRange = HTMLElementEventMap['map-range']['detail'];

interface ComparisonKind {
  readonly label: string;
  /** Why this cannot be compared; empty where it can. */
  readonly unavailable?: (session: HeadsSession) => string;
  readonly change?: (state: HeadsState) => Partial<HeadControls>;
  readonly render?: (session: HeadsSession) => unknown;
}

const comparisonKinds: Readonly<Record<ComparisonSide['compare'], ComparisonKind>> = {
  head: {
    label: 'another head',
    unavailable: ({ source }) => (source?.headNames.length === 1 ? 'there is only one' : ''),
    render: (session) => {
      const options = session.source?.headNames.map((label, i) => ({ value: String(i), label }));
      const choose = (head: string) => {
        const { layer: withLayer, head: withHead } = session.numbersOf(Number(head));
        session.change({ compare: 'head', withLayer, withHead });
      };
      return select('Head', options ?? [], String(comparisonSide(session).index), choose, {
        id: 'with-head',
      });
    },
  },
  mask: {
    label: 'another mask',
    change: ({ withMask }) => ({ mask: withMask }),
    render: (session) =>
      select(
        'Mask',
        maskOptions,
        session.state.withMask,
        (withMask) => session.change({ withMask }),
        { id: 'with-mask' },
      ),
  },
  temperature: {
    label: 'another temperature',
    change: ({ withTemperature }) => ({ temperature: withTemperature }),
    render: (session) =>
      html`<ui-slider
        id="with-temperature"
        label="Temperature"
        logarithmic
        min="0.05"
        max="20"
        digits="3"
        snap="1"
        .value=${session.state.withTemperature}
        @input=${({ target }: Event) =>
          session.change({ withTemperature: (target as UiSlider).value })}
      ></ui-slider>`,
  },
  type: {
    label: 'the other dtype',
    unavailable: ({ f16Unsupported }) => f16Unsupported,
    change: ({ type }) => ({ type: type === 'f32' ? 'f16' : 'f32' }),
  },
  cpu: {
    label: 'float64 on the CPU',
    unavailable: ({ engine }) =>
      engine.result?.backend === 'cpu' ? 'already computed on the CPU' : '',
  },
};

function comparisonSide(session: HeadsSession): ComparisonSide {
  const { state, controls, index } = session;
  const compare = state.compare === 'none' ? 'head' : state.compare;
  return {
    compare,
    index: compare === 'head' ? session.indexOf(state.withLayer, state.withHead) : index,
    controls: { ...controls, ...comparisonKinds[compare].change?.(state) },
  };
}

@customElement('heads-compare')
export class HeadsCompare extends SessionElement {
  static override styles = [
    SessionElement.styles,
    css`
      ui-select {
        max-width: 16rem;
      }

      ui-slider {
        width: 15rem;
      }

      /* Two side by side, where there is room. */
      .sides {
        --column: max(20rem, 40%);
        column-gap: var(--space-4);
      }
    `,
  ];

  private comparison!: HeadComparison;
  /** The search moves the cursor to what it finds, once. */
  private isSearching = false;
  /** Of the weights of each side, once it is drawn. */
  @state() private ranges: readonly (WeightRange | null)[] = [null, null];

  protected override reads({ state, selectedHead, engine, f16Unsupported }: HeadsSession) {
    return [selectedHead, engine.isCurrent, state, f16Unsupported];
  }

  override connectedCallback() {
    this.comparison ??= new HeadComparison(this, this.session.engine.backends);
    super.connectedCallback();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.comparison.end();
  }

  override willUpdate() {
    const { engine, selectedHead: a } = this.session;
    // While a new result is being prepared, the comparison stays as it was.
    if (!this.isConnected || !engine.result || !engine.isCurrent || !a) return;
    const side = comparisonSide(this.session);
    this.comparison.task.run({ result: engine.result, a, side });
  }

  override updated() {
    const largest = this.comparison.search.value?.largest;
    if (!this.isSearching || !largest) return;
    this.isSearching = false;
    this.session.setCursor(largest);
    this.renderRoot
      .querySelector<AttentionMap>('attention-map')
      ?.showCell(largest.row, largest.column);
  }

  override render() {
    const { session, comparison } = this;
    const { compared } = comparison;
    const { oneScale } = session.state;
    return html`
      ${this.renderChoice()}
      <div class="small mb-4">
        ${checkbox(
          'Same colour scale for both',
          oneScale,
          () => session.change({ oneScale: !oneScale }),
          'one-scale',
        )}
      </div>
      ${renderError(comparison.task)} ${renderError(comparison.search)}
      ${
        compared
          ? this.renderSides(compared)
          : comparison.task.message
            ? nothing
            : html`<p class="soft">Computing…</p>`
      }
    `;
  }

  private renderChoice() {
    const { session } = this;
    const { compare } = comparisonSide(session);
    const options = Object.entries(comparisonKinds).map(([value, { label, unavailable }]) => {
      const reason = unavailable?.(session) ?? '';
      return {
        value,
        label: reason ? `${label} (${reason})` : label,
        disabled: reason !== '' && value !== compare,
      };
    });
    return html`
      <div class="row end mb-4">
        ${select('Compare with', options, compare, (compare) => session.change({ compare }), {
          id: 'compare',
        })}
        ${comparisonKinds[compare].render?.(session) ?? nothing}
      </div>
    `;
  }

  private renderSides(compared: ComparedMaps) {
    const { session, comparison } = this;
    const { a, b, side, difference } = compared;
    const isStale = comparison.task.isRunning || !session.engine.isCurrent;
    const names = namesOf(compared);
    const [nameA, nameB] = names;
    const traceB = side.compare === 'cpu' ? undefined : b.lookUpReference;
    return html`
      <div class="sides auto-columns ${isStale ? 'stale' : ''}" aria-busy=${isStale}>
        ${this.renderMap(`A: ${nameA}`, nameA, a.map, { trace: a.lookUpReference, index: 0 })}
        ${this.renderMap(`B: ${nameB}`, nameB, b.map, { trace: traceB, index: 1 })}
        ${this.renderMap('Difference (A − B)', `${nameA} minus ${nameB}`, difference)}
        <section class="found">
          <h3 class="mb-1">Largest difference</h3>
          ${this.renderSearch(names)}
        </section>
      </div>
    `;
  }

  /** @param side One of the two maps; without, it is their difference. */
  private renderMap(
    heading: string,
    label: string,
    map: WeightMap,
    side?: { readonly trace?: SelectedHead['lookUpReference']; readonly index: 0 | 1 },
  ) {
    const { session } = this;
    const { state } = session;
    const { source } = this.comparison.compared!.result;
    return html`<section>
      <h3 class="mb-1">${heading}</h3>
      <attention-map
        plain
        ?signed=${!side}
        .map=${map}
        .rowTokens=${source.queryTokens}
        .columnTokens=${source.keyTokens}
        label=${label}
        pool=${side ? state.pool : 'mean'}
        scale=${side ? state.scale : 'linear'}
        palette=${state.palette}
        .view=${state.view ?? undefined}
        .cursor=${state.cursor}
        .pins=${state.pins}
        .trace=${side?.trace}
        .range=${side && state.oneScale ? this.range : undefined}
        @map-range=${({ detail }: CustomEvent<WeightRange>) => {
          if (side) this.ranges = this.ranges.with(side.index, detail);
        }}
        @map-view=${({ detail }: CustomEvent<{ view: MapView }>) => session.setView(detail.view)}
        @map-cursor=${({ detail }: CustomEvent<Cell>) => session.setCursor(detail)}
        @map-pin=${({ detail }: CustomEvent<{ pins: readonly Cell[] }>) =>
          session.setPins(detail.pins)}
      ></attention-map>
    </section>`;
  }

  /** The range of both sides' weights; undefined until both are drawn. */
  private get range(): WeightRange | undefined {
    const [a, b] = this.ranges;
    if (!a || !b) return undefined;
    const low = min([a, b], (range) => (range.high > 0 ? range.low : undefined));
    return low === undefined ? undefined : { low, high: Math.max(a.high, b.high) };
  }

  private renderSearch(names: readonly string[]) {
    const { search } = this.comparison;
    return html`
      ${button('Go to the largest difference', this.search, { id: 'largest' })}
      ${when(
        search.isRunning,
        () =>
          html`<p class="soft small">
            Searching all weights: ${Math.floor(100 * (search.value?.fraction ?? 0))} %
            ${button('Stop', () => search.reset())}
          </p>`,
      )}
      <div role="status">${this.renderLargest(names)}</div>
    `;
  }

  private renderLargest(names: readonly string[]) {
    const { search, compared } = this.comparison;
    if (!search.value?.largest) return nothing;
    const { row, column, a, b } = search.value.largest;
    const { queryTokens, keyTokens } = compared!.result.source;
    const weights = [
      [`A: ${names[0]}`, formatWeight(a, 6)],
      [`B: ${names[1]}`, formatWeight(b, 6)],
      ['difference', formatWeight(a - b, 3)],
    ];
    return html`
      <p class="small">query ${row} ‘${queryTokens[row]}’ → key ${column} ‘${keyTokens[column]}’</p>
      <dl class="pairs gap-1 small mt-3">
        ${weights.map(
          ([name, weight]) => html`
            <dt>${name}</dt>
            <dd class="number">${weight}</dd>
          `,
        )}
      </dl>
    `;
  }

  private readonly search = () => {
    this.isSearching = true;
    this.comparison.findLargest();
    this.requestUpdate();
  };
}

function namesOf({ a, b, side, result }: ComparedMaps): readonly [string, string] {
  const { controls, source } = result;
  const { headNames: heads } = source;
  const name = heads[a.index];
  switch (side.compare) {
    case 'head':
      return [name, heads[b.index]];
    case 'cpu':
      return [`${name}, on the GPU`, `${name}, float64 on the CPU`];
    default:
      return [
        `${name}, ${describeControls(controls, side.compare)}`,
        `${name}, ${describeControls(side.controls, side.compare)}`,
      ];
  }
}
