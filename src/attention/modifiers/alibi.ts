import wgsl from '../../../shaders/modifiers/alibi.wgsl?raw';
import { InputError } from '../input-error';
import { type ModifierEntry, type ScoreModifier, validateOffset } from './modifier';

/**
 * Attention with linear biases: score − slope[h]·|i + offset − j| (Press, Smith and Lewis, "Train short,
 * test long", 2021).
 */
export function alibi(slopes: readonly number[], offset = 0): ScoreModifier {
  const stored = Float32Array.from(slopes);
  return {
    kind: 'score',
    name: 'alibi',
    wgsl,
    integers: [offset],
    data: stored,
    slope: 1,
    score: (score, _batch, head, query, key) =>
      score - stored[head] * Math.abs(query + offset - key),
    validate(shape) {
      const { heads } = shape;
      if (slopes.length !== heads || !slopes.every(Number.isFinite)) {
        throw new InputError('alibi slopes', slopes, `${heads} finite numbers, one per head`);
      }
      validateOffset('alibi', offset, shape);
    },
  };
}

/** The slopes of the paper: 2^(−8/H), its powers, and for other head counts the published interpolation. */
export function alibiSlopes(heads: number): number[] {
  const power = 2 ** Math.floor(Math.log2(heads));
  const geometric = (count: number) =>
    Array.from({ length: count }, (_, i) => 2 ** ((-8 * (i + 1)) / count));
  const between = geometric(2 * power).filter((_, i) => i % 2 === 0);
  return [...geometric(power), ...between.slice(0, heads - power)];
}

export const alibiEntry = {
  label: 'Linear biases',
  call: 'scoreModifiers: [alibi(slopes)]',
  description: 'Lowers scores in proportion to the distance, with a slope for each head (ALiBi).',
  examples: (_size, heads = 1) => [
    { label: 'linear biases', scoreModifiers: [alibi(Array(heads).fill(0.3))] },
  ],
} as const satisfies ModifierEntry;
