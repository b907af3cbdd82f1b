import { digits } from '../digits';
import { cellSentences, contextualPoint, sentencePoints, type Topic } from '../../../lessons/plane';
import type { Vector } from '../../../lessons/matrix';
import type { LessonState } from '../../../lessons/state';
import {
  type Milestone,
  milestoneAt,
  type Representation,
  representationAt,
  timeline,
} from '../../../lessons/timeline';
import { wordKey, wordsOf } from '../../../lessons/words';

export const FIRST_YEAR = 1980;
export const LAST_YEAR = 2020;
export const MILESTONE_YEARS: readonly number[] = timeline.map(({ year }) => year);

/** Where a year stands on the axis, from 0 to 1; years beyond its ends stand at them. */
export const placeOfYear = (year: number): number =>
  Math.min(1, Math.max(0, (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)));

export const yearAt = (place: number): number =>
  Math.round(FIRST_YEAR + Math.min(1, Math.max(0, place)) * (LAST_YEAR - FIRST_YEAR));

/** A stretch of years in which words were turned into numbers one way. */
export interface Era {
  readonly how: Representation;
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

const NAMES: Readonly<Record<Representation, string>> = {
  'one-hot': 'one axis a word',
  fixed: 'one vector a word',
  contextual: 'a vector in context',
};

/** In order, from the first year to the last. */
export const eras: readonly Era[] = (['one-hot', 'fixed', 'contextual'] as const).map((how) => {
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
  const own = years.filter((year) => representationAt(year) === how);
  const last = own[own.length - 1];
  return { how, from: own[0], to: Math.min(LAST_YEAR, last + 1), name: NAMES[how] };
});

/** Where the word *cell* is in one sentence. */
export interface CellPoint {
  readonly text: string;
  readonly topic: Topic | 'none';
  readonly point: Vector;
  /** Where it is without a sentence. */
  readonly placed: Vector;
}

/** *cell* in the lesson's three sentences, and in the reader's own if it has the word. */
export function cellPoints(state: LessonState, how: Representation): CellPoint[] {
  const { context, without, temperature, moved } = state;
  const isOwn =
    wordsOf(context).map(wordKey).includes('cell') &&
    !cellSentences.some(({ text }) => text === context);
  const sentences = [
    ...cellSentences,
    ...(isOwn ? [{ text: context, topic: 'none' as const }] : []),
  ];
  return sentences.map(({ text, topic }) => {
    const words = sentencePoints(text, moved);
    const cell = words.findIndex(({ word }) => word === 'cell');
    const placed = words[cell].point;
    if (how !== 'contextual') return { text, topic, point: placed, placed };
    const options = { temperature, without: text === context ? without : [] };
    return { text, topic, point: contextualPoint(words, cell, options).point, placed };
  });
}

/** What a number of values is beside an axis a word, as a sentence; empty where sizes are not known. */
export function tellSizes({ sizes }: Milestone): string {
  if (!sizes) return '';
  const { words, values } = sizes;
  return `${digits(words, 0)} words, an axis each if written one-hot, became vectors of ${digits(values, 0)} values.`;
}

export const yearsOf = ({ year, until }: Milestone): string =>
  until ? `${year}–${String(until).slice(2)}` : String(year);

/** The year and what had been found by then. */
export function tellYear(year: number): string {
  const milestone = milestoneAt(year);
  if (!milestone) return `${year}: a word is an axis of its own, as in most programs.`;
  const isNow = year >= milestone.year && year <= (milestone.until ?? milestone.year);
  return `${year}: ${isNow ? '' : `after ${yearsOf(milestone)}, `}${milestone.title}.`;
}
