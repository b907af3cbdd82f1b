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
