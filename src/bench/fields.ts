import { readWhole } from '../numeric/number-text';
import { contestants } from './contestants';
import { maskChoices } from './masks';
import { customPreset, presets } from './presets';
import type { Settings } from './settings-types';

interface FieldBase {
  /** The key in the URL hash, and the flag on the command line without its dashes. */
  readonly name: string;
  readonly key: keyof Settings;
  readonly label: string;
  /** One sentence for people. */
  readonly help: string;
}

/** A whole number within a range, ends included. */
export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
}

/** One of several words. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
}

/** Some of several words, in an order; at least one, none twice. */
export interface ListField extends FieldBase {
  readonly kind: 'list';
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type Field = NumberField | ChoiceField | ListField;
export type FieldValue = number | string | readonly string[];

/** The extents of a custom problem, in the order of (B, H, G, S, L, D, E). */
export const shapeFields: readonly NumberField[] = [
  whole('batch', 'batch', 'Batch', 'Independent sequences.', 1, 65536),
  whole('heads', 'heads', 'Heads', 'Query heads.', 1, 4096),
  whole(
    'kv-heads',
    'kvHeads',
    'Key/value heads',
    'Heads of keys and values: a divisor of the query heads; the same number when left out.',
    1,
    4096,
  ),
  whole('queries', 'queryLength', 'Queries', 'Queries in a sequence.', 1, 1048576),
  whole(
    'keys',
    'keyLength',
    'Keys',
    'Keys in a sequence; as many as queries when left out.',
    1,
    1048576,
  ),
  whole('head-dim', 'headSize', 'Head size', 'Values in a query and in a key.', 1, 256),
  whole(
    'value-dim',
    'valueSize',
    'Value size',
    'Values in a value row; the head size when left out.',
    1,
    256,
  ),
];

export const maskField = choice(
  'mask',
  'mask',
  'Mask',
  'Which keys a query may attend to.',
  maskChoices,
);

/** Counts only beside a mask that has a width. */
export const windowField = whole(
  'window',
  'window',
  'Window',
  'Keys that a query sees to its left, and under the mask window as many to its right.',
  0,
  1048576,
);

/** What a preset brings with it: spelled out, these make a case of their own. */
export const problemFields: readonly Field[] = [...shapeFields, maskField, windowField];

export const presetField = choice('preset', 'preset', 'Preset', 'What to measure.', [
  ...presets.map(({ name, label }) => ({ value: name, label })),
  { value: customPreset, label: 'Custom shape' },
]);

/** Every setting there is, in the order that people meet them. */
export const fields: readonly Field[] = [
  presetField,
  ...problemFields,
  choice('dtype', 'dtype', 'Type', 'Type of the stored numbers.', [
    { value: 'f32', label: 'float32' },
    { value: 'f16', label: 'float16' },
  ]),
  whole('seed', 'seed', 'Seed', 'Seed of the random inputs.', 0, 4294967295),
  choice('distribution', 'distribution', 'Distribution', 'Distribution of the random inputs.', [
    { value: 'normal', label: 'normal' },
    { value: 'uniform', label: 'uniform' },
  ]),
  {
    kind: 'list',
    name: 'contestants',
    key: 'contestants',
    label: 'Contestants',
    help: 'What to compare, in the order to show it.',
    choices: contestants.map(({ name }) => ({ value: name, label: name })),
  },
  whole('budget', 'budget', 'Time budget', 'Seconds that the whole run should take.', 1, 86400),
];

export function findField(name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}

/** The value that a text stands for, or undefined when the field does not allow it. */
export function readField(field: Field, text: string): FieldValue | undefined {
  if (field.kind === 'number') return readWhole(text, field.min, field.max);
  const known = (word: string) => field.choices.some(({ value }) => value === word);
  if (field.kind === 'choice') return known(text) ? text : undefined;
  const words = text.split(',');
  return words.every(known) && new Set(words).size === words.length ? words : undefined;
}

/** What a field allows, as the end of a sentence that begins "expected". */
export function allowedBy(field: Field): string {
  if (field.kind === 'number') return `a whole number from ${field.min} to ${field.max}`;
  const words = field.choices.map(({ value }) => value).join(', ');
  if (field.kind === 'choice') return field.choices.length === 1 ? words : `one of ${words}`;
  return `one or more of ${words}, each once, separated by commas`;
}

function whole(
  name: string,
  key: keyof Settings,
  label: string,
  help: string,
  min: number,
  max: number,
): NumberField {
  return { kind: 'number', name, key, label, help, min, max };
}

function choice(
  name: string,
  key: keyof Settings,
  label: string,
  help: string,
  choices: readonly Choice[],
): ChoiceField {
  return { kind: 'choice', name, key, label, help, choices };
}
