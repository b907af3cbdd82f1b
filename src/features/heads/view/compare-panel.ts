import { css, html, nothing, type TemplateResult } from 'lit';
import '../../../ui/heat-map/attention-map';
import type { Cell, MapView } from '../../../ui/heat-map/geometry';
import { formatWeight } from '../../../ui/heat-map/readout';
import type {
  ComparisonSide,
  ComparedMaps,
  HeadComparison,
  WeightRange,
} from '../engine/comparison';
import type { SelectedHead } from '../engine/selected-head';
import type { HeadsSession } from '../engine/session';
import { type MaskName, namedMasks } from '../../../attention/modifiers/index';
import type { HeadControls } from '../model/controls';
import type { CompareWith, HeadsState } from '../model/state';
import { describeControls } from './captions';
import { renderError } from './panels';

export const compareStyles = css`
  .against {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-4);
    align-items: end;
    margin-bottom: var(--space-4);
  }

  .against label {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .against select {
    width: auto;
    max-width: 16rem;
  }

  .against input[type='range'] {
    width: 12rem;
    min-height: 2.5rem;
    accent-color: var(--accent);
    vertical-align: middle;
  }

  .scale {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    margin-bottom: var(--space-4);
    font-size: var(--text-small);
  }

  .sides {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--space-5) var(--space-4);
  }

  .sides h3 {
    margin-bottom: var(--space-1);
  }

  .found dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 var(--space-4);
    margin: var(--space-3) 0;
  }

  .found dt {
    color: var(--ink-soft);
  }

  @media (max-width: 48rem) {
    .sides {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;

/** What a comparison may be with, and why it cannot be had here. */
const comparisonKinds: readonly {
  readonly compare: Exclude<CompareWith, 'none'>;
  readonly label: string;
  readonly lacking: (session: HeadsSession) => string;
}[] = [
  {
    compare: 'head',
    label: 'another head',
    lacking: ({ source }) => (source && source.headNames.length < 2 ? 'there is one alone' : ''),
  },
  { compare: 'mask', label: 'another mask', lacking: () => '' },
  { compare: 'temperature', label: 'another temperature', lacking: () => '' },
  { compare: 'type', label: 'the other type', lacking: (session) => session.f16Unsupported },
  {
    compare: 'cpu',
    label: 'float64 on the CPU',
    lacking: ({ engine }) => (engine.result?.on === 'cpu' ? 'it is the CPU already' : ''),
  },
];

/** The other side that the state asks for. */
export function otherComparisonSide(session: HeadsSession): ComparisonSide {
  const { state, controls, index } = session;
  const compare = state.compare === 'none' ? 'head' : state.compare;
  const other = session.indexOf(state.withLayer, state.withHead);
  return {
    compare,
    index: compare === 'head' ? other : index,
    controls: { ...controls, ...changeOf(compare, state) },
  };
}

function changeOf(compare: CompareWith, state: HeadsState): Partial<HeadControls> {
  switch (compare) {
    case 'mask':
      return { mask: state.withMask };
    case 'temperature':
      return { temperature: state.withTemperature };
    case 'type':
      return { type: state.type === 'f32' ? 'f16' : 'f32' };
    default:
      return {};
  }
}

/** What the selected head is compared with. */
function compareChoice(session: HeadsSession) {
  const { state } = session;
  const { compare } = otherComparisonSide(session);
  return html`
    <div class="against">
      <div>
        <label for="compare">Compare with</label>
        <select
          id="compare"
          @change=${(event: Event) =>
            session.change({ compare: valueOf(event) as HeadsState['compare'] })}
        >
          ${comparisonKinds.map(({ compare: kind, label, lacking }) => {
            const reason = lacking(session);
            return html`<option
              value=${kind}
              .selected=${kind === compare}
              ?disabled=${reason !== '' && kind !== compare}
            >
              ${label}${reason ? ` (${reason})` : ''}
            </option>`;
          })}
        </select>
      </div>
      ${compare === 'head' ? renderHead(session) : nothing}
      ${compare === 'mask' ? renderMask(state, session) : nothing}
      ${compare === 'temperature' ? renderTemperature(state, session) : nothing}
    </div>
  `;
}

function renderHead(session: HeadsSession) {
  const { heads } = session.source ?? session.state;
  const chosen = otherComparisonSide(session).index;
  return html`
    <div>
      <label for="with-head">Head</label>
      <select
        id="with-head"
        @change=${(event: Event) => {
          const index = Number(valueOf(event));
          const withLayer = Math.floor(index / heads) + 1;
          session.change({ compare: 'head', withLayer, withHead: (index % heads) + 1 });
        }}
      >
        ${session.source?.headNames.map(
          (name, i) => html`<option value=${i} .selected=${i === chosen}>${name}</option>`,
        )}
      </select>
    </div>
  `;
}

function renderMask(state: HeadsState, session: HeadsSession) {
  return html`
    <div>
      <label for="with-mask">Mask</label>
      <select
        id="with-mask"
        @change=${(event: Event) => session.change({ withMask: valueOf(event) as MaskName })}
      >
        ${Object.entries(namedMasks).map(
          ([kind, { label }]) =>
            html`<option value=${kind} .selected=${kind === state.withMask}>${label}</option>`,
        )}
      </select>
    </div>
  `;
}

function renderTemperature(state: HeadsState, session: HeadsSession) {
  return html`
    <div>
      <label for="with-temperature">Temperature</label>
      <input
        id="with-temperature"
        type="range"
        min="-3"
        max="3"
        step="0.02"
        .value=${String(Math.log(state.withTemperature))}
        aria-valuetext=${state.withTemperature}
        @input=${(event: Event) =>
          session.change({
            withTemperature: Number(Math.exp(Number(valueOf(event))).toPrecision(3)),
          })}
      />
      <span class="number">${state.withTemperature}</span>
    </div>
  `;
}

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;

/** Two maps locked together, their difference, and the way to where they differ most. */
export function comparePanel(session: HeadsSession, comparison: HeadComparison) {
  const { compared } = comparison;
  return html`
    ${compareChoice(session)} ${renderScale(session)} ${renderError(comparison)}
    ${compared ? renderSides(session, comparison, compared) : nothing}
    ${compared || comparison.fault ? nothing : html`<p class="soft">Computing…</p>`}
  `;
}

/** Else each side spans what it shows, and only shapes compare. */
function renderScale(session: HeadsSession) {
  const change = (event: Event) =>
    session.change({ oneScale: (event.target as HTMLInputElement).checked });
  return html`
    <label class="scale">
      <input id="one-scale" type="checkbox" .checked=${session.state.oneScale} @change=${change} />
      One scale of colours for both
    </label>
  `;
}

function renderSides(session: HeadsSession, comparison: HeadComparison, compared: ComparedMaps) {
  const { a, b, side, difference } = compared;
  const { source } = session.engine.result!;
  const isStale = comparison.isRunning || !session.engine.isCurrent;
  const [nameOfA, nameOfB] = namesOf(compared, source.headNames);
  return html`
    <div class="sides ${isStale ? 'stale' : ''}" aria-busy=${isStale}>
      <section>
        <h3>${nameOfA}</h3>
        ${renderMap(session, nameOfA, a.map, { traced: a, comparison, place: 0 })}
      </section>
      <section>
        <h3>${nameOfB}</h3>
        ${renderMap(session, nameOfB, b.map, { traced: side.compare === 'cpu' ? undefined : b, comparison, place: 1 })}
      </section>
      <section>
        <h3>The first less the second</h3>
        ${renderMap(session, `${nameOfA} less ${nameOfB}`, difference)}
      </section>
      <section class="found">
        <h3>Where they differ most</h3>
        ${renderLargest(session, comparison, [nameOfA, nameOfB])}
      </section>
    </div>
  `;
}

/** What sets each side apart, in few words. */
function namesOf({ a, b, side, controls }: ComparedMaps, names: readonly string[]) {
  switch (side.compare) {
    case 'head':
      return [names[a.index], names[b.index]];
    case 'cpu':
      return [`${names[a.index]}, on the GPU`, `${names[a.index]}, float64 on the CPU`];
    default:
      return [controls, side.controls].map(
        (some) => `${names[a.index]}, ${describeControls(some, side.compare)}`,
      );
  }
}

/** One of the two maps; their difference is none. */
interface Side {
  readonly traced: SelectedHead | undefined;
  readonly comparison: HeadComparison;
  readonly place: 0 | 1;
}

function renderMap(
  session: HeadsSession,
  label: string,
  map: ComparedMaps['difference'],
  side?: Side,
): TemplateResult {
  const isDifference = !side;
  const { state, engine } = session;
  const { source } = engine.result!;
  return html`
    <attention-map
      plain
      ?signed=${isDifference}
      .map=${map}
      .rowTokens=${source.queryTokens}
      .columnTokens=${source.keyTokens}
      label=${label}
      pool=${isDifference ? 'mean' : state.pool}
      scale=${isDifference ? 'linear' : state.scale}
      palette=${state.palette}
      .view=${state.view ?? undefined}
      .cursor=${state.cursor}
      .pins=${state.pins}
      .trace=${side?.traced?.lookUpReference}
      .range=${state.oneScale ? side?.comparison.range : undefined}
      @map-range=${({ detail }: CustomEvent<WeightRange>) => side?.comparison.setRange(side.place, detail)}
      @map-view=${({ detail }: CustomEvent<{ view: MapView }>) => session.setView(detail.view)}
      @map-cursor=${({ detail }: CustomEvent<Cell>) => session.setCursor(detail)}
      @map-pin=${({ detail }: CustomEvent<{ pins: readonly Cell[] }>) => session.setPins(detail.pins)}
    ></attention-map>
  `;
}

function renderLargest(
  session: HeadsSession,
  comparison: HeadComparison,
  names: readonly string[],
) {
  const { largest, progress } = comparison;
  const { queryTokens, keyTokens } = session.engine.result!.source;
  const go = async (event: Event) => {
    // Asked for now: an event that has passed names the outermost host.
    const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
    const found = await comparison.findLargest();
    if (!found) return;
    const { row, column } = found;
    session.setCursor(found);
    root.querySelector('attention-map')?.showCell(row, column);
  };
  return html`
    <button id="largest" type="button" @click=${go}>Go to the largest difference</button>
    ${
      progress === null
        ? nothing
        : html`<p class="soft small">
            Looking at every weight: ${Math.floor(100 * progress)} %
            <button type="button" @click=${() => comparison.stopSearch()}>Stop</button>
          </p>`
    }
    <div role="status">
      ${
        largest
          ? html`<p class="small">
                query ${largest.row} ‘${queryTokens[largest.row]}’ → key ${largest.column}
                ‘${keyTokens[largest.column]}’
              </p>
              <dl class="small">
                <dt>${names[0]}</dt>
                <dd class="number">${formatWeight(largest.a, 6)}</dd>
                <dt>${names[1]}</dt>
                <dd class="number">${formatWeight(largest.b, 6)}</dd>
                <dt>difference</dt>
                <dd class="number">${formatWeight(largest.a - largest.b, 3)}</dd>
              </dl>`
          : nothing
      }
    </div>
  `;
}
