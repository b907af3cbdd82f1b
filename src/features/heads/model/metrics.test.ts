import { describe, expect, it } from 'vitest';
import type { RowStatistics } from '../../../attention/maps/weight-map';
import { headMetrics, metricDescriptions } from './metrics';
import { NO_MARK } from './source';

const statistics = (rows: Partial<Record<keyof RowStatistics, number[]>>, count: number) => {
  const names = ['logSumExp', 'entropy', 'effectiveKeys', 'distance', 'diagonal', 'previous'];
  return Object.fromEntries(
    [...names, 'first', 'marked'].map((name) => [
      name,
      Float32Array.from(
        rows[name as keyof RowStatistics] ?? Array.from({ length: count }, () => 0),
      ),
    ]),
  ) as unknown as RowStatistics;
};

describe('headMetrics', () => {
  it('are means over rows', () => {
    const rows = statistics(
      { entropy: [0, 1, 3], distance: [1, 2, 6], diagonal: [1, 0.5, 0], first: [1, 0.25, 0.25] },
      3,
    );
    const metrics = headMetrics(rows, [3, 3, 3], 3);
    expect(metrics.entropy).toBeCloseTo(4 / 3, 6);
    expect(metrics.distance).toBe(3);
    expect(metrics.diagonal).toBe(0.5);
    expect(metrics.first).toBe(0.5);
  });

  it('leaves rows out that see nothing, and those that see one key out of what needs a choice', () => {
    const rows = statistics(
      { entropy: [0, 0, Math.log(2)], effectiveKeys: [0, 1, 2], diagonal: [0, 1, 0.5] },
      3,
    );
    const metrics = headMetrics(rows, [0, 1, 2], 3);
    expect(metrics.entropy).toBeCloseTo(Math.log(2) / 2, 6);
    expect(metrics.evenness).toBeCloseTo(1, 6);
    expect(metrics.sparsity).toBe(0);
    expect(metrics.diagonal).toBe(0.75);
  });

  it('asks for a place only where there is one', () => {
    const rows = statistics(
      { diagonal: [1, 1, 0, 0], previous: [0, 1, 0.5, 0], marked: [0, 0, 0, 0.5] },
      4,
    );
    const marks = Uint32Array.of(NO_MARK, NO_MARK, NO_MARK, 1);
    const metrics = headMetrics(rows, [2, 2, 2, 2], 2, marks);
    // Two keys: only the first two queries have a key of their own place, the second and third one before.
    expect(metrics.diagonal).toBe(1);
    expect(metrics.previous).toBe(0.75);
    expect(metrics.induction).toBe(0.5);
  });

  it('tells nothing where nothing can be told', () => {
    const nothing = headMetrics(statistics({}, 2), [0, 0], 2);
    for (const { id, format } of metricDescriptions) {
      expect(nothing[id]).toBeNaN();
      expect(format(nothing[id])).toBe('–');
    }
    expect(headMetrics(statistics({}, 2), [2, 2], 2).induction).toBeNaN();
  });

  it('does not hide a NaN', () => {
    const metrics = headMetrics(statistics({ entropy: [NaN, 1] }, 2), [2, 2], 2);
    expect(metrics.entropy).toBeNaN();
    expect(metrics.distance).toBe(0);
  });
});

describe('metricDescriptions', () => {
  it('describes each metric once, in a sentence', () => {
    const ids = metricDescriptions.map(({ id }) => id);
    expect([...ids].sort()).toEqual(Object.keys(headMetrics(statistics({}, 1), [1], 1)).sort());
    for (const { definition } of metricDescriptions) expect(definition).toMatch(/^[A-Z].*\.$/);
  });

  it('writes numbers for people', () => {
    const written = (id: string, value: number) =>
      metricDescriptions.find((metric) => metric.id === id)!.format(value);
    expect(written('entropy', 1.2345)).toBe('1.23');
    expect(written('distance', 12345.67)).toBe('12,345.7');
    expect(written('diagonal', 0.1234)).toBe('12.3 %');
  });
});
