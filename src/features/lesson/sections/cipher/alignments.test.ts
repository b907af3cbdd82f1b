import { describe, expect, it } from 'vitest';
import {
  alignmentMatrix,
  type Cipher,
  encipher,
  substitutionAlphabet,
  translation,
  transpositionSources,
} from '../../model/cipher';
import { identity } from '../../model/matrix';
import {
  lettersOf,
  alignmentShape,
  shortened,
  describeCrossings,
  describeLetter,
  describeSharedSources,
  describeSources,
} from './alignments';

const key: Cipher = { cipher: 'shift', shift: 3, keyword: 'weaver', columns: 5 };
const letters = lettersOf('The prisoner');

describe('a letter at a time', () => {
  it.each([
    ['shift', 0, 'Place 1: “T” becomes “W”, 3 places on in the alphabet.'],
    ['shift', 3, 'Place 4, a space, is no letter from a to z and stays.'],
    ['keyword', 1, 'Place 2: “h” becomes “d”, by the alphabet of “weaver”.'],
    ['columns', 1, 'Place 2 of the ciphered text, “r”, comes from place 6.'],
  ] as const)('says what happens by %s at %i', (cipher, at, words) => {
    expect(describeLetter(letters, at, { ...key, cipher })).toBe(words);
  });

  it('speaks of no more than there is room for', () => {
    expect(shortened('abc', 3)).toBe('abc');
    expect(shortened('abcd', 3)).toBe('abc…');
  });

  it('has what stands under the alphabet', () => {
    expect(substitutionAlphabet(key)).toBe(encipher('abcdefghijklmnopqrstuvwxyz', key));
    expect(substitutionAlphabet({ ...key, cipher: 'keyword' })).toMatch(/^weavr/);
    expect(substitutionAlphabet({ ...key, cipher: 'columns' })).toBeNull();
  });
});

describe('alignments', () => {
  const { source, target, sources } = translation;
  const aligned = {
    title: 'A translation',
    matrix: alignmentMatrix(sources, source.length),
    outputs: target,
    inputs: source,
  };
  const shapeOf = (...given: Parameters<typeof alignmentMatrix>) =>
    alignmentShape({ matrix: alignmentMatrix(...given) });

  it('are a diagonal, a permutation or neither', () => {
    expect(alignmentShape({ matrix: identity(3) })).toBe('a diagonal');
    expect(shapeOf(transpositionSources(12, 5), 12)).toBe('a permutation');
    expect(shapeOf(transpositionSources(12, 12), 12)).toBe('a diagonal');
    expect(alignmentShape(aligned)).toBe('neither');
    expect(shapeOf([[0], [0]], 2)).toBe('neither');
    expect(shapeOf([[0, 1], [1]], 2)).toBe('neither');
    expect(shapeOf([[1]], 2)).toBe('neither');
  });

  it('say what is made from what', () => {
    expect(describeSources(aligned, 3)).toBe('“assis” comes from “sat”');
    const two = { matrix: alignmentMatrix([[0, 1]], 2), outputs: ['x'], inputs: ['a', ' '] };
    expect(describeSources({ title: '', ...two }, 0)).toBe('“x” comes from “a” and a space');
    expect(describeSharedSources(aligned)).toEqual(['“était” and “assis” both come from “sat”']);
    expect(describeCrossings(aligned)).toEqual(['“cellule” and “exiguë” changed places']);
  });
});
