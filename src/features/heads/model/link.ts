import { parseList, parseInteger, parseDecimal } from '../../../numeric/parse';
import { maskNames, namedMasks } from '../../../attention/modifiers/index';
import { type NumberRange, controlLimits } from './controls';
import { metricDescriptions } from './metrics';
import { plantedLimits } from './sources/planted';
import { sentences } from './sources/sentences';
import { MAX_TEXT_CHARACTERS } from './sources/words';
import {
  type LinkCell,
  type LinkToken,
  type HeadsState,
  type LinkOutputs,
  type LinkView,
  defaultHeadsState,
} from './state';

/** Cells, tokens and lists as links write them; undefined for what is not allowed. */

const MAX_LENGTH = 2 ** 24;
/** Pins, tokens and keys that a link names: pages keep no more. */
export const MAX_PINS = 64;
export const MAX_LOCKS = 256;
export const MAX_HIDDEN = 1024;

/** To the fourth place: finer than anything on the page shows or can be set to. */
const writeDecimal = (value: number): string => String(Number(value.toFixed(4)));

function readCell(text: string): LinkCell | undefined {
  const numbers = parseList(text, ':', (part) => parseInteger(part, 0, MAX_LENGTH - 1));
  if (numbers?.length !== 2) return undefined;
  const [row, column] = numbers;
  return { row, column };
}

const writeCell = ({ row, column }: LinkCell): string => `${row}:${column}`;

/** q3 is the query at 3, k4 the key at 4. */
function readToken(text: string): LinkToken | undefined {
  const side = text.startsWith('q') ? 'query' : text.startsWith('k') ? 'key' : undefined;
  const index = parseInteger(text.slice(1), 0, MAX_LENGTH - 1);
  return side && index !== undefined ? { side, index } : undefined;
}

const writeToken = ({ side, index }: LinkToken): string => `${side[0]}${index}`;

/** Items separated by commas, each once; "none" for none. */
function readItems<Item>(
  text: string,
  read: (text: string) => Item | undefined,
  most: number,
): readonly Item[] | undefined {
  if (text === 'none') return [];
  const items = parseList(text, ',', read);
  if (!items || items.length > most) return undefined;
  return new Set(text.split(',')).size === items.length ? items : undefined;
}

type Key = keyof HeadsState;
type StateValue = HeadsState[Key];

/** One entry of a link. */
interface HeadsLinkField {
  /** Its name in the link. */
  readonly name: string;
  readonly key: Key;
  /** The value that a text stands for, or undefined when it is not allowed. */
  readonly read: (text: string) => StateValue | undefined;
  readonly write: (value: StateValue) => string;
  /** What is allowed, as the end of a sentence that begins "expected". */
  readonly allowed: string;
  /** What must be so for the entry to mean anything. */
  readonly beside?: Beside;
}

interface Beside {
  readonly name: string;
  readonly key: Key;
  readonly values: readonly string[];
}

/** An entry counts only where another has one of these values. */
const beside = (name: string, key: Key, ...values: string[]): Beside => ({
  name,
  key,
  values,
});

/** One of some words. */
function choice(name: string, key: Key, words: readonly string[], side?: Beside): HeadsLinkField {
  const read = (text: string) => words.find((word) => word === text) as StateValue | undefined;
  return { name, key, read, write: String, allowed: `one of ${words.join(', ')}`, beside: side };
}

function toggle(name: string, key: Key): HeadsLinkField {
  return {
    ...choice(name, key, ['on', 'off']),
    read: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
    write: (value) => (value ? 'on' : 'off'),
  };
}

function whole(name: string, key: Key, { min, max }: NumberRange, side?: Beside): HeadsLinkField {
  const allowed = `a whole number from ${min} to ${max}`;
  return {
    name,
    key,
    read: (text) => parseInteger(text, min, max),
    write: String,
    allowed,
    beside: side,
  };
}

function decimal(name: string, key: Key, { min, max }: NumberRange, side?: Beside): HeadsLinkField {
  const read = (text: string) => parseDecimal(text, min, max);
  const write = (value: StateValue) => writeDecimal(value as number);
  return { name, key, read, write, allowed: `a number from ${min} to ${max}`, beside: side };
}

/** Several of a kind, or none; each once. */
function list<Item>(
  name: string,
  key: Key,
  one: {
    readonly read: (text: string) => Item | undefined;
    readonly write: (item: Item) => string;
  },
  most: number,
  what: string,
): HeadsLinkField {
  return {
    name,
    key,
    read: (text) => readItems(text, one.read, most) as StateValue | undefined,
    write: (value) => (value as unknown as readonly Item[]).map(one.write).join(',') || 'none',
    allowed: `at most ${most} different ${what}, separated by commas, or none`,
  };
}

