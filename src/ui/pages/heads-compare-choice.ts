import { html, nothing } from 'lit';
import { maskKinds, type HeadControls, type MaskKind } from '../../heads/controls';
import type { CompareWith, HeadsState } from '../../heads/link-state';
import type { OtherSide } from '../heads/comparison';
import type { HeadsSession } from '../heads/session';

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

/** What the selected head is compared with. */
export function compareChoice(session: HeadsSession) {
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

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;
