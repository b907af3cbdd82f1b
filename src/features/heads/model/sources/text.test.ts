import { describe, expect, it, vi } from 'vitest';
import { weightsOf } from '../../../../../tests/support/row-statistics';
import { NO_MARK } from '../source';
import { sentences, sentenceSource, splitWords, textSource } from './words';

describe('splitWords', () => {
  it('parts words from marks', () => {
    expect(splitWords('The cell, he said: "it’s\n small!"')).toEqual([
      'The',
      'cell',
      ',',
      'he',
      'said',
      ':',
      '"',
      'it’s',
      'small',
      '!',
      '"',
    ]);
    expect(splitWords('Größe naïve 3.14')).toEqual(['Größe', 'naïve', '3.14']);
  });

  it('knows scripts without spaces', () => {
    expect(splitWords('我喜欢猫').length).toBeGreaterThan(1);
  });

  it('does without a segmenter', () => {
    vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined });
    try {
      expect(splitWords("A cell, isn't it?")).toEqual(['A', 'cell', ',', "isn't", 'it', '?']);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it.each([
    ['', 'text is ""; allowed: at least one word.'],
    [' \n\t ', 'at least one word'],
    ['a '.repeat(2049), 'text is "2,049 words and marks"; allowed: at most 2,048 words and marks.'],
    ['a'.repeat(300_000), '300,000 characters'],
  ])('refuses %j', (text, message) => {
    expect(() => splitWords(text)).toThrow(message);
  });

  it('takes 2,048 words', () => {
    expect(splitWords('a '.repeat(2048))).toHaveLength(2048);
  });
});

describe('textSource', () => {
  const source = textSource('The cat saw the dog and the cat ran');

  it('says that nothing was learned', () => {
    expect(source.note).toContain('not learned');
    expect(source.note).toContain('9 words');
    expect(source.planted).toHaveLength(source.heads);
  });

  it('has a head for the previous token and one for the same word', () => {
    const previous = source.planted!.indexOf('previous token');
    const same = source.planted!.indexOf('same word');
    for (let row = 1; row < 9; row++) {
      expect(weightsOf(source, 0, previous, row)[row - 1]).toBeGreaterThan(0.6);
    }
    const the = weightsOf(source, 0, same, 3);
    expect(the[0] + the[3] + the[6]).toBeGreaterThan(0.8);
    // Capitals do not matter, nor does the place.
    expect(the[0]).toBeCloseTo(the[6], 6);
  });

  it('gives a word the same embedding in every text', () => {
    const other = textSource('Cat');
    const same = source.planted!.indexOf('same word');
    const size = source.headSize;
    const inFirst = source.key.subarray((same * 9 + 7) * size, (same * 9 + 8) * size);
    const inOther = other.key.subarray(same * size, (same + 1) * size);
    // Texts differ in how strong the head has to be.
    const ratio = inFirst[0] / inOther[0];
    inFirst.forEach((value, d) => expect(value).toBeCloseTo(ratio * inOther[d], 4));
    expect(inFirst.some((value) => value !== inFirst[0])).toBe(true);
  });

  it('has random heads that differ from each other, and from seed to seed', () => {
    const last = source.heads - 1;
    const row = weightsOf(source, 0, last, 4);
    expect(row).not.toEqual(weightsOf(source, 0, last - 1, 4));
    expect(row).not.toEqual(
      weightsOf(textSource('The cat saw the dog and the cat ran', 2), 0, last, 4),
    );
    expect(row).toEqual(weightsOf(textSource('The cat saw the dog and the cat ran'), 0, last, 4));
    expect(Math.max(...row)).toBeLessThan(0.99);
    expect(Math.max(...row)).toBeGreaterThan(0.12);
  });

  it('marks what followed a word the last time, whatever its capitals', () => {
    expect([...source.marks!]).toEqual([
      NO_MARK,
      NO_MARK,
      NO_MARK,
      1,
      NO_MARK,
      NO_MARK,
      4,
      2,
      NO_MARK,
    ]);
  });

  it('makes a source of one word, and of the most', () => {
    expect(textSource('cell').queryLength).toBe(1);
    const longest = textSource('cell tissue '.repeat(1024));
    expect(longest.queryLength).toBe(2048);
    expect(longest.query.every(Number.isFinite)).toBe(true);
  });
});

describe('sentenceSource', () => {
  it('has the lesson’s weights in the first head', () => {
    const source = sentenceSource('prisoner');
    expect(source.queryTokens).toEqual(['The', 'prisoner', 'sat', 'in', 'his', 'cell']);
    const exponentials = [0.2, 1, 0, 0, 0, 0.75].map(Math.exp);
    const sum = exponentials.reduce((a, b) => a + b);
    const weights = weightsOf(source, 0, 0, 1);
    weights.forEach((weight, key) => expect(weight).toBeCloseTo(exponentials[key] / sum, 6));
    // As the checked lesson has it: The .135, Prisoner .300, Cell .234, the others .110.
    expect([...weights].map((weight) => weight.toFixed(3))).toEqual([
      '0.135',
      '0.300',
      '0.110',
      '0.110',
      '0.110',
      '0.234',
    ]);
    expect(source.planted![0]).toBe('the lesson’s similarities');
  });

  it.each(sentences.map(({ name }) => name))('makes %s', (name) => {
    const source = sentenceSource(name);
    expect(source.heads).toBe(8);
    expect(source.queryTokens.map((word) => word.toLowerCase())).toContain('cell');
    expect(source.note).toContain('not learned');
  });

  it('refuses others', () => {
    expect(() => sentenceSource('x')).toThrow('sentence is "x"; allowed: one of prisoner');
  });
});
