import { describe, expect, it } from 'vitest';
import {
  alignmentMatrix,
  cipherKinds,
  cipherSources,
  decipher,
  encipher,
  keyedAlphabet,
  substitutionSources,
  translation,
  transpositionSources,
} from './cipher';
import { products, identity } from './matrix';

const text = 'The prisoner sat in his cell, at 5 o’clock.';

const key = { cipher: 'shift', shift: 3, keyword: 'weaver', columns: 5 } as const;

describe('row 2: ciphers', () => {
  it('move letters round the alphabet', () => {
    expect(encipher('Xyz, abc!', key)).toBe('Abc, def!');
    for (const shift of [1, 13, 25, 26, -4, 100]) {
      const ciphered = encipher(text, { ...key, shift });
      expect(encipher(ciphered, { ...key, shift: -shift })).toBe(text);
      expect(decipher(ciphered, { ...key, shift })).toBe(text);
    }
    expect(() => encipher(text, { ...key, shift: 1.5 })).toThrow(/shift is 1.5/);
  });

  it('take an alphabet from a keyword', () => {
    expect(keyedAlphabet('Zebras!')).toBe('zebrascdfghijklmnopqtuvwxy');
    const keyed = { ...key, cipher: 'keyword' } as const;
    expect(encipher('flee at once', { ...keyed, keyword: 'zebras' })).toBe('siaa zq lkba');
    expect(decipher(encipher(text, keyed), keyed)).toBe(text);
    expect(() => keyedAlphabet('123')).toThrow(/keyword is "123"/);
  });

  it('or change the places, and change them back', () => {
    const transposed = { ...key, cipher: 'columns' } as const;
    expect(encipher('abcdefg', { ...transposed, columns: 3 })).toBe('adgbecf');
    expect(decipher(encipher(text, transposed), transposed)).toBe(text);
    expect(() => encipher(text, { ...transposed, columns: 0 })).toThrow(/columns is 0/);
  });

  it('are one of three, each undone by its own key', () => {
    const key = { shift: 7, keyword: 'weaver', columns: 4 };
    for (const cipher of cipherKinds) {
      const ciphered = encipher(text, { ...key, cipher });
      expect(ciphered).not.toBe(text);
      expect(decipher(ciphered, { ...key, cipher })).toBe(text);
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
    expect(() => alignmentMatrix([[3]], 3)).toThrow(/position is 3/);
  });
});
