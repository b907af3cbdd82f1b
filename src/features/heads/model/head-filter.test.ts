import { describe, expect, it } from 'vitest';
import type { HeadEntry, HeadMetric } from './head-entry';
import { parseHeadFilter } from './head-filter';

const metric = (id: string, name: string): HeadMetric => ({
  id,
  name,
  definition: '',
  unit: '',
  format: String,
});
const metrics = [
  metric('entropy', 'Entropy'),
  metric('effectiveKeys', 'Effective keys'),
  metric('first', 'Sink'),
];

const heads: HeadEntry[] = Array.from({ length: 12 }, (_, id) => ({
  id,
  name: `layer ${id >> 2}, head ${id % 4}`,
  layer: id >> 2,
  head: id % 4,
  group: id % 3,
  metrics: { entropy: id / 4, effectiveKeys: 12 - id, first: 0 },
}));
heads.push({ id: 12, name: 'late', layer: 3, head: 0 });

const kept = (text: string) => {
  const { passes, issues: problems } = parseHeadFilter(text, metrics);
  expect(problems).toEqual([]);
  return heads.filter(passes).map(({ id }) => id);
};

describe('a filter', () => {
  it.each([
    ['', heads.map(({ id }) => id)],
    [
      'head 1',
      heads.filter(({ name }) => name.includes('head') && name.includes('1')).map(({ id }) => id),
    ],
    ['"head 1"', [1, 5, 9]],
    ['LATE', [12]],
    ['layer:2', [8, 9, 10, 11]],
    ['layer=2 head>=2', [10, 11]],
    ['group:1 layer<1', [0, 3]],
    ['entropy<1', [0, 1, 2, 3]],
    ['entropy <= 1', [0, 1, 2, 3, 4]],
    ['Entropy>2.5', [11]],
    ['effectivekeys<3', [10, 11]],
    ['"effective keys" < 3', [10, 11]],
    ['eff<3', [10, 11]],
    ['sink:0 layer:0', [0, 1, 2, 3]],
  ])('%s', (text, ids) => {
    expect(kept(text)).toEqual(ids);
  });

  it('says what it does not understand, and lets it hold nothing back', () => {
    const { passes, issues: problems } = parseHeadFilter('colour<3 layer:x e>1 entropy>', metrics);
    expect(problems).toEqual([
      '“colour” is none of layer, head, group, entropy, effectiveKeys, first.',
      '“x” after layer is no number.',
      '“e” is none of layer, head, group, entropy, effectiveKeys, first.',
      '“” after entropy is no number.',
    ]);
    expect(heads.every(passes)).toBe(true);
  });

  it('names the metrics it compares', () => {
    expect(parseHeadFilter('eff<3 layer:1', metrics).metrics).toEqual(['effectiveKeys']);
  });
});
