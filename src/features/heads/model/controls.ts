import { InputError } from '../../../attention/input-error';
import { alibi, alibiSlopes } from '../../../attention/modifiers/alibi';
import { causal } from '../../../attention/modifiers/causal';
import { prefixLm, windowWithSinks } from '../../../attention/modifiers/combine';
import type { Mask } from '../../../attention/modifiers/modifier';
import { slidingWindow } from '../../../attention/modifiers/sliding-window';
import type { ProblemOptions } from '../../../attention/problem';
import type { ElementType } from '../../../numeric/float16';
import type { HeadsSource } from './source';

export type MaskKind = 'none' | 'causal' | 'window' | 'causal-window' | 'prefix' | 'sink-window';

/** What people can change about a head while they look at it. */
export interface HeadControls {
  /** Divides the scores: below 1 sharper, above 1 flatter. */
  readonly temperature: number;
  readonly mask: MaskKind;
  /** Keys to the left of a query that it still sees; under `window` as many to its right. */
  readonly window: number;
  /** Keys that all queries see, under `prefix`. */
  readonly prefix: number;
  /** First keys that stay in sight, under `sink-window`. */
  readonly sinks: number;
  /** Keeps scores within ± this; null for no cap. */
  readonly softcap: number | null;
  /** Linear biases by distance, with the paper's slope for each head. */
  readonly alibi: boolean;
  /** What queries and keys are stored as. */
  readonly type: ElementType;
}

export const defaultControls: HeadControls = {
  temperature: 1,
  mask: 'none',
  window: 32,
  prefix: 16,
  sinks: 4,
  softcap: null,
  alibi: false,
  type: 'f32',
};

export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

export const controlLimits = {
  temperature: { min: 0.01, max: 100 },
  window: { min: 0, max: 65536 },
  prefix: { min: 0, max: 65536 },
  sinks: { min: 0, max: 65536 },
  softcap: { min: 0.01, max: 1000 },
} as const satisfies Record<string, NumberRange>;

type MaskNumber = 'window' | 'prefix' | 'sinks';

/** Each mask: its name for people, the controls that bear on it, and what it is in the library. */
export const maskKinds: Readonly<
  Record<
    MaskKind,
    {
      readonly label: string;
      readonly uses: readonly MaskNumber[];
      readonly create: (controls: HeadControls, offset: number) => Mask | undefined;
    }
  >
> = {
  none: { label: 'none', uses: [], create: () => undefined },
  causal: { label: 'causal', uses: [], create: (_, offset) => causal(offset) },
  window: {
    label: 'window',
    uses: ['window'],
    create: ({ window }, offset) => slidingWindow(window, window, offset),
  },
  'causal-window': {
    label: 'causal window',
    uses: ['window'],
    create: ({ window }, offset) => slidingWindow(window, 0, offset),
  },
  prefix: {
    label: 'prefix',
    uses: ['prefix'],
    create: ({ prefix }, offset) => prefixLm(prefix, offset),
  },
  'sink-window': {
    label: 'window and sinks',
    uses: ['window', 'sinks'],
    create: ({ window, sinks }, offset) => windowWithSinks(window, sinks, offset),
  },
};

type Lengths = Pick<HeadsSource, 'queryLength' | 'keyLength'>;

/** Queries are the last of the keys where there are more keys: as with a cache. */
const queryOffset = ({ queryLength, keyLength }: Lengths): number =>
  Math.max(0, keyLength - queryLength);

/**
 * The controls as the library takes them, for all heads of a source.
 * @throws InputError naming the control, its value and what is allowed.
 */
export function problemOptions(
  controls: HeadControls,
  source: Lengths & Pick<HeadsSource, 'headSize' | 'heads'>,
): Pick<ProblemOptions, 'scale' | 'mask' | 'scoreModifiers' | 'softcap' | 'type'> {
  validateControls(controls);
  const { temperature, softcap, type } = controls;
  const offset = queryOffset(source);
  return {
    scale: 1 / (Math.sqrt(source.headSize) * temperature),
    mask: maskKinds[controls.mask].create(controls, offset),
    scoreModifiers: controls.alibi ? [alibi(alibiSlopes(source.heads), offset)] : [],
    softcap: softcap ?? undefined,
    type,
  };
}

