import { describe, expect, it } from 'vitest';
import { type HeadEntry, fractionIn, metricRange, sortedIds, TileOrder } from './head-entry';

const head = (id: number, rest: Partial<HeadEntry> = {}): HeadEntry => ({
  id,
  name: `head ${id}`,
  layer: 0,
  head: id,
  ...rest,
});
const measured = (...values: (number | undefined)[]) =>
  values.map((entropy, id) => head(id, entropy === undefined ? {} : { metrics: { entropy } }));

describe('sortedIds', () => {
  it('sorts by a metric, either way, and keeps the order of equals', () => {
    const heads = measured(2, 1, 3, 1);
    expect(sortedIds(heads, 'entropy', false)).toEqual([1, 3, 0, 2]);
    expect(sortedIds(heads, 'entropy', true)).toEqual([2, 0, 1, 3]);
  });

  it('puts what has no number last, either way', () => {
    const heads = measured(2, NaN, 3, undefined, Infinity);
    expect(sortedIds(heads, 'entropy', false)).toEqual([0, 2, 4, 1, 3]);
    expect(sortedIds(heads, 'entropy', true)).toEqual([4, 2, 0, 1, 3]);
  });

  it('sorts by group, then by place within it', () => {
    const heads = [
      head(0, { group: 1, position: 3 }),
      head(1, { group: 0, position: 2 }),
      head(2),
      head(3, { group: 0, position: 1 }),
    ];
    expect(sortedIds(heads, 'likeness', false)).toEqual([3, 1, 0, 2]);
  });

  it('turns their own order around', () => {
    expect(sortedIds(measured(5, 1, 3), 'order', false)).toEqual([0, 1, 2]);
    expect(sortedIds(measured(5, 1, 3), 'order', true)).toEqual([2, 1, 0]);
  });
});

describe('TileOrder', () => {
  /** The ids in order, where they were in this order before. */
  const next = (before: number[], heads: HeadEntry[], isRequested: boolean) => {
    const order = new TileOrder();
    order.update(
      before.map((id) => head(id)),
      'order',
      false,
      true,
    );
    order.update(heads, 'entropy', false, isRequested);
    const shown = order.apply(heads);
    return shown.map(({ id }) => id);
  };

  it('stays while heads are measured, with new ones at its end and gone ones left out', () => {
    const heads = [...measured(3, undefined, 1), head(7)];
    expect(next([2, 9, 1], heads, false)).toEqual([2, 1, 0, 7]);
  });

  it('sorts once all are measured; one at fault is not waited for', () => {
    const heads = [...measured(3, 2, 1), head(7, { error: 'no keys' })];
    expect(next([0, 1, 2, 7], heads, false)).toEqual([2, 1, 0, 7]);
  });

  it('sorts at once on demand', () => {
    expect(next([0, 1, 2], measured(3, undefined, 1), true)).toEqual([2, 0, 1]);
  });
});

it('a fraction lies between the smallest and largest finite values', () => {
  const range = metricRange(measured(2, NaN, 6, undefined, Infinity), 'entropy')!;
  expect(range).toEqual({ min: 2, max: 6 });
  expect(fractionIn(range, 3)).toBe(0.25);
  expect(fractionIn({ min: 2, max: 2 }, 2)).toBe(1);
  expect(metricRange(measured(undefined), 'entropy')).toBeNull();
});
