import { readDecimal, readWhole } from '../numeric/number-text';
import { controlLimits, type Limits, type MaskKind, maskKinds } from './controls';
import type { HeadsState, LinkCell, LinkView } from './link-state';
import {
  LARGEST_LENGTH,
  MOST_PINS,
  readCell,
  readPins,
  writeCell,
  writeDecimal,
} from './link-values';
import { metricDescriptions } from './metrics';
import { plantedLimits } from './sources/planted';
import { sentences } from './sources/sentences';
import { MOST_CHARACTERS } from './sources/split-words';

type Key = keyof HeadsState;
export type StateValue = HeadsState[Key];

/** One entry of a link. */
export interface LinkField {
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

const beside = (name: string, key: Key, ...values: string[]): Beside => ({ name, key, values });
const maskNames = Object.keys(maskKinds) as MaskKind[];
const masksWith = (control: 'window' | 'prefix' | 'sinks') =>
  beside('mask', 'mask', ...maskNames.filter((name) => maskKinds[name].uses.includes(control)));
const planted = beside('source', 'source', 'planted');
const comparing = (what: string) => beside('compare', 'compare', what);

const LARGEST_COUNT = 2 ** 16;
const LONGEST_FILTER = 100;

/** Every entry there is, in the order that links have them. */
export const linkFields: readonly LinkField[] = [
  choice('source', 'source', ['planted', 'sentence', 'text', 'file']),
  whole('length', 'length', plantedLimits.length, planted),
  whole('heads', 'heads', plantedLimits.heads, planted),
  whole('layers', 'layers', plantedLimits.layers, planted),
  {
    ...choice('head-dim', 'headSize', plantedLimits.headSizes.map(String), planted),
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
    read: (text) => (text.trim() !== '' && text.length <= MOST_CHARACTERS ? text : undefined),
    write: String,
    allowed: `a text of at most ${MOST_CHARACTERS} characters that is not blank`,
    beside: beside('source', 'source', 'text'),
  },
  whole('layer', 'layer', { min: 1, max: LARGEST_COUNT }),
  whole('head', 'head', { min: 1, max: LARGEST_COUNT }),
  decimal('temperature', 'temperature', controlLimits.temperature),
  choice('mask', 'mask', maskNames),
  whole('window', 'window', controlLimits.window, masksWith('window')),
  whole('prefix', 'prefix', controlLimits.prefix, masksWith('prefix')),
  whole('sinks', 'sinks', controlLimits.sinks, masksWith('sinks')),
  softcapField(),
  toggle('alibi', 'alibi'),
  choice('type', 'type', ['f32', 'f16']),
  choice('sort', 'sort', ['place', 'likeness', ...metricDescriptions.map(({ name }) => name)]),
  toggle('reversed', 'reversed'),
  {
    name: 'filter',
    key: 'filter',
    read: (text) => (text.length <= LONGEST_FILTER ? text : undefined),
    write: String,
    allowed: `a text of at most ${LONGEST_FILTER} characters`,
  },
  choice('panel', 'panel', ['map', 'lines', 'outputs', 'compare']),
  choice('palette', 'palette', ['viridis', 'cividis', 'magma', 'grey']),
  choice('scale', 'scale', ['linear', 'log', 'rank']),
  choice('pool', 'pool', ['largest', 'mean']),
  viewField(),
  {
    name: 'cursor',
    key: 'cursor',
    read: (text) => (text === 'none' ? null : readCell(text)),
    write: (value) => (value === null ? 'none' : writeCell(value as LinkCell)),
    allowed: 'a row and a column from 0, as in 3:4, or none',
  },
  {
    name: 'pins',
    key: 'pins',
    read: readPins,
    write: (value) => (value as readonly LinkCell[]).map(writeCell).join(',') || 'none',
    allowed: `at most ${MOST_PINS} different cells such as 3:4, separated by commas, or none`,
  },
  choice('compare', 'compare', ['none', 'head', 'mask', 'temperature', 'type', 'cpu']),
  whole('with-layer', 'withLayer', { min: 1, max: LARGEST_COUNT }, comparing('head')),
  whole('with-head', 'withHead', { min: 1, max: LARGEST_COUNT }, comparing('head')),
  choice('with-mask', 'withMask', maskNames, comparing('mask')),
  decimal(
    'with-temperature',
    'withTemperature',
    controlLimits.temperature,
    comparing('temperature'),
  ),
];

export const findLinkField = (name: string): LinkField | undefined =>
  linkFields.find((field) => field.name === name);

function choice(name: string, key: Key, words: readonly string[], side?: Beside): LinkField {
  const read = (text: string) => words.find((word) => word === text) as StateValue | undefined;
  return { name, key, read, write: String, allowed: `one of ${words.join(', ')}`, beside: side };
}

function toggle(name: string, key: Key): LinkField {
  return {
    ...choice(name, key, ['on', 'off']),
    read: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
    write: (value) => (value ? 'on' : 'off'),
  };
}

function whole(name: string, key: Key, { min, max }: Limits, side?: Beside): LinkField {
  const allowed = `a whole number from ${min} to ${max}`;
  return {
    name,
    key,
    read: (text) => readWhole(text, min, max),
    write: String,
    allowed,
    beside: side,
  };
}

function decimal(name: string, key: Key, { min, max }: Limits, side?: Beside): LinkField {
  const read = (text: string) => readDecimal(text, min, max);
  const write = (value: StateValue) => writeDecimal(value as number);
  return { name, key, read, write, allowed: `a number from ${min} to ${max}`, beside: side };
}

function softcapField(): LinkField {
  const field = decimal('softcap', 'softcap', controlLimits.softcap);
  return {
    ...field,
    read: (text) => (text === 'none' ? null : field.read(text)),
    write: (value) => (value === null ? 'none' : field.write(value)),
    allowed: `${field.allowed}, or none`,
  };
}

function viewField(): LinkField {
  const read = (text: string): LinkView | null | undefined => {
    if (text === 'whole') return null;
    const numbers = text.split(',').map((part) => readDecimal(part, 0, LARGEST_LENGTH));
    const [row, column, rows, columns] = numbers;
    if (numbers.length !== 4 || row === undefined || column === undefined) return undefined;
    return rows && columns ? { row, column, rows, columns } : undefined;
  };
  return {
    name: 'view',
    key: 'view',
    read,
    write: (value) => {
      if (value === null) return 'whole';
      const { row, column, rows, columns } = value as LinkView;
      return [row, column, rows, columns].map(writeDecimal).join(',');
    },
    allowed:
      'row, column, rows and columns, as in 0,0,64,64, none negative and some of each, or whole',
  };
}