/** The same, or a word that stands for null. */
function orNull(field: HeadsLinkField, word: string): HeadsLinkField {
  return {
    ...field,
    read: (text) => (text === word ? null : field.read(text)),
    write: (value) => (value === null ? word : field.write(value)),
    allowed: `${field.allowed}, or ${word}`,
  };
}

const MAX_HEADS = 2 ** 16;

/** What people look at, and how: entries that each view of a head has for itself. */
const viewFields: readonly HeadsLinkField[] = [
  choice('panel', 'panel', ['map', 'lines', 'outputs', 'compare']),
  choice('palette', 'palette', ['viridis', 'cividis', 'magma', 'grey']),
  choice('scale', 'scale', ['linear', 'log', 'rank']),
  choice('span', 'span', ['view', 'map']),
  choice('pool', 'pool', ['largest', 'mean']),
  orNull(viewField(), 'whole'),
  orNull(
    {
      name: 'cursor',
      key: 'cursor',
      read: readCell,
      write: (value) => writeCell(value as LinkCell),
      allowed: 'a row and a column from 0, as in 3:4',
    },
    'none',
  ),
  list('pins', 'pins', { read: readCell, write: writeCell }, MAX_PINS, 'cells such as 3:4'),
  decimal('mass', 'mass', { min: 0.01, max: 1 }),
  list(
    'locks',
    'locks',
    { read: readToken, write: writeToken },
    MAX_LOCKS,
    'tokens such as q3 (a query) or k4 (a key)',
  ),
  list(
    'hidden',
    'hiddenKeys',
    { read: (text) => parseInteger(text, 0, MAX_LENGTH - 1), write: String },
    MAX_HIDDEN,
    'keys from 0',
  ),
  orNull(whole('lines-from', 'linesFrom', { min: 0, max: MAX_LENGTH - 1 }), 'cursor'),
  orNull(outputsField('outputs-of', 'outputsOf'), 'selected'),
  orNull(outputsField('outputs-less', 'outputsLess'), 'nothing'),
  choice('points', 'points', ['outputs', 'queries-keys']),
  toggle('one-scale', 'oneScale'),
];

function outputsField(name: string, key: 'outputsOf' | 'outputsLess'): HeadsLinkField {
  return {
    name,
    key,
    read: (text): LinkOutputs | undefined =>
      text === 'all' ? text : parseInteger(text, 1, MAX_HEADS),
    write: String,
    allowed: `a head of the layer from 1 to ${MAX_HEADS}, all`,
  };
}

function viewField(): HeadsLinkField {
  const read = (text: string): LinkView | undefined => {
    const numbers = text.split(',').map((part) => parseDecimal(part, 0, MAX_LENGTH));
    const [row, column, rows, columns] = numbers;
    if (numbers.length !== 4 || row === undefined || column === undefined) return undefined;
    return rows && columns ? { row, column, rows, columns } : undefined;
  };
  return {
    name: 'view',
    key: 'view',
    read,
    write: (value) => {
      const { row, column, rows, columns } = value as LinkView;
      return [row, column, rows, columns].map(writeDecimal).join(',');
    },
    allowed: 'row, column, rows and columns, as in 0,0,64,64, none negative and some of each',
  };
}

const masksWith = (control: 'window' | 'prefix' | 'sinks') =>
  beside('mask', 'mask', ...maskNames.filter((name) => namedMasks[name].numbers.includes(control)));
const besidePlanted = beside('source', 'source', 'planted');
const comparing = (what: string) => beside('compare', 'compare', what);

const MAX_COUNT = 2 ** 16;
export const MAX_FILTER_LENGTH = 100;

