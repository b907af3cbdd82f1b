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

export const FIRST_YEAR = 1980;
export const LAST_YEAR = 2020;

/**
 * How words were represented: by an axis each (before 1986, and in most programs long after), by a learned vector
 * that stays put, or by one that the sentence moves.
 */
export const eras = [
  { representation: 'one-hot', from: FIRST_YEAR, to: 1986, name: 'one axis a word' },
  { representation: 'fixed', from: 1986, to: 2014, name: 'one vector a word' },
  { representation: 'contextual', from: 2014, to: LAST_YEAR, name: 'a vector in context' },
] as const;

type Representation = (typeof eras)[number]['representation'];

export interface Milestone {
  /** The year, or the first of two. */
  readonly year: number;
  readonly until?: number;
  readonly title: string;
  readonly who: string;
  /** What was new, in a sentence. */
  readonly fact: string;
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
    deck: 'a higher dimension space',
    // Names of two family trees of twelve; each goes through six units.
    sizes: { words: 24, values: 6 },
  },
  {
    year: 2003,
    title: 'A neural probabilistic language model',
    who: 'Yoshua Bengio, Réjean Ducharme, Pascal Vincent and Christian Jauvin',
    fact: 'A network that predicts the next word learns a short vector for every word on the way.',
    deck: null,
  },
  {
    year: 2013,
    title: 'word2vec',
    who: 'Tomáš Mikolov, Kai Chen, Greg Corrado and Jeffrey Dean',
    fact: 'Vectors of a few hundred values from billions of words, one for each word wherever it stands.',
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
    deck: null,
  },
  {
    year: 2017,
    title: 'Attention is all you need',
    who: 'Ashish Vaswani and seven others',
    fact: 'The Transformer: attention among the words of one sequence takes the place of recurrence.',
    deck: 'attention updates the embeddings by context',
  },
  {
    year: 2018,
    title: 'ELMo, GPT and BERT',
    who: 'Matthew Peters and others; Alec Radford and others; Jacob Devlin and others',
    fact: 'Pretrained models give a word a vector that depends on its sentence, and other tasks reuse it.',
    deck: null,
  },
];

/** The latest milestone that had begun by `year`; undefined before the first. */
export const milestoneAt = (year: number): Milestone | undefined =>
  timeline.findLast((milestone) => milestone.year <= year);

/** How words were represented in `year`. */
export const representationAt = (year: number): Representation =>
  eras.findLast(({ from }) => from <= year)?.representation ?? 'one-hot';

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
  const isNow = year <= (milestone.until ?? milestone.year);
  return `${year}: ${isNow ? '' : `after ${yearsOf(milestone)}, `}${milestone.title}.`;
}
