import fc from 'fast-check';
import { and, or } from '../../src/attention/modifiers/combine';
import { causal } from '../../src/attention/modifiers/causal';
import type { Mask } from '../../src/attention/modifiers/modifier';
import { UNBOUNDED, slidingWindow } from '../../src/attention/modifiers/sliding-window';
import type { Shape } from '../../src/attention/shape';
import { type Visible } from './brute-force';

/** A mask beside what it means, written out once more. */
export interface MeantMask {
  readonly mask: Mask;
  readonly visible: Visible;
}

const offsets = fc.integer({ min: -12, max: 12 });
const widths = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constant(UNBOUNDED));

const leaf: fc.Arbitrary<MeantMask> = fc.oneof(
  offsets.map((offset) => ({
    mask: causal(offset),
    visible: (_b: number, _h: number, i: number, j: number) => j - i <= offset,
  })),
  fc.tuple(widths, widths, offsets).map(([left, right, offset]) => ({
    mask: slidingWindow(left, right, offset),
    visible: (_b: number, _h: number, i: number, j: number) =>
      j - i - offset >= -left && j - i - offset <= right,
  })),
  fc.constant(headMask()),
);

/** Masks that a user could compose, up to three deep. */
export const masks: fc.Arbitrary<MeantMask> = fc.letrec<{ mask: MeantMask }>((tie) => ({
  mask: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, joined(tie('mask'))),
})).mask;

function joined(part: fc.Arbitrary<MeantMask>): fc.Arbitrary<MeantMask> {
  return fc.tuple(fc.boolean(), fc.array(part, { maxLength: 3 })).map(([all, parts]) => ({
    mask: (all ? and : or)(...parts.map(({ mask }) => mask)),
    visible: (...at) =>
      all ? !parts.some((p) => !p.visible(...at)) : parts.some((p) => p.visible(...at)),
  }));
}

/** A mask of a user's own that differs from head to head, and has no range. */
function headMask(): MeantMask {
  const visible: Visible = (batch, head, query, key) => (batch + head + query + key) % 3 !== 0;
  return { visible, mask: { kind: 'mask', name: 'thirds', wgsl: '', parameters: [], visible } };
}

/** Small shapes, grouped heads and all extents unlike each other. */
export const shapes: fc.Arbitrary<Shape> = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    kvHeads: fc.integer({ min: 1, max: 3 }),
    sharing: fc.integer({ min: 1, max: 3 }),
    queryLength: fc.integer({ min: 1, max: 9 }),
    keyLength: fc.integer({ min: 1, max: 11 }),
    headSize: fc.integer({ min: 1, max: 7 }),
    valueSize: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ sharing, ...rest }) => ({ ...rest, heads: rest.kvHeads * sharing }));
