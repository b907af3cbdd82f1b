import { controlLimits, type MaskKind, maskKinds } from './controls';
import { type LinkField, beside, choice, decimal, orNull, toggle, whole } from './link-entry';
import { viewFields } from './link-views';
import { metricDescriptions } from './metrics';
import { plantedLimits } from './sources/planted';
import { sentences } from './sources/sentences';
import { MOST_CHARACTERS } from './sources/split-words';

const maskNames = Object.keys(maskKinds) as MaskKind[];
const masksWith = (control: 'window' | 'prefix' | 'sinks') =>
  beside('mask', 'mask', ...maskNames.filter((name) => maskKinds[name].uses.includes(control)));
const planted = beside('source', 'source', 'planted');
const comparing = (what: string) => beside('compare', 'compare', what);

const LARGEST_COUNT = 2 ** 16;
export const LONGEST_FILTER = 100;

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
  orNull(decimal('softcap', 'softcap', controlLimits.softcap), 'none'),
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
  ...viewFields,
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
