import { InputError } from '../../../attention/input-error';
import {
  type MaskName,
  countKeys,
  defaultMaskNumbers,
  maskNames,
  maskNumbers,
  namedMasks,
} from '../../../attention/modifiers/index';
import { alibi, alibiSlopes } from '../../../attention/modifiers/alibi';
import type { MaskNumbers } from '../../../attention/modifiers/modifier';
import { createProblem, type Problem, type ProblemOptions } from '../../../attention/problem';
import type { ElementType } from '../../../numeric/float16';
import type { HeadsSource } from './source';

export interface HeadControls extends MaskNumbers {
  /** Divides the scores: below 1 sharper, above 1 flatter. */
  readonly temperature: number;
  readonly mask: MaskName;
  /** Scores are limited to ± this; null for no cap. */
  readonly softcap: number | null;
  /** Linear position biases, with each head's slope from the ALiBi paper (Press et al., 2021). */
  readonly alibi: boolean;
  readonly type: ElementType;
}

export const defaultControls: HeadControls = {
  temperature: 1,
  mask: 'none',
  ...defaultMaskNumbers,
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
  ...maskNumbers,
  softcap: { min: 0.01, max: 1000 },
} as const satisfies Record<string, NumberRange>;

export const maskOptions: readonly { readonly value: string; readonly label: string }[] =
  maskNames.map((value) => ({ value, label: namedMasks[value].label }));

type Lengths = Pick<HeadsSource, 'queryLength' | 'keyLength'>;

/** Position of the first query: with more keys than queries, queries are the last tokens, as with a KV cache. */
const queryOffset = ({ queryLength, keyLength }: Lengths): number =>
  Math.max(0, keyLength - queryLength);

/**
 * The controls as options of the operator, for all heads of a source.
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
    mask: namedMasks[controls.mask].create(controls, offset),
    scoreModifiers: controls.alibi ? [alibi(alibiSlopes(source.heads), offset)] : [],
    softcap: softcap ?? undefined,
    type,
  };
}

/** The attention of all heads of a source under the controls. Sources without values get values of size 1. */
export function headsProblem(
  source: HeadsSource,
  controls: HeadControls,
  valueSize = Math.max(1, source.valueSize),
): Problem {
  const shape = { ...source, batch: source.layers, valueSize };
  return createProblem(shape, problemOptions(controls, source));
}

/** @throws InputError naming the control, its value and what is allowed. */
export function validateControls(controls: HeadControls): void {
  const { temperature, softcap, mask, type } = controls;
  if (!maskNames.includes(mask)) {
    throw new InputError('mask', mask, `one of ${maskNames.join(', ')}`);
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

export function controlsOf(state: HeadControls): HeadControls {
  const { temperature, mask, window, prefix, sinks, softcap, alibi, type } = state;
  return { temperature, mask, window, prefix, sinks, softcap, alibi, type };
}

export const sameControls = (a: HeadControls, b: HeadControls): boolean =>
  (Object.keys(a) as (keyof HeadControls)[]).every((key) => a[key] === b[key]);

type MaskControls = Pick<HeadControls, 'mask' | 'window' | 'prefix' | 'sinks'>;

/**
 * How many keys each query sees under the controls' mask. Counted from the visible runs of each row: testing each pair
 * would take minutes at 65,536 tokens.
 */
export function visibleKeyCounts(controls: MaskControls, lengths: Lengths): Uint32Array {
  const { queryLength, keyLength } = lengths;
  const offset = queryOffset(lengths);
  const { visibleRuns } = namedMasks[controls.mask];
  const counts = new Uint32Array(queryLength);
  for (let i = 0; i < queryLength; i++) {
    counts[i] = countKeys(visibleRuns(controls, i + offset, keyLength), keyLength);
  }
  return counts;
}

/** Share of query-key pairs that the mask leaves visible, 0 to 1. */
export function maskDensity(controls: MaskControls, lengths: Lengths): number {
  let pairs = 0;
  for (const count of visibleKeyCounts(controls, lengths)) pairs += count;
  return pairs / (lengths.queryLength * lengths.keyLength);
}
