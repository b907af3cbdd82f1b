import wgsl from '../../../shaders/modifiers/softcap.wgsl?raw';
import type { ModifierEntry, ScoreModifier } from './modifier';

/** Keeps scores within ±cap: score → cap · tanh(score / cap), as in Gemma 2. Runs before masks. */
export function softcap(cap: number): ScoreModifier {
  return {
    kind: 'score',
    name: 'softcap',
    wgsl,
    floats: [cap],
    score: (score) => cap * Math.tanh(score / cap),
    slope: 1,
  };
}

export const softcapEntry = {
  label: 'Soft cap',
  call: 'softcap',
  description: 'Keeps scores within ± the cap.',
  examples: () => [{ label: 'soft cap of 1', scoreModifiers: [softcap(1)] }],
} as const satisfies ModifierEntry;
