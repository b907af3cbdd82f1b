import { parseDecimal, parseInteger, parseList } from '../../../numeric/parse';
import {
  fieldMakers,
  LinkCodec,
  readItems,
  writeDecimal,
  type GivenTexts,
  type LinkField,
  type LinkIssue,
} from '../../../numeric/url-state';
import { maskNames, namedMasks } from '../../../attention/modifiers/index';
import type { Cell } from '../../../ui/heat-map/geometry';
import { controlLimits, type NumberRange } from './controls';
import { metricDescriptions } from './metrics';
import { plantedLimits } from './sources/planted';
import { MAX_TEXT_CHARACTERS, sentences } from './sources/words';
import { defaultHeadsState, type HeadsState, type LinkOutputs } from './state';
import type { TokenRef } from './token-edges';

const MAX_LENGTH = 2 ** 24;
const MAX_COUNT = 2 ** 16;
export const MAX_FILTER_LENGTH = 100;
/** Pins, tokens and keys in a link; pages keep no more. */
export const MAX_PINS = 64;
export const MAX_LOCKS = 256;
export const MAX_HIDDEN = 1024;

const { field, beside, choice, flag, whole, decimal, orNull } = fieldMakers<HeadsState>();

const planted = { beside: beside('source', 'source', 'planted') };
const comparing = (what: string) => ({ beside: beside('compare', 'compare', what) });

const masked = (number: 'window' | 'prefix' | 'sinks') => {
  const masks = maskNames.filter((name) => namedMasks[name].numbers.includes(number));
  return { beside: beside('mask', 'mask', ...masks) };
};
const within = ({ min, max }: NumberRange) => [min, max] as const;

const text = (key: 'text' | 'filter', max: number, allowed: string, options = {}) =>
  field({
    name: key,
    key,
    read: (given) =>
      given.length <= max && (key === 'filter' || given.trim() !== '') ? given : undefined,
    write: String,
    allowed,
    ...options,
  });

/** Row and column: "3:4". */
function readCell(given: string): Cell | undefined {
  const numbers = parseList(given, ':', (part) => parseInteger(part, 0, MAX_LENGTH - 1));
  if (numbers?.length !== 2) return undefined;
  const [row, column] = numbers;
  return { row, column };
}

const writeCell = ({ row, column }: Cell): string => `${row}:${column}`;

/** q3 is the query at 3, k4 the key at 4. */
function readToken(given: string): TokenRef | undefined {
  const side = given.startsWith('q') ? 'query' : given.startsWith('k') ? 'key' : undefined;
  const index = parseInteger(given.slice(1), 0, MAX_LENGTH - 1);
  return side && index !== undefined ? { side, index } : undefined;
}

/** Different items separated by commas, or none. */
function list<Item, Key extends 'pins' | 'locks' | 'hiddenKeys'>(
  name: string,
  key: Key,
  max: number,
  what: string,
  read: (given: string) => Item | undefined,
  write: (item: Item) => string,
) {
  return field({
    name,
    key,
    read: (given) => readItems(given, read, max) as HeadsState[Key] | undefined,
    write: (items) => (items as unknown as readonly Item[]).map(write).join(',') || 'none',
    allowed: `at most ${max} different ${what}, separated by commas, or none`,
  });
}

const outputs = (name: string, key: 'outputsOf' | 'outputsLess') =>
  field({
    name,
    key,
    read: (given): LinkOutputs | undefined =>
      given === 'all' ? given : parseInteger(given, 1, MAX_COUNT),
    write: String,
    allowed: `a head of the layer from 1 to ${MAX_COUNT}, all`,
  });

const view = field({
  name: 'view',
  key: 'view',
  read: (given) => {
    const numbers = parseList(given, ',', (part) => parseDecimal(part, 0, MAX_LENGTH));
    if (numbers?.length !== 4) return undefined;
    const [row, column, rows, columns] = numbers;
    return rows && columns ? { row, column, rows, columns } : undefined;
  },
  write: (part) => {
    const { row, column, rows, columns } = part!;
    return [row, column, rows, columns].map(writeDecimal).join(',');
  },
  allowed: 'row, column, rows and columns, as in 0,0,64,64, none negative and some of each',
});

const cursor = field({
  name: 'cursor',
  key: 'cursor',
  read: readCell,
  write: (cell) => writeCell(cell!),
  allowed: 'a row and a column from 0, as in 3:4',
});