/** @throws InputError naming the control, its value and what is allowed. */
export function validateControls(controls: HeadControls): void {
  const { temperature, softcap, mask, type } = controls;
  if (!Object.hasOwn(maskKinds, mask)) {
    throw new InputError('mask', mask, `one of ${Object.keys(maskKinds).join(', ')}`);
  }
  if (type !== 'f32' && type !== 'f16') throw new InputError('type', type, "'f32' or 'f16'");
  if (!isWithin(temperature, controlLimits.temperature)) {
    throw new InputError('temperature', temperature, describeRange(controlLimits.temperature));
  }
  if (softcap !== null && !isWithin(softcap, controlLimits.softcap)) {
    throw new InputError('softcap', softcap, `null, or ${describeRange(controlLimits.softcap)}`);
  }
  for (const field of ['window', 'prefix', 'sinks'] as const) {
    const value = controls[field];
    if (!Number.isInteger(value) || !isWithin(value, controlLimits[field])) {
      throw new InputError(field, value, `a whole number, ${describeRange(controlLimits[field])}`);
    }
  }
}

const isWithin = (value: number, { min, max }: NumberRange) => value >= min && value <= max;
const describeRange = ({ min, max }: NumberRange) => `${min} to ${max}`;

/** The controls among what else there is. */
export function controlsOf(state: HeadControls): HeadControls {
  const { temperature, mask, window, prefix, sinks, softcap, alibi, type } = state;
  return { temperature, mask, window, prefix, sinks, softcap, alibi, type };
}

export const sameControls = (a: HeadControls, b: HeadControls): boolean =>
  (Object.keys(a) as (keyof HeadControls)[]).every((key) => a[key] === b[key]);

type MaskLengths = Pick<HeadsSource, 'queryLength' | 'keyLength'>;
type MaskControls = Pick<HeadControls, 'mask' | 'window' | 'prefix' | 'sinks'>;

/**
 * How many keys each query sees under the controls' mask: counted row by row from where its visible runs
 * begin and end, as asking for each pair would take minutes at 65,536 tokens.
 */
export function visibleKeyCounts(controls: MaskControls, lengths: MaskLengths): Uint32Array {
  const { queryLength, keyLength } = lengths;
  const offset = queryOffset(lengths);
  const counts = new Uint32Array(queryLength);
  const inside = (key: number) => Math.min(Math.max(key, 0), keyLength);
  for (let i = 0; i < queryLength; i++) {
    const runs = visibleRuns(controls, i + offset, keyLength);
    let counted = 0;
    // Runs come in order, and may overlap: what lies before the last one's end was counted.
    let end = 0;
    for (const [from, to] of runs) {
      const start = Math.max(end, inside(from));
      end = Math.max(end, inside(to));
      counted += Math.max(0, end - start);
    }
    counts[i] = counted;
  }
  return counts;
}

/** The share of pairs of queries and keys that the mask leaves visible, 0 to 1. */
export function maskDensity(controls: MaskControls, lengths: MaskLengths): number {
  let pairs = 0;
  for (const count of visibleKeyCounts(controls, lengths)) pairs += count;
  return pairs / (lengths.queryLength * lengths.keyLength);
}

/** First and one-past-last keys of the runs that a query at `position` sees, in order of their first. */
function visibleRuns(
  { mask, window, prefix, sinks }: MaskControls,
  position: number,
  keyLength: number,
): (readonly [number, number])[] {
  switch (mask) {
    case 'none':
      return [[0, keyLength]];
    case 'causal':
      return [[0, position + 1]];
    case 'window':
      return [[position - window, position + window + 1]];
    case 'causal-window':
      return [[position - window, position + 1]];
    case 'prefix':
      return [[0, Math.max(prefix, position + 1)]];
    case 'sink-window':
      return [
        [0, Math.min(sinks, position + 1)],
        [position - window, position + 1],
      ];
  }
}
