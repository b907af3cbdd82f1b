import type { Shape } from '../attention/shape';
import type { BenchmarkCase } from './case';
import type { MaskName, TypeName } from './settings-types';

type Extents = Pick<Shape, 'heads' | 'queryLength' | 'headSize'> & Partial<Shape>;

/** Shapes that people meet, one of each class. */
const SHAPES: readonly Extents[] = [
  { heads: 8, queryLength: 256, headSize: 64 },
  { heads: 12, queryLength: 512, headSize: 64 },
  { heads: 8, queryLength: 1024, headSize: 64 },
  { heads: 4, queryLength: 1024, headSize: 128 },
  { heads: 1, queryLength: 4096, headSize: 64 },
];
const ACROSS: readonly Extents[] = [
  { heads: 8, queryLength: 128, keyLength: 1024, headSize: 64 },
  { heads: 8, queryLength: 1, keyLength: 4096, headSize: 64 },
  { heads: 32, kvHeads: 8, queryLength: 1, keyLength: 4096, headSize: 128 },
];

/** What `npm run tune` measures: self-attention with and without a causal mask, then cross-attention and decoding. */
export const tuningGrid = (dtype: TypeName): readonly BenchmarkCase[] => [
  ...SHAPES.flatMap((extents) => [
    caseOf(extents, 'none', dtype),
    caseOf(extents, 'causal', dtype),
  ]),
  ...ACROSS.map((extents) => caseOf(extents, 'none', dtype)),
];

function caseOf(extents: Extents, mask: MaskName, dtype: TypeName): BenchmarkCase {
  const { heads, queryLength, headSize } = extents;
  const defaults = { batch: 1, kvHeads: heads, keyLength: queryLength, valueSize: headSize };
  return { shape: { ...defaults, ...extents }, mask, dtype };
}
