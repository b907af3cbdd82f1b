import { describe, expect, it } from 'vitest';
import { fillRandom } from '../../../numeric/random';
import type { OutputSet } from '../engine/outputs';
import {
  cellAfterKey,
  cellAt,
  differenceOf,
  largestMagnitude,
  OutputComparison,
  outputIssue,
} from './output-picture';

const set = (name: string, values: readonly number[], columns = 2): OutputSet => ({
  id: name,
  name,
  rows: values.length / columns,
  columns,
  rowTokens: Array.from({ length: values.length / columns }, (_, i) => `token${i}`),
  values: Float32Array.from(values),
});
const a = set('head 0', [1, -2, 0.5, 3]);
const b = set('head 1', [1, 1, -0.25, 0]);

describe('outputs that are shown', () => {
  it('are a set’s own, or how they differ from another’s', () => {
    const own = new OutputComparison(a, undefined);
    expect(own.name).toBe('head 0');
    expect(own.largest).toMatchObject({ row: 1, column: 1, size: 3 });
    const difference = new OutputComparison(a, b);
    expect(difference.name).toBe('head 0 minus head 1');
    expect([...difference.grid.values]).toEqual([0, -3, 0.75, 3]);
    expect(difference.at({ row: 1, column: 0 })).toBe(0.75);
  });

  it('are told with both that they are the difference of', () => {
    expect(new OutputComparison(a, undefined).describe({ row: 0, column: 1 })).toBe(
      'token0 (1), column 1: −2.000',
    );
    expect(new OutputComparison(a, b).describe({ row: 1, column: 0 })).toBe(
      'token1 (2), column 0: 0.7500 = 0.5000 − (−0.2500)',
    );
  });

  it('are counted where they are not finite', () => {
    const odd = set('odd', [NaN, 1, Infinity, 0]);
    expect(new OutputComparison(odd, undefined).nonFiniteCount).toBe(2);
    // Infinity less itself is not a number either.
    expect(new OutputComparison(odd, odd).nonFiniteCount).toBe(2);
  });

  it('must fit their tokens and each other', () => {
    expect(outputIssue([a, b], a, b)).toBeNull();
    const short = { ...a, values: a.values.subarray(1) };
    expect(outputIssue([short], short, undefined)).toBe(
      '“head 0” has 3 values; 2 rows × 2 columns need 4.',
    );
    const untold = { ...a, rowTokens: ['one'] };
    expect(outputIssue([b, untold], b, undefined)).toBe('“head 0” has 1 row tokens for 2 rows.');
    const wide = set('wide', [1, 2, 3, 4], 4);
    expect(outputIssue([a, wide], a, wide)).toBe(
      '“head 0” is 2 × 2, and “wide” 1 × 4: they have no difference.',
    );
  });
});

describe('a cursor on a grid', () => {
  const grid = { rows: 30, columns: 8 };

  it('is on the cell under the pointer, and within the grid beside it', () => {
    expect(cellAt(0.5, 0.5, grid)).toEqual({ row: 15, column: 4 });
    expect(cellAt(1, 1, grid)).toEqual({ row: 29, column: 7 });
    expect(cellAt(-0.01, 2, grid)).toEqual({ row: 29, column: 0 });
  });

  it.each([
    ['ArrowUp', { row: 11, column: 3 }],
    ['ArrowDown', { row: 13, column: 3 }],
    ['ArrowLeft', { row: 12, column: 2 }],
    ['ArrowRight', { row: 12, column: 4 }],
    ['PageUp', { row: 2, column: 3 }],
    ['PageDown', { row: 22, column: 3 }],
    ['Home', { row: 12, column: 0 }],
    ['End', { row: 12, column: 7 }],
    ['Enter', null],
    ['toString', null],
  ])('goes with %s to %o', (key, to) => {
    expect(cellAfterKey(key, { row: 12, column: 3 }, grid)).toEqual(to);
  });

  it('stops at the ends', () => {
    expect(cellAfterKey('PageDown', { row: 25, column: 7 }, grid)).toEqual({ row: 29, column: 7 });
    expect(cellAfterKey('ArrowUp', { row: 0, column: 0 }, grid)).toEqual({ row: 0, column: 0 });
  });
});

describe('grids of outputs', () => {
  const [ROWS, COLUMNS] = [13, 5];
  const grid = (seed: number) => ({
    rows: ROWS,
    columns: COLUMNS,
    values: fillRandom(new Float32Array(ROWS * COLUMNS), { seed }),
  });

  it('a difference is that of each value, and no number where there is none', () => {
    const [first, second] = [grid(1), grid(2)];
    first.values[7] = second.values[7] = Infinity;
    const { values } = differenceOf(first, second);
    values.forEach((value, i) => {
      expect(value).toBe(i === 7 ? NaN : Math.fround(first.values[i] - second.values[i]));
    });
  });

  it('the largest magnitude is that of a finite value', () => {
    const source = grid(3);
    const sizes = [...source.values].map(Math.abs);
    sizes[4] = 0;
    source.values[4] = -Infinity;
    const size = Math.max(...sizes);
    const at = sizes.indexOf(size);
    expect(largestMagnitude(source)).toEqual({
      row: Math.floor(at / COLUMNS),
      column: at % COLUMNS,
      size,
    });
    expect(largestMagnitude({ rows: 1, columns: 1, values: Float32Array.of(NaN) })).toBeNull();
  });
});
