import { describe, expect, it } from 'vitest';
import {
  alignmentMatrix,
  caesar,
  cipherKinds,
  cipherSources,
  decode,
  decodeKeyed,
  encode,
  encodeKeyed,
  keyedAlphabet,
  substitutionSources,
  translation,
  transpositionSources,
  transposeText,
  untransposeText,
} from './cipher';
import { products, identity } from './matrix';

const text = 'The prisoner sat in his cell, at 5 o’clock.';

describe('row 2: ciphers', () => {
  it('move letters round the alphabet', () => {
    expect(caesar('Xyz, abc!', 3)).toBe('Abc, def!');
    for (const shift of [1, 13, 25, 26, -4, 100])
      expect(caesar(caesar(text, shift), -shift)).toBe(text);
    expect(() => caesar(text, 1.5)).toThrow(/shift is 1.5/);
  });

  it('take an alphabet from a keyword', () => {
    expect(keyedAlphabet('Zebras!')).toBe('zebrascdfghijklmnopqtuvwxy');
    expect(encodeKeyed('flee at once', 'zebras')).toBe('siaa zq lkba');
    expect(decodeKeyed(encodeKeyed(text, 'weaver'), 'weaver')).toBe(text);
    expect(() => keyedAlphabet('123')).toThrow(/keyword is "123"/);
  });

  it('or change the places, and change them back', () => {
    expect(transposeText('abcdefg', 3)).toBe('adgbecf');
    expect(untransposeText(transposeText(text, 5), 5)).toBe(text);
    expect(() => transposeText(text, 0)).toThrow(/columns is 0/);
  });

  it('are one of three, each undone by its own key', () => {
    const key = { shift: 7, keyword: 'weaver', columns: 4 };
    for (const cipher of cipherKinds) {
      const ciphered = encode(text, { ...key, cipher });
      expect(ciphered).not.toBe(text);
      expect(decode(ciphered, { ...key, cipher })).toBe(text);
      const sources = cipherSources(text.length, { ...key, cipher });
      const isMoved = sources.some(([from], place) => from !== place);
      expect(isMoved).toBe(cipher === 'columns');
      if (isMoved) sources.forEach(([from], place) => expect(ciphered[place]).toBe(text[from]));
    }
  });

  it('have alignments: a diagonal, a permutation; a translation has neither', () => {
    expect(alignmentMatrix(substitutionSources(4), 4)).toEqual(identity(4));
    const moved = alignmentMatrix(transpositionSources(7, 3), 7);
    expect(products(moved, moved)).toEqual(identity(7));
    expect(moved[1][3]).toBe(1);
    const { source, target, sources } = translation;
    const aligned = alignmentMatrix(sources, source.length);
    expect(aligned).toHaveLength(target.length);
    aligned.forEach((row) => expect(row.reduce((a, b) => a + b, 0)).toBe(1));
    expect(aligned[2]).toEqual(aligned[3]);
    expect([aligned[7][7], aligned[8][6]]).toEqual([1, 1]);
    expect(alignmentMatrix([[0, 2]], 3)).toEqual([[0.5, 0, 0.5]]);
    expect(() => alignmentMatrix([[3]], 3)).toThrow(/place is 3/);
  });
});
