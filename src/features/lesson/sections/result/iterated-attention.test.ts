import { describe, expect, it } from 'vitest';
import { defaultLessonState } from '../../model/state';
import { distance, type Matrix } from '../../model/matrix';
import { normalMatrix } from '../../model/seeded';
import {
  pairShares,
  pairWeights,
  iterateAttention,
  differencesByRound,
  sharesByRound,
} from './iterated-attention';

const state = defaultLessonState;
const { exp } = Math;
/** By the eigenvalues of a pair's weights, 1 and own − other: the difference shrinks by that each round. */
const shareAfter = (rounds: number) =>
  0.5 + 0.5 * ((exp(1) - exp(0.75)) / (exp(1) + exp(0.75))) ** rounds;

/** The largest distance between two rows. */
const spread = (rows: Matrix) =>
  Math.max(...rows.flatMap((row) => rows.map((other) => distance(row, other))));

describe('row 15: again and again', () => {
  it('starts at .562 Prisoner + .438 Cell; the deck has swapped .58 and .42', () => {
    const [own, other] = pairShares(1, state)[1];
    expect(own).toBeCloseTo(exp(1) / (exp(1) + exp(0.75)), 14);
    expect(own).toBeCloseTo(0.562, 3);
    expect(other).toBeCloseTo(0.438, 3);
    expect(own).toBeGreaterThan(other);
  });

  it.each([
    [2, 0.508, 0.492],
    [5, 0.5, 0.5],
  ])('is %f after %i rounds', (rounds, own, other) => {
    const shares = pairShares(rounds, state)[rounds];
    expect(shares[0]).toBeCloseTo(shareAfter(rounds), 14);
    expect(shares[0]).toBeCloseTo(own, 3);
    expect(shares[1]).toBeCloseTo(other, 3);
  });

  it('collapses by a constant factor with fixed weights', () => {
    const rounds = iterateAttention(
      [
        [1, 0],
        [0, 1],
      ],
      { rounds: 4, weights: pairWeights(state) },
    );
    const factor = 2 * shareAfter(1) - 1;
    rounds.forEach(({ rows }, k) => expect(spread(rows)).toBeCloseTo(Math.SQRT2 * factor ** k, 13));
  });

  it('keeps the distance with a residual path, and loses less of the difference', () => {
    const options = { rounds: 4, weights: pairWeights(state) };
    const rows = [
      [1, 0],
      [0, 1],
    ];
    const plain = iterateAttention(rows, options);
    const residual = iterateAttention(rows, { ...options, residual: true });
    const factor = 2 * shareAfter(1);
    residual.forEach(({ rows: after, difference }, k) => {
      expect(spread(after)).toBeCloseTo(Math.SQRT2 * factor ** k, 12);
      expect(difference).toBeGreaterThanOrEqual(plain[k].difference);
    });
    expect(spread(residual[4].rows)).toBeGreaterThan(rows.length ** 0.5);
    expect(residual[4].difference / plain[4].difference).toBeGreaterThan(100);
  });

  it('computes its own weights where none are given', () => {
    const rows = normalMatrix(6, 4, 2, 1, 0.5);
    const [before, after] = iterateAttention(rows, { rounds: 1 });
    // One row, by hand.
    const powers = rows.map((row) =>
      exp(row.reduce((sum, value, d) => sum + value * rows[2][d], 0)),
    );
    const sum = powers.reduce((a, b) => a + b, 0);
    after.rows[2].forEach((value, d) =>
      expect(value).toBeCloseTo(
        powers.reduce((s, p, i) => s + (p / sum) * rows[i][d], 0),
        13,
      ),
    );
    expect(before.weights).toBeUndefined();
    const far = iterateAttention(rows, { rounds: 20 });
    const kept = iterateAttention(rows, { rounds: 20, residual: true });
    expect(far[20].difference).toBeLessThan(1e-6);
    expect(kept[20].difference).toBeGreaterThan(0.1);
  });

  it('refuses a part of a round', () => {
    expect(() => iterateAttention([[1]], { rounds: 0.5 })).toThrow(/rounds is 0.5/);
  });
});

describe('rounds', () => {
  it('draw two words together by one factor a round, a residual path by another', () => {
    for (const residual of [false, true]) {
      const { shares, factor } = sharesByRound({ ...state, residual });
      shares.forEach((share, round) => expect(share).toBeCloseTo(0.5 + 0.5 * factor ** round, 12));
    }
    expect(sharesByRound({ ...state, rounds: 40 }).shares).toHaveLength(41);
  });

  it('with weights of their own, a residual path keeps words apart', () => {
    const { plain, residual, own } = differencesByRound(state.x, state.temperature);
    expect(plain[3]).toBeLessThan(0.001);
    expect(residual[3]).toBeCloseTo(0.545, 3);
    expect(residual.at(-1)).toBeCloseTo(0.536, 3);
    expect(own).toBeGreaterThan(0.999);
  });
});
