import { digits } from '../digits';
import type { Shown } from './formulas';

/** Sharers named one by one; the rest are told of together. */
const MOST_NAMED = 6;

/** Where one word's weight goes, as a sentence or two. */
export function weightsInWords(query: number, { words, steps }: Shown): string {
  const weights = steps.weights[query];
  const asker = capital(words[query]);
  const seen = weights.map((_, key) => key).filter((key) => steps.masked[query][key] > -Infinity);
  if (seen.length === 0) {
    return `${asker} may see no word: all its weights are 0, and so is what comes out for it.`;
  }
  const groups = new Map<string, number[]>();
  for (const key of seen.sort((a, b) => weights[b] - weights[a])) {
    const share = digits(weights[key]);
    groups.set(share, [...(groups.get(share) ?? []), key]);
  }
  const nameOf = (key: number) => (key === query ? 'itself' : words[key]);
  const all = [...groups].map(
    ([share, keys]) => `${list(keys.map(nameOf))} ${share}${keys.length > 1 ? ' each' : ''}`,
  );
  const shown = all.slice(0, MOST_NAMED);
  const rest = all.length > shown.length ? '; the others share what is left' : '';
  const hidden = words.length - seen.length;
  const unseen = hidden === 0 ? '' : `; ${hidden} ${hidden === 1 ? 'word is' : 'words are'} hidden`;
  return `${asker} gives ${shown.join('; ')}${rest}${unseen}.`;
}

/** What comes out for one word, against what went in as its value. */
export function outputInWords(query: number, { words, steps }: Shown): string {
  const own = steps.value[query];
  const output = steps.output[query];
  const moved = Math.hypot(...output.map((value, i) => value - own[i]));
  return `The vector that comes out for ${words[query]} lies ${digits(moved)} from its own value.`;
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const capital = (word: string): string => word[0].toUpperCase() + word.slice(1);
