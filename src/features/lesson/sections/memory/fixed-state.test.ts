import { describe, expect, it } from 'vitest';
import { recallByDistance, recallTrialByTrial } from './fixed-state';

const distances = [0, 8, 32, 128];

describe('row 4: a fixed-size state against a direct link', () => {
  const small = recallByDistance({ stateSize: 16, distances });
  const large = recallByDistance({ stateSize: 64, distances });

  it('reads back what was just written, exactly', () => {
    for (const { state, attention } of [small[0], large[0]]) {
      expect(state.right).toBe(1);
      expect(state.cosine).toBeCloseTo(1, 12);
      expect(attention.right).toBe(1);
    }
  });

  it('forgets with distance, the sooner the smaller it is', () => {
    expect(small[1].state.cosine).toBeGreaterThan(small[2].state.cosine);
    expect(small[2].state.cosine).toBeGreaterThan(small[3].state.cosine);
    expect(small[3].state.right).toBeLessThan(0.5);
    distances.slice(1).forEach((_, i) => {
      expect(large[i + 1].state.cosine).toBeGreaterThan(small[i + 1].state.cosine);
    });
  });

  it('forgets as theory has it: noise of distance / stateSize beside a signal of 1', () => {
    // Products of random directions have variance 1/D; the other values are unlike: their sum has squared
    // length n/D or so, and the cosine is near 1/√(1 + n/D), plus what values of the same symbol add.
    const averages = [...recallTrialByTrial({ stateSize: 64, distances })];
    for (const [i, n] of distances.entries()) {
      const expected = 1 / Math.sqrt(1 + n / 64);
      // Each trial's own cosine, from the averages up to it and before it.
      const sums = [0, ...averages.map((latest, trial) => latest[i].state.cosine * (trial + 1))];
      const squares = averages.map(
        (_, trial) => (sums[trial + 1] - sums[trial] - large[i].state.cosine) ** 2,
      );
      const standardError = Math.sqrt(squares.reduce((a, b) => a + b) / 31 / 32);
      expect(Math.abs(large[i].state.cosine - expected)).toBeLessThan(4 * standardError + 0.03);
    }
  });

  it('does not touch the direct link', () => {
    for (const { attention } of large) {
      expect(attention.right).toBe(1);
      expect(attention.cosine).toBeGreaterThan(0.999);
    }
  });

  it('forgets the old sooner with decay: the signal shrinks, the noise does not', () => {
    const [fading] = recallByDistance({ stateSize: 64, distances: [32], decay: 0.9 });
    expect(fading.state.cosine).toBeLessThan(large[2].state.cosine - 0.2);
  });

  it('is the same for the same seed, another for another', () => {
    expect(recallByDistance({ stateSize: 16, distances })).toEqual(small);
    expect(recallByDistance({ stateSize: 16, distances, seed: 99 })).not.toEqual(small);
    // Distances are of one growing sequence: asking less often changes nothing.
    expect(recallByDistance({ stateSize: 16, distances: [128] })[0]).toEqual(small[3]);
  });

  it('can be watched, trial by trial', () => {
    const all = [...recallTrialByTrial({ stateSize: 16, distances })];
    expect(all).toHaveLength(32);
    expect(all[31]).toEqual(small);
    expect(all[4]).toEqual(recallByDistance({ stateSize: 16, distances, trials: 5 }));
  });

  it.each([
    [{ stateSize: 0, distances }, /stateSize is 0/],
    [{ stateSize: 8, distances: [3, 3] }, /distances is \[3, 3\]/],
    [{ stateSize: 8, distances: [-1] }, /distance is -1/],
    [{ stateSize: 8, distances, decay: 0 }, /decay is 0/],
    [{ stateSize: 8, distances, trials: 0 }, /trials is 0/],
  ])('refuses %o', (options, message) => {
    expect(() => recallByDistance(options)).toThrow(message);
  });
});
