import { sum } from 'd3-array';
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
  const { mask, type } = controls;
  if (!maskNames.includes(mask)) {
    throw new InputError('mask', mask, `one of ${maskNames.join(', ')}`);
  }
  if (type !== 'f32' && type !== 'f16') throw new InputError('type', type, "'f32' or 'f16'");
  for (const [field, { min, max }] of Object.entries(controlLimits)) {
    const value = controls[field as keyof typeof controlLimits];
    if (field === 'softcap' && value === null) continue;
    const isWhole = field in maskNumbers;
    if (value! >= min && value! <= max && (!isWhole || Number.isInteger(value))) continue;
    const kind = isWhole ? 'a whole number, ' : field === 'softcap' ? 'null, or ' : '';
    throw new InputError(field, value, `${kind}${min} to ${max}`);
  }
}

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
  return Uint32Array.from({ length: queryLength }, (_, i) =>
    countKeys(visibleRuns(controls, i + offset, keyLength), keyLength),
  );
}

/** Share of query-key pairs that the mask leaves visible, 0 to 1. */
export const maskDensity = (controls: MaskControls, lengths: Lengths): number =>
  sum(visibleKeyCounts(controls, lengths)) / (lengths.queryLength * lengths.keyLength);
