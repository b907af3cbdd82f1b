import type { Shape } from '../attention/layout';
import type { MaskName } from '../attention/modifiers/index';
import type { ElementType } from '../numeric/float16';

/** What a benchmark can be told. One value of this type is one reproducible run. */
export interface Settings extends Shape {
  /** A name from `presets.ts` (`suite`, `sweep`, a model's), or `custom`: then the shape below counts. */
  readonly preset: string;
  readonly mask: MaskName;
  /** Keys that a query sees to its left, and under the mask `window` to its right; else of no account. */
  readonly window: number;
  /** How numbers are stored; arithmetic is float32 for either. */
  readonly dtype: TypeName;
  /** Seed of the random inputs: a whole number from 0 to 4294967295. */
  readonly seed: number;
  readonly distribution: DistributionName;
  /** Contestant names, from `contestants.ts`, in the order to show them. */
  readonly contestants: readonly string[];
  /** Seconds the whole run should take. A shape asked for by name gets its samples all the same. */
  readonly budget: number;
}

export type { MaskName };
export type TypeName = ElementType;
export type DistributionName = 'normal' | 'uniform';