/** Every entry there is, in the order that links have them. */
export const headsLinkFields: readonly HeadsLinkField[] = [
  choice('source', 'source', ['planted', 'sentence', 'text', 'file']),
  whole('length', 'length', plantedLimits.length, besidePlanted),
  whole('heads', 'heads', plantedLimits.heads, besidePlanted),
  whole('layers', 'layers', plantedLimits.layers, besidePlanted),
  {
    ...choice('head-dim', 'headSize', plantedLimits.headSizes.map(String), besidePlanted),
    read: (text) => plantedLimits.headSizes.find((size) => String(size) === text),
  },
  {
    ...whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1 }),
    beside: beside('source', 'source', 'planted', 'sentence', 'text'),
  },
  choice(
    'sentence',
    'sentence',
    sentences.map(({ name }) => name),
    beside('source', 'source', 'sentence'),
  ),
  {
    name: 'text',
    key: 'text',
    read: (text) => (text.trim() !== '' && text.length <= MAX_TEXT_CHARACTERS ? text : undefined),
    write: String,
    allowed: `a text of at most ${MAX_TEXT_CHARACTERS} characters that is not blank`,
    beside: beside('source', 'source', 'text'),
  },
  whole('layer', 'layer', { min: 1, max: MAX_COUNT }),
  whole('head', 'head', { min: 1, max: MAX_COUNT }),
  decimal('temperature', 'temperature', controlLimits.temperature),
  choice('mask', 'mask', maskNames),
  whole('window', 'window', controlLimits.window, masksWith('window')),
  whole('prefix', 'prefix', controlLimits.prefix, masksWith('prefix')),
  whole('sinks', 'sinks', controlLimits.sinks, masksWith('sinks')),
  orNull(decimal('softcap', 'softcap', controlLimits.softcap), 'none'),
  toggle('alibi', 'alibi'),
  choice('type', 'type', ['f32', 'f16']),
  choice('sort', 'sort', ['place', 'likeness', ...metricDescriptions.map(({ name }) => name)]),
  toggle('reversed', 'reversed'),
  {
    name: 'filter',
    key: 'filter',
    read: (text) => (text.length <= MAX_FILTER_LENGTH ? text : undefined),
    write: String,
    allowed: `a text of at most ${MAX_FILTER_LENGTH} characters`,
  },
  ...viewFields,
  choice('compare', 'compare', ['none', 'head', 'mask', 'temperature', 'type', 'cpu']),
  whole('with-layer', 'withLayer', { min: 1, max: MAX_COUNT }, comparing('head')),
  whole('with-head', 'withHead', { min: 1, max: MAX_COUNT }, comparing('head')),
  choice('with-mask', 'withMask', maskNames, comparing('mask')),
  decimal(
    'with-temperature',
    'withTemperature',
    controlLimits.temperature,
    comparing('temperature'),
  ),
];

const findHeadsLinkField = (name: string): HeadsLinkField | undefined =>
  headsLinkFields.find((field) => field.name === name);

/** Why one entry of a link was not taken as given. */
export interface HeadsLinkIssue {
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
  problems: HeadsLinkIssue[];
} {
  const { given, problems } = gatherEntries(entries);
  const state: Record<string, StateValue> = { ...defaultHeadsState };
  const understood = new Set<string>();
  for (const [name, value] of given) {
    const field = findHeadsLinkField(name)!;
    const read = field.read(value);
    if (read === undefined) {
      problems.push({ field: name, value, allowed: field.allowed });
      continue;
    }
    state[field.key] = read;
    understood.add(name);
  }
  for (const name of understood) {
    const { key, beside } = findHeadsLinkField(name)!;
    if (!beside || beside.values.includes(String(state[beside.key]))) continue;
    state[key] = defaultHeadsState[key];
    // An entry that it goes with and that was not understood is one mistake, not two.
    if (given.has(beside.name) && !understood.has(beside.name)) continue;
    const allowed = `${beside.name} to be ${beside.values.join(' or ')} beside it`;
    problems.push({ field: name, value: given.get(name)!, allowed });
  }
  const settled = { ...(state as unknown as HeadsState) };
  return limitPlanted(settled, given, problems);
}

/** The fewest entries that `parseHeadsLink` turns into this state again, but for what it makes no use of. */
export function formatHeadsLink(state: HeadsState): [name: string, value: string][] {
  const differs = ({ key, write }: HeadsLinkField) =>
    write(state[key]) !== write(defaultHeadsState[key]);
  const counts = ({ beside }: HeadsLinkField) =>
    !beside || beside.values.includes(String(state[beside.key]));
  return headsLinkFields
    .filter((field) => counts(field) && differs(field))
    .map(({ name, key, write }) => [name, write(state[key])]);
}

/** One sentence for people. */
export function describeHeadsLinkIssue({ field, value, allowed }: HeadsLinkIssue): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${field}: "${shown}" is not allowed; expected ${allowed}.`;
}

/** Each known entry with its one text; everything else is a problem. */
function gatherEntries(entries: Iterable<readonly [string, string]>) {
  const problems: HeadsLinkIssue[] = [];
  const texts = new Map<string, string[]>();
  for (const [name, value] of entries) {
    // The route itself, where the whole hash was read as entries.
    if (name === headsRoute && value === '') continue;
    if (findHeadsLinkField(name)) texts.set(name, [...(texts.get(name) ?? []), value]);
    else problems.push({ field: name, value, allowed: `one of the entries ${names}` });
  }
  const given = new Map<string, string>();
  for (const [field, all] of texts) {
    if (all.length === 1) given.set(field, all[0]);
    else problems.push({ field, value: all.join('" and "'), allowed: 'one value, given once' });
  }
  return { given, problems };
}

const names = headsLinkFields.map(({ name }) => name).join(', ');

/** Each number may be right and all of them together too many; and a head must be one that there is. */
function limitPlanted(state: HeadsState, given: Map<string, string>, problems: HeadsLinkIssue[]) {
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
