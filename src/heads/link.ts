import type { LinkField, StateValue } from './link-entry';
import { findLinkField, linkFields } from './link-fields';
import { defaultHeadsState, type HeadsState } from './link-state';
import { plantedLimits } from './sources/planted';

/** Why one entry of a link was not taken as given. */
export interface LinkProblem {
  readonly field: string;
  readonly value: string;
  /** What would have been right, as the end of a sentence that begins "expected". */
  readonly allowed: string;
}

/** What a link to this page begins with, before its entries: "#heads&source=text". */
export const headsRoute = 'heads';

/** A link's entries to the page's state. What is wrong keeps its default and is told of. */
export function parseHeadsLink(entries: Iterable<readonly [name: string, value: string]>): {
  state: HeadsState;
  problems: LinkProblem[];
} {
  const { given, problems } = gather(entries);
  const state: Record<string, StateValue> = { ...defaultHeadsState };
  const understood = new Set<string>();
  for (const [name, value] of given) {
    const field = findLinkField(name)!;
    const read = field.read(value);
    if (read === undefined) {
      problems.push({ field: name, value, allowed: field.allowed });
      continue;
    }
    state[field.key] = read;
    understood.add(name);
  }
  for (const name of understood) {
    const { key, beside } = findLinkField(name)!;
    if (!beside || beside.values.includes(String(state[beside.key]))) continue;
    state[key] = defaultHeadsState[key];
    // An entry that it goes with and that was not understood is one mistake, not two.
    if (given.has(beside.name) && !understood.has(beside.name)) continue;
    const allowed = `${beside.name} to be ${beside.values.join(' or ')} beside it`;
    problems.push({ field: name, value: given.get(name)!, allowed });
  }
  const settled = { ...(state as unknown as HeadsState) };
  return settlePlanted(settled, given, problems);
}

/** The fewest entries that `parseHeadsLink` turns into this state again, but for what it makes no use of. */
export function formatHeadsLink(state: HeadsState): [name: string, value: string][] {
  const differs = ({ key, write }: LinkField) =>
    write(state[key]) !== write(defaultHeadsState[key]);
  const counts = ({ beside }: LinkField) =>
    !beside || beside.values.includes(String(state[beside.key]));
  return linkFields
    .filter((field) => counts(field) && differs(field))
    .map(({ name, key, write }) => [name, write(state[key])]);
}

/** One sentence for people. */
export function describeLinkProblem({ field, value, allowed }: LinkProblem): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${field}: "${shown}" is not allowed; expected ${allowed}.`;
}

/** Each known entry with its one text; everything else is a problem. */
function gather(entries: Iterable<readonly [string, string]>) {
  const problems: LinkProblem[] = [];
  const texts = new Map<string, string[]>();
  for (const [name, value] of entries) {
    // The route itself, where the whole hash was read as entries.
    if (name === headsRoute && value === '') continue;
    if (findLinkField(name)) texts.set(name, [...(texts.get(name) ?? []), value]);
    else problems.push({ field: name, value, allowed: `one of the entries ${names}` });
  }
  const given = new Map<string, string>();
  for (const [field, all] of texts) {
    if (all.length === 1) given.set(field, all[0]);
    else problems.push({ field, value: all.join('" and "'), allowed: 'one value, given once' });
  }
  return { given, problems };
}

const names = linkFields.map(({ name }) => name).join(', ');

/** Each number may be right and all of them together too many; and a head must be one that there is. */
function settlePlanted(state: HeadsState, given: Map<string, string>, problems: LinkProblem[]) {
  if (state.source !== 'planted') return { state, problems };
  let settled = state;
  const { length, heads, layers, headSize } = state;
  const sequences = layers * heads * headSize;
  if (sequences * length > plantedLimits.values) {
    const { length: usual, heads: usualHeads, layers: usualLayers } = defaultHeadsState;
    settled = { ...state, length: usual, heads: usualHeads, layers: usualLayers };
    const most = Math.floor(plantedLimits.values / sequences);
    const allowed = `at most ${most} beside so many heads, layers and values`;
    problems.push({ field: 'length', value: String(length), allowed });
  }
  for (const [name, key, count] of [
    ['layer', 'layer', 'layers'],
    ['head', 'head', 'heads'],
    ['with-layer', 'withLayer', 'layers'],
    ['with-head', 'withHead', 'heads'],
  ] as const) {
    const most = settled[count];
    if (settled[key] <= most) continue;
    settled = { ...settled, [key]: most };
    // A default beyond a smaller number of heads is nobody's mistake.
    const value = given.get(name);
    if (value !== undefined) problems.push({ field: name, value, allowed: `at most ${most}` });
  }
  return { state: settled, problems };
}
