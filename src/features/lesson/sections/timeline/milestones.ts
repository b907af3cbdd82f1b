import { formatFixed } from '../../../../numeric/format';
import type { Vector } from '../../model/matrix';
import { wordKey, wordsOf } from '../../model/sentence';
import type { LessonState } from '../../model/state';
import {
  cellSentences,
  contextualPoint,
  sentencePoints,
  type Topic,
} from '../../model/word-points';

/**
 * How a word is represented: an axis of its own (before 1986, and in most programs long after), a
 * learned vector that stays put, or one that the sentence moves.
 */
type Representation = 'one-hot' | 'fixed' | 'contextual';

export interface Milestone {
  /** The year, or the first of two. */
  readonly year: number;
  readonly until?: number;
  readonly title: string;
  readonly who: string;
  /** What was new, in a sentence. */
  readonly fact: string;
  readonly representation: Representation;
  /** As the deck prints it, or that it does not. */
  readonly deck: string | null;
  /** How many words it was shown with, each an axis if written one-hot, and how many values it gave each. */
  readonly sizes?: { readonly words: number; readonly values: number };
}

/**
 * From words to vectors to vectors in context. The deck has 1986, 2013 and 2017, and calls the first "a
 * higher dimension space" and the second "lower dimensions". Both are far fewer than one axis a word.
 */
export const timeline: readonly Milestone[] = [
  {
    year: 1986,
    title: 'Distributed representations',
    who: 'Geoffrey Hinton, “Learning distributed representations of concepts”',
    fact: 'A concept is a pattern over many units, learned, where before it was one unit of its own.',
    representation: 'fixed',
    deck: 'a higher dimension space',
    // Names of two family trees of twelve; each goes through six units.
    sizes: { words: 24, values: 6 },
  },
  {
    year: 2003,
    title: 'A neural probabilistic language model',
    who: 'Yoshua Bengio, Réjean Ducharme, Pascal Vincent and Christian Jauvin',
    fact: 'A network that predicts the next word learns a short vector for every word on the way.',
    representation: 'fixed',
    deck: null,
  },
  {
    year: 2013,
    title: 'word2vec',
    who: 'Tomáš Mikolov, Kai Chen, Greg Corrado and Jeffrey Dean',
    fact: 'Vectors of a few hundred values from billions of words, one for each word wherever it stands.',
    representation: 'fixed',
    deck: 'neural embeddings, lower dimensions',
    // The vectors that Google published, of words and phrases of its news.
    sizes: { words: 3_000_000, values: 300 },
  },
  {
    year: 2014,
    until: 2015,
    title: 'Attention for translation',
    who: 'Dzmitry Bahdanau, Kyunghyun Cho and Yoshua Bengio; then Minh-Thang Luong, Hieu Pham and Christopher Manning',
    fact: 'The decoder looks back at every state of the encoder instead of one vector of fixed size.',
    representation: 'contextual',
    deck: null,
  },
  {
    year: 2017,
    title: 'Attention is all you need',
    who: 'Ashish Vaswani and seven others',
    fact: 'The Transformer: attention among the words of one sequence takes the place of recurrence.',
    representation: 'contextual',
    deck: 'attention updates the embeddings by context',
  },
  {
    year: 2018,
    title: 'ELMo, GPT and BERT',
    who: 'Matthew Peters and others; Alec Radford and others; Jacob Devlin and others',
    fact: 'Pretrained models give a word a vector that depends on its sentence, and other tasks reuse it.',
    representation: 'contextual',
    deck: null,
  },
];

/** The latest milestone that had begun by `year`; undefined before the first. */
export const milestoneAt = (year: number): Milestone | undefined =>
  timeline.findLast((milestone) => milestone.year <= year);

/** How words were represented by `year`; one-hot before the first milestone. */
export const representationAt = (year: number): Representation =>
  milestoneAt(year)?.representation ?? 'one-hot';

export const FIRST_YEAR = 1980;
export const LAST_YEAR = 2020;
export const MILESTONE_YEARS: readonly number[] = timeline.map(({ year }) => year);

/** Position of a year on the axis, from 0 to 1; clamped. */
export const yearFraction = (year: number): number =>
  Math.min(1, Math.max(0, (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)));

export const yearAt = (fraction: number): number =>
  Math.round(FIRST_YEAR + Math.min(1, Math.max(0, fraction)) * (LAST_YEAR - FIRST_YEAR));

/** Years in which words were represented in one way. */
interface Era {
  readonly representation: Representation;
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

const ERA_NAMES: Readonly<Record<Representation, string>> = {
  'one-hot': 'one axis a word',
  fixed: 'one vector a word',
  contextual: 'a vector in context',
};

/** In order, from the first year to the last. */
export const eras: readonly Era[] = (['one-hot', 'fixed', 'contextual'] as const).map(
  (representation) => {
    const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
    const own = years.filter((year) => representationAt(year) === representation);
    const last = own[own.length - 1];
    return {
      representation,
      from: own[0],
      to: Math.min(LAST_YEAR, last + 1),
      name: ERA_NAMES[representation],
    };
  },
);

/** The word *cell* in one sentence. */
export interface CellPoint {
  readonly text: string;
  readonly topic: Topic | 'none';
  readonly point: Vector;
  /** Its point without a sentence. */
  readonly placed: Vector;
}

/** *cell* in the lesson's three sentences, and in the reader's own if it contains the word. */
export function cellPoints(state: LessonState, representation: Representation): CellPoint[] {
  const { context, excluded, temperature, pointOverrides } = state;
  const isOwn =
    wordsOf(context).map(wordKey).includes('cell') &&
    !cellSentences.some(({ text }) => text === context);
  const sentences = [
    ...cellSentences,
    ...(isOwn ? [{ text: context, topic: 'none' as const }] : []),
  ];
  return sentences.map(({ text, topic }) => {
    const words = sentencePoints(text, pointOverrides);
    const cell = words.findIndex(({ word }) => word === 'cell');
    const placed = words[cell].point;
    if (representation !== 'contextual') return { text, topic, point: placed, placed };
    const options = { temperature, excluded: text === context ? excluded : [] };
    return { text, topic, point: contextualPoint(words, cell, options).point, placed };
  });
}

/** One-hot size and learned size; empty where they are not known. */
export function describeSizes({ sizes }: Milestone): string {
  if (!sizes) return '';
  const { words, values } = sizes;
  return `${formatFixed(words, 0)} words, an axis each if written one-hot, became vectors of ${formatFixed(values, 0)} values.`;
}

export const yearsOf = ({ year, until }: Milestone): string =>
  until ? `${year}–${String(until).slice(2)}` : String(year);

export function describeYear(year: number): string {
  const milestone = milestoneAt(year);
  if (!milestone) return `${year}: a word is an axis of its own, as in most programs.`;
  const isNow = year >= milestone.year && year <= (milestone.until ?? milestone.year);
  return `${year}: ${isNow ? '' : `after ${yearsOf(milestone)}, `}${milestone.title}.`;
}
