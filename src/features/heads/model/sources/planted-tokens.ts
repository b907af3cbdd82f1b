import { philox } from '../../../../numeric/random';
import { NO_MARK } from '../source';

/** Invented words that can be said aloud: one for each number, no two alike. */
const CONSONANTS = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];
const SYLLABLES = CONSONANTS.length * VOWELS.length;
/** Shares no factor with the number of syllables: multiplying by it only reorders words of one length. */
const STEP = 2731;

/** The word of a number from 0 on: two syllables, or more once those are used up. */
export function inventedWord(index: number): string {
  let syllables = 2;
  let words = SYLLABLES ** syllables;
  let place = index;
  while (place >= words) {
    place -= words;
    words *= SYLLABLES;
    syllables++;
  }
  // Neighbours would differ in their last letter alone.
  let rest = (place * STEP) % words;
  let word = '';
  for (let i = 0; i < syllables; i++) {
    const syllable = rest % SYLLABLES;
    word += CONSONANTS[Math.floor(syllable / VOWELS.length)] + VOWELS[syllable % VOWELS.length];
    rest = Math.floor(rest / SYLLABLES);
  }
  return word;
}

/** A sequence of words in which stretches come back, so that there is something to continue. */
export interface PlantedTokens {
  /** Number of each token's word. */
  readonly ids: Uint32Array;
  readonly words: readonly string[];
  /** For each token, what followed its word the last time; NO_MARK where the word is new. */
  readonly marks: Uint32Array;
  /** Number of the block that each token lies in, from 0. */
  readonly blocks: Uint8Array;
}

/** Blocks that a sequence is cut into. */
export const BLOCKS = 8;

/** Share of the stretches, after the first, that repeat an earlier one. */
const REPEATED = 0.75;

/** Words to draw from, for each token of the sequence: few come twice by chance. */
const VOCABULARY = 4;

/** Draws, by purpose. */
const STREAM = { stretches: 0x70c1, words: 0x70c2, blocks: 0x70c3 };

/**
 * `length` words. Stretches are a share of the length, so that they show in a picture of any size. Fresh
 * words come from a vocabulary larger than the sequence: what repeats is mostly what was copied.
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
    // What is copied ends where the copy begins: it would go round in circles else.
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

/** For each token, the place after its last earlier occurrence; NO_MARK for none, or where that is itself. */
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

/** Uneven blocks: each between a half and one and a half times the average. */
function plantBlocks(length: number, seed: number): Uint8Array {
  const draw = randomDraws(seed, STREAM.blocks);
  const sizes = Array.from({ length: BLOCKS }, () => 0.5 + draw());
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const blocks = new Uint8Array(length);
  let before = 0;
  sizes.forEach((size, block) => {
    const first = Math.round((before / total) * length);
    before += size;
    blocks.fill(block, first, Math.round((before / total) * length));
  });
  return blocks;
}

/** Seeded numbers from 0 to 1, one a call. */
export function randomDraws(seed: number, stream: number): () => number {
  const words = new Uint32Array(4);
  let count = 0;
  return () => {
    if (count % 4 === 0) philox(words, count / 4, 0, stream, 0, seed, 0);
    return words[count++ % 4] * 2 ** -32;
  };
}
