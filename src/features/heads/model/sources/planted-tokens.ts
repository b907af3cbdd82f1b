import { cumsum } from 'd3-array';
import { philox } from '../../../../numeric/random';
import { NO_MARK } from '../source';

/** Invented words that can be pronounced: a different one for each number. */
const CONSONANTS = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];
const SYLLABLES = CONSONANTS.length * VOWELS.length;
/** Coprime with the number of syllables: multiplying by it permutes the words of one length. */
const STEP = 2731;

/** The word with this index, from 0: two syllables, or more once those are used up. */
export function inventedWord(index: number): string {
  let syllables = 2;
  let words = SYLLABLES ** syllables;
  let offset = index;
  while (offset >= words) {
    offset -= words;
    words *= SYLLABLES;
    syllables++;
  }
  // Otherwise neighbours would differ in their last letter alone.
  let rest = (offset * STEP) % words;
  let word = '';
  for (let i = 0; i < syllables; i++) {
    const syllable = rest % SYLLABLES;
    word += CONSONANTS[Math.floor(syllable / VOWELS.length)] + VOWELS[syllable % VOWELS.length];
    rest = Math.floor(rest / SYLLABLES);
  }
  return word;
}

/** A sequence of words in which passages are repeated, so that an induction head has something to find. */
export interface PlantedTokens {
  readonly ids: Uint32Array;
  readonly words: readonly string[];
  /** For each token, the position after the last occurrence of its word; NO_MARK for new words. */
  readonly marks: Uint32Array;
  readonly blocks: Uint8Array;
}

export const BLOCKS = 8;

const REPEATED = 0.75;

/** Size of the vocabulary relative to the sequence: few words repeat by chance. */
const VOCABULARY = 4;

const STREAM = { stretches: 0x70c1, words: 0x70c2, blocks: 0x70c3 };

/**
 * `length` words. Passages are a share of the length, so that they are visible in a map of any size. New words come from
 * a vocabulary larger than the sequence, so that most repetitions are copies.
 */
export function plantTokens(length: number, seed: number): PlantedTokens {
  const ids = new Uint32Array(length);
  const draw = randomDraws(seed, STREAM.stretches);
  const drawWord = randomDraws(seed, STREAM.words);
  const shortest = Math.max(3, Math.floor(length / 32));
  for (let at = 0; at < length;) {
    const size = shortest + Math.floor(draw() * 3 * shortest);
    const repeats = at > 0 && draw() < REPEATED;
    const from = Math.floor(draw() * Math.max(1, at - size + 1));
    // A copy must not overlap its original.
    const end = Math.min(length, at + (repeats ? Math.min(size, at - from) : size));
    for (let i = at; i < end; i++) {
      ids[i] = repeats ? ids[from + i - at] : Math.floor(drawWord() * VOCABULARY * length);
    }
    at = end;
  }
  return {
    ids,
    words: Array.from(ids, inventedWord),
    marks: inductionMarks(ids),
    blocks: plantBlocks(length, seed),
  };
}

/** For each token, the position after its last occurrence; NO_MARK where there is none, or where that is the token itself. */
export function inductionMarks(ids: ArrayLike<number | string>): Uint32Array {
  const marks = new Uint32Array(ids.length).fill(NO_MARK);
  const last = new Map<number | string, number>();
  for (let i = 0; i < ids.length; i++) {
    const before = last.get(ids[i]);
    if (before !== undefined && before + 1 < i) marks[i] = before + 1;
    last.set(ids[i], i);
  }
  return marks;
}

function plantBlocks(length: number, seed: number): Uint8Array {
  const draw = randomDraws(seed, STREAM.blocks);
  const sizes = Array.from({ length: BLOCKS }, () => 0.5 + draw());
  const starts = [0, ...cumsum(sizes)];
  const total = starts.pop()!;
  const blocks = new Uint8Array(length);
  // Each overwrites the rest of the one before.
  starts.forEach((start, block) => blocks.fill(block, Math.round((start / total) * length)));
  return blocks;
}

/** A generator of uniform random numbers in [0, 1). */
export function randomDraws(seed: number, stream: number): () => number {
  const words = new Uint32Array(4);
  let count = 0;
  return () => {
    if (count % 4 === 0) philox(words, count / 4, 0, stream, 0, seed, 0);
    return words[count++ % 4] * 2 ** -32;
  };
}
