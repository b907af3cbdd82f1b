/** Invented words that can be said aloud: one for each number, no two alike. */
const CONSONANTS = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];
const SYLLABLES = CONSONANTS.length * VOWELS.length;

/** The word of a number from 0 on: at least two syllables, more where the number is larger. */
export function inventedWord(index: number): string {
  let word = '';
  let rest = index;
  do {
    const syllable = rest % SYLLABLES;
    word =
      CONSONANTS[Math.floor(syllable / VOWELS.length)] + VOWELS[syllable % VOWELS.length] + word;
    rest = Math.floor(rest / SYLLABLES);
  } while (rest > 0);
  // All words of n syllables are spoken for by numbers below SYLLABLES^n: this one stands for leading zeros.
  return word.length === 2 ? `${FIRST}${word}` : word;
}

/** The syllable of 0, which no longer number begins with. */
const FIRST = CONSONANTS[0] + VOWELS[0];
