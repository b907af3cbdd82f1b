import { html, nothing, type TemplateResult } from 'lit';
import type { HeadControls, MaskKind } from '../../heads/controls';
import { maskKinds } from '../../heads/controls';
import type { CompareWith, HeadsState } from '../../heads/link-state';
import type { View } from '../components/attention-map/geometry';
import { formatWeight } from '../components/attention-map/numbers';
import type { Place } from '../components/attention-map/scene';
import type { Compared, Comparison, OtherSide } from '../heads/comparison';
import type { HeadsSession } from '../heads/session';
import type { ShownHead } from '../heads/shown-head';
import { describeControls } from '../heads/words';
import '../components/attention-map';

/** What a comparison may be with, and why it cannot be had here. */
const kinds: readonly {
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
  { compare: 'type', label: 'the other type', lacking: (session) => session.f16Lacking },
  {
    compare: 'cpu',
    label: 'float64 on the CPU',
    lacking: ({ engine }) => (engine.picture?.on === 'cpu' ? 'it is the CPU already' : ''),
  },
];

/** The other side that the state asks for. */
export function otherSide(session: HeadsSession): OtherSide {
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

/** Two maps locked together, their difference, and the way to where they differ most. */
export function comparePanel(session: HeadsSession, comparison: Comparison) {
  const { compared, fault } = comparison;
  return html`
    ${renderAgainst(session)} ${fault ? html`<p class="error" role="alert">${fault}</p>` : nothing}
    ${compared ? renderSides(session, comparison, compared) : html`<p class="soft">Computing…</p>`}
  `;
}

function renderAgainst(session: HeadsSession) {
  const { state } = session;
  const { compare } = otherSide(session);
  return html`
    <div class="against">
      <div>
        <label for="compare">Compare with</label>
        <select
          id="compare"
          @change=${(event: Event) =>
            session.change({ compare: valueOf(event) as HeadsState['compare'] })}
        >
          ${kinds.map(({ compare: kind, label, lacking }) => {
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
  const chosen = otherSide(session).index;
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
        @change=${(event: Event) => session.change({ withMask: valueOf(event) as MaskKind })}
      >
        ${Object.entries(maskKinds).map(
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

function renderSides(session: HeadsSession, comparison: Comparison, compared: Compared) {
  const { a, b, side, difference } = compared;
  const { source } = session.engine.picture!;
  const [nameOfA, nameOfB] = namesOf(compared, source.headNames, session.controls);
  return html`
    <div class="sides">
      <section>
        <h3>${nameOfA}</h3>
        ${renderMap(session, nameOfA, a.map, a)}
      </section>
      <section>
        <h3>${nameOfB}</h3>
        ${renderMap(session, nameOfB, b.map, side.compare === 'cpu' ? undefined : b)}
      </section>
      <section>
        <h3>The first less the second</h3>
        ${renderMap(session, `${nameOfA} less ${nameOfB}`, difference, undefined, true)}
      </section>
      <section class="found">
        <h3>Where they differ most</h3>
        ${renderLargest(session, comparison, [nameOfA, nameOfB])}
      </section>
    </div>
  `;
}

/** What sets each side apart, in few words. */
function namesOf({ a, b, side }: Compared, names: readonly string[], controls: HeadControls) {
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

function renderMap(
  session: HeadsSession,
  label: string,
  map: Compared['difference'],
  traced?: ShownHead,
  isDifference = false,
): TemplateResult {
  const { state, engine } = session;
  const { source } = engine.picture!;
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
      .trace=${traced?.trace}
      @map-view=${({ detail }: CustomEvent<{ view: View }>) => session.look(detail.view)}
      @map-cursor=${({ detail }: CustomEvent<Place>) => session.change({ cursor: detail })}
    ></attention-map>
  `;
}

function renderLargest(session: HeadsSession, comparison: Comparison, names: readonly string[]) {
  const { largest, progress } = comparison;
  const { queryTokens, keyTokens } = session.engine.picture!.source;
  const go = async (event: Event) => {
    // Asked for now: an event that has passed names the outermost host.
    const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
    const found = await comparison.findLargest();
    if (!found) return;
    const { row, column } = found;
    session.change({ cursor: { row, column } });
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

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;