/** Every entry, in the order that links have them. */
const fields: readonly LinkField<HeadsState>[] = [
  choice('source', 'source', ['planted', 'sentence', 'text', 'file']),
  whole('length', 'length', ...within(plantedLimits.length), planted),
  whole('heads', 'heads', ...within(plantedLimits.heads), planted),
  whole('layers', 'layers', ...within(plantedLimits.layers), planted),
  field({
    name: 'head-dim',
    key: 'headSize',
    read: (given) => plantedLimits.headSizes.find((size) => String(size) === given),
    write: String,
    allowed: `one of ${plantedLimits.headSizes.join(', ')}`,
    ...planted,
  }),
  whole('seed', 'seed', ...within(plantedLimits.seed), {
    beside: beside('source', 'source', 'planted', 'sentence', 'text'),
  }),
  choice(
    'sentence',
    'sentence',
    sentences.map(({ name }) => name),
    { beside: beside('source', 'source', 'sentence') },
  ),
  text(
    'text',
    MAX_TEXT_CHARACTERS,
    `a text of at most ${MAX_TEXT_CHARACTERS} characters that is not blank`,
    { beside: beside('source', 'source', 'text') },
  ),
  whole('layer', 'layer', 1, MAX_COUNT),
  whole('head', 'head', 1, MAX_COUNT),
  decimal('temperature', 'temperature', ...within(controlLimits.temperature)),
  choice('mask', 'mask', maskNames),
  whole('window', 'window', ...within(controlLimits.window), masked('window')),
  whole('prefix', 'prefix', ...within(controlLimits.prefix), masked('prefix')),
  whole('sinks', 'sinks', ...within(controlLimits.sinks), masked('sinks')),
  orNull(decimal('softcap', 'softcap' as 'mass', ...within(controlLimits.softcap)), 'none'),
  flag('alibi', 'alibi', ['on', 'off']),
  choice('type', 'type', ['f32', 'f16']),
  choice('compute', 'computeOn', ['auto', 'gpu', 'cpu']),
  choice('sort', 'sort', ['place', 'likeness', ...metricDescriptions.map(({ id }) => id)]),
  flag('reversed', 'reversed', ['on', 'off']),
  text('filter', MAX_FILTER_LENGTH, `a text of at most ${MAX_FILTER_LENGTH} characters`),
  choice('panel', 'panel', ['map', 'lines', 'outputs', 'compare']),
  choice('palette', 'palette', ['viridis', 'cividis', 'magma', 'grey']),
  choice('scale', 'scale', ['linear', 'log', 'rank']),
  choice('span', 'span', ['view', 'map']),
  choice('pool', 'pool', ['largest', 'mean']),
  orNull(view, 'whole'),
  orNull(cursor, 'none'),
  list('pins', 'pins', MAX_PINS, 'cells such as 3:4', readCell, writeCell),
  decimal('mass', 'mass', 0.01, 1),
  list(
    'locks',
    'locks',
    MAX_LOCKS,
    'tokens such as q3 (a query) or k4 (a key)',
    readToken,
    ({ side, index }) => `${side[0]}${index}`,
  ),
  list(
    'hidden',
    'hiddenKeys',
    MAX_HIDDEN,
    'keys from 0',
    (given) => parseInteger(given, 0, MAX_LENGTH - 1),
    String,
  ),
  orNull(whole('lines-from', 'linesFrom' as 'length', 0, MAX_LENGTH - 1), 'cursor'),
  orNull(outputs('outputs-of', 'outputsOf'), 'selected'),
  orNull(outputs('outputs-less', 'outputsLess'), 'nothing'),
  choice('points', 'points', ['outputs', 'queries-keys']),
  flag('one-scale', 'oneScale', ['on', 'off']),
  choice('compare', 'compare', ['none', 'head', 'mask', 'temperature', 'type', 'cpu']),
  whole('with-layer', 'withLayer', 1, MAX_COUNT, comparing('head')),
  whole('with-head', 'withHead', 1, MAX_COUNT, comparing('head')),
  choice('with-mask', 'withMask', maskNames, comparing('mask')),
  decimal(
    'with-temperature',
    'withTemperature',
    ...within(controlLimits.temperature),
    comparing('temperature'),
  ),
];

/** The page's state as the entries of a link: "#heads&source=text&text=…". */
export const headsLink = new LinkCodec<HeadsState>({
  fields,
  defaults: defaultHeadsState,
  noun: 'entries',
  // The route itself, where the whole hash was read as entries.
  ignores: (name, value) => name === 'heads' && value === '',
  settle: (values, start, given, issues) => limitPlanted({ ...start, ...values }, given, issues),
});

/** Each number may be allowed and all together too many; and the selected heads must exist. */
function limitPlanted(state: HeadsState, given: GivenTexts, issues: LinkIssue[]): HeadsState {
  if (state.source !== 'planted') return state;
  let limited = state;
  const valuesPerToken = state.layers * state.heads * state.headSize;
  const maxLength = Math.floor(plantedLimits.values / valuesPerToken);
  if (state.length > maxLength) {
    const { length, heads, layers } = defaultHeadsState;
    limited = { ...state, length, heads, layers };
    const allowed = `at most ${maxLength} beside so many heads, layers and values`;
    issues.push({ field: 'length', value: String(state.length), allowed });
  }
  for (const [name, key, count] of [
    ['layer', 'layer', 'layers'],
    ['head', 'head', 'heads'],
    ['with-layer', 'withLayer', 'layers'],
    ['with-head', 'withHead', 'heads'],
  ] as const) {
    const max = limited[count];
    if (limited[key] <= max) continue;
    limited = { ...limited, [key]: max };
    // A default beyond a smaller number of heads is nobody's mistake.
    const value = given.get(name);
    if (value !== undefined) issues.push({ field: name, value, allowed: `at most ${max}` });
  }
  return limited;
}
