import { html, nothing, type TemplateResult } from 'lit';
import type { View } from '../components/attention-map/geometry';
import { formatWeight } from '../components/attention-map/numbers';
import type { Place } from '../components/attention-map/scene';
import type { Compared, Comparison, WeightRange } from '../heads/comparison';
import type { HeadsSession } from '../heads/session';
import type { ShownHead } from '../heads/shown-head';
import { describeControls } from '../heads/words';
import { compareChoice } from './heads-compare-choice';
import { renderFault } from './heads-fault';
import '../components/attention-map';

/** Two maps locked together, their difference, and the way to where they differ most. */
export function comparePanel(session: HeadsSession, comparison: Comparison) {
  const { compared } = comparison;
  return html`
    ${compareChoice(session)} ${renderScale(session)} ${renderFault(comparison)}
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

function renderSides(session: HeadsSession, comparison: Comparison, compared: Compared) {
  const { a, b, side, difference } = compared;
  const { source } = session.engine.picture!;
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
function namesOf({ a, b, side, controls }: Compared, names: readonly string[]) {
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
  readonly traced: ShownHead | undefined;
  readonly comparison: Comparison;
  readonly place: 0 | 1;
}

function renderMap(
  session: HeadsSession,
  label: string,
  map: Compared['difference'],
  side?: Side,
): TemplateResult {
  const isDifference = !side;
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
      .pins=${state.pins}
      .trace=${side?.traced?.trace}
      .range=${state.oneScale ? side?.comparison.range : undefined}
      @map-range=${({ detail }: CustomEvent<WeightRange>) => side?.comparison.noteRange(side.place, detail)}
      @map-view=${({ detail }: CustomEvent<{ view: View }>) => session.look(detail.view)}
      @map-cursor=${({ detail }: CustomEvent<Place>) => session.point(detail)}
      @map-pin=${({ detail }: CustomEvent<{ pins: readonly Place[] }>) => session.pin(detail.pins)}
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
    session.point(found);
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
