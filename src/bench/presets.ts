import type { Shape } from '../attention/layout';
import type { MaskName } from '../attention/modifiers/index';
import type { ElementType } from '../numeric/float16';
import { isWindowed } from './masks';

export interface PresetCase {
  readonly shape: Shape;
  readonly mask: MaskName;
  /** Keys visible to the left of a query (under `window` also to its right); set exactly where the mask has a width. */
  readonly window?: number;
}

/** A suite of several cases, or a single one, by name. */
export interface Preset {
  readonly name: string;
  readonly label: string;
  /** One sentence for people. */
  readonly description: string;
  readonly cases: readonly PresetCase[];
  /** Whether the time budget may change the lengths. */
  readonly sized: boolean;
}

/** Not in the list: with it, shape and mask of the settings count. */
export const customPreset = 'custom';

export const presets: readonly Preset[] = [
  {
    name: 'suite',
    label: 'Default suite',
    description:
      'Five shapes: short and long self-attention, causal, cross-attention and decoding.',
    sized: true,
    cases: [
      attentionCase({ heads: 8, queryLength: 256, headSize: 64 }),
      attentionCase({ heads: 8, queryLength: 1024, headSize: 64 }),
      attentionCase({ heads: 12, queryLength: 512, headSize: 64 }, 'causal'),
      attentionCase({ heads: 8, queryLength: 128, keyLength: 1024, headSize: 64 }),
      attentionCase({ heads: 8, queryLength: 1, keyLength: 4096, headSize: 64 }),
    ],
  },
  {
    name: 'sweep',
    label: 'Length sweep',
    description:
      'Eight heads, head dim 64, from 64 to 2048 tokens: how time scales with sequence length.',
    sized: true,
    cases: [64, 128, 256, 512, 1024, 2048].map((queryLength) =>
      attentionCase({ heads: 8, queryLength, headSize: 64 }),
    ),
  },
  {
    name: 'masks',
    label: 'Masks',
    description:
      'Eight heads, 4096 tokens: unmasked, causal, and a causal window. Shows the time that each mask saves.',
    sized: true,
    cases: [
      attentionCase({ heads: 8, queryLength: 4096, headSize: 64 }),
      attentionCase({ heads: 8, queryLength: 4096, headSize: 64 }, 'causal'),
      attentionCase({ heads: 8, queryLength: 4096, headSize: 64 }, 'causal-window', 256),
    ],
  },
  {
    name: 'grid',
    label: 'Fixed grid',
    description:
      'Five shapes with and without a causal mask, cross-attention and decoding, at fixed lengths.',
    sized: false,
    cases: [
      ...[
        { heads: 8, queryLength: 256, headSize: 64 },
        { heads: 12, queryLength: 512, headSize: 64 },
        { heads: 8, queryLength: 1024, headSize: 64 },
        { heads: 4, queryLength: 1024, headSize: 128 },
        { heads: 1, queryLength: 4096, headSize: 64 },
      ].flatMap((shape) => [attentionCase(shape), attentionCase(shape, 'causal')]),
      attentionCase({ heads: 8, queryLength: 128, keyLength: 1024, headSize: 64 }),
      attentionCase({ heads: 8, queryLength: 1, keyLength: 4096, headSize: 64 }),
    ],
  },
  {
    name: 'gpt2-1k',
    label: 'GPT-2 small, 1k',
    description: 'One layer of GPT-2 small at its full context of 1024 tokens, causal.',
    sized: false,
    cases: [attentionCase({ heads: 12, queryLength: 1024, headSize: 64 }, 'causal')],
  },
  {
    name: 'bert-512',
    label: 'BERT-base, 512',
    description: 'One layer of BERT-base on 512 tokens, unmasked.',
    sized: false,
    cases: [attentionCase({ heads: 12, queryLength: 512, headSize: 64 })],
  },
  {
    name: 'llama3-8k',
    label: 'Llama-3-8B, 8k',
    description:
      'One layer of Llama-3-8B on 8192 tokens: grouped-query attention with 32 query heads and 8 KV heads, causal.',
    sized: false,
    cases: [attentionCase({ heads: 32, kvHeads: 8, queryLength: 8192, headSize: 128 }, 'causal')],
  },
  {
    name: 'sd-cross',
    label: 'Stable Diffusion cross-attention',
    description: 'The 4096 positions of a 64 × 64 latent attend to 77 prompt tokens.',
    sized: false,
    cases: [attentionCase({ heads: 8, queryLength: 4096, keyLength: 77, headSize: 40 })],
  },
  {
    name: 'decode-32k',
    label: 'Decode, 32k',
    description:
      'One new token attends to a KV cache of 32768 tokens, with the heads of Llama-3-8B.',
    sized: false,
    cases: [
      attentionCase({ heads: 32, kvHeads: 8, queryLength: 1, keyLength: 32768, headSize: 128 }),
    ],
  },
  {
    name: '16k',
    label: 'Long, 16k',
    description: 'Eight heads, 16384 tokens: 2.1 billion scores, too many for a single buffer.',
    sized: false,
    cases: [attentionCase({ heads: 8, queryLength: 16384, headSize: 64 })],
  },
];

export function findPreset(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}

/** The cases of these settings: the preset's, or the one that shape and mask define. */
export function casesOf(
  settings: Shape & {
    readonly preset: string;
    readonly mask: MaskName;
    readonly window: number;
    readonly dtype: ElementType;
  },
) {
  const { mask, window, dtype } = settings;
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = settings;
  const shape = { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize };
  const custom: PresetCase = { shape, mask, ...(isWindowed(mask) && { window }) };
  const { cases, sized } = findPreset(settings.preset) ?? { cases: [custom], sized: false };
  return { cases: cases.map((one) => ({ ...one, dtype })), sized };
}

type Essentials = Pick<Shape, 'heads' | 'queryLength' | 'headSize'>;

/** Self-attention over one sequence, unless `extents` says otherwise. */
export function attentionCase(
  extents: Essentials & Partial<Shape>,
  mask: MaskName = 'none',
  window?: number,
): PresetCase {
  const { heads, queryLength, headSize } = extents;
  const defaults = { batch: 1, kvHeads: heads, keyLength: queryLength, valueSize: headSize };
  return { shape: { ...defaults, ...extents }, mask, ...(window !== undefined && { window }) };
}
