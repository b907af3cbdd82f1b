import { deckStatistics, madeUpVector, statisticsOf } from './embedding';
import { diluted } from './dilution';
import { pairShares, pairWeights } from './repeated';
import { logSumExp, printedFractions, scaledScore, softmax, sumNormalise } from './similarity';
import type { LessonState } from './state';
import { printedRowNames, SENTENCE_WORDS, symmetric, vectorsExist, block } from './table';
import type { Vector } from './matrix';

/** What the deck prints beside what comes out, so that a page can show both and let the reader find it. */
export interface Claim {
  /** Of the deck's list of systems. */
  readonly row: number;
  readonly id: string;
  readonly title: string;
  /** What each number is, in order. */
  readonly names: readonly string[];
  /** The deck's numbers; null where it printed none. Words where it printed words. */
  readonly printed: readonly (number | string)[] | null;
  /** The same numbers from the state as it is now. */
  readonly computed: (state: LessonState) => readonly (number | string)[];
  /** What is wrong with the printed ones, or that they are right. */
  readonly note: string;
}

const CELL = 5;

/** Scores of the word that asks, over the sentence's words or all columns. */
const rowOf = ({ table, query }: LessonState, columns = SENTENCE_WORDS): Vector =>
  table.values[query].slice(0, columns);

/** What a word scores with itself and with *Cell*: 1 and .75 for *Prisoner*. */
const pairOf = (state: LessonState): [number, number] => {
  const row = state.table.values[state.query];
  return [row[state.query], row[Math.min(CELL, row.length - 1)]];
};

export const claims: readonly Claim[] = [
  {
    row: 5,
    id: 'vector',
    title: 'The vector of 100 values',
    names: ['values', 'length', 'negative', 'smallest', 'largest'],
    printed: Object.values(deckStatistics),
    computed: ({ seed }) => Object.values(statisticsOf(madeUpVector(seed))),
    note: 'Only the statistics of the printed vector are left; the one here is made up to have them.',
  },
  {
    row: 10,
    id: 'scaled',
    title: 'Scores scaled by √d, then softmax',
    names: ['itself', 'Cell'],
    printed: null,
    computed: (state) =>
      softmax(
        pairOf(state).map((score) => scaledScore(score, state.headSize)),
        { temperature: state.temperature },
      ),
    note: 'The deck names the scaled dot product and has no formula for it.',
  },
  {
    row: 11,
    id: 'labels',
    title: 'Names of the rows',
    names: ['row 1', 'row 2', 'row 3', 'row 4', 'row 5', 'row 6', 'row 7', 'row 8'],
    printed: printedRowNames,
    computed: ({ table }) => table.names,
    note: 'Row 5 is labelled The a second time; it is His.',
  },
  {
    row: 11,
    id: 'eigenvalue',
    title: 'Smallest eigenvalue, made symmetric: all words, and the first six',
    names: ['all', 'first six'],
    printed: null,
    computed: ({ table }) =>
      [table, block(table, SENTENCE_WORDS)].map((part) => vectorsExist(symmetric(part)).smallest),
    note: 'A table of dot products has none below 0. By the larger of each pair this one has: no vectors have these similarities. By the mean of each pair it would have none.',
  },
  {
    row: 12,
    id: 'sum',
    title: 'Divided by the sum',
    names: ['itself', 'Cell'],
    printed: [0.58, 0.42],
    computed: (state) => sumNormalise(pairOf(state)).shares,
    note: '1 and .75 divided by 1.75 are .571 and .429.',
  },
  {
    row: 12,
    id: 'sum-with-the',
    title: 'Divided by the sum of the whole row',
    names: ['The', 'Prisoner', 'Sat', 'In', 'His', 'Cell'],
    printed: null,
    computed: (state) => sumNormalise(rowOf(state)).shares,
    note: 'The row also has The, with .2: it takes a share.',
  },
  {
    row: 13,
    id: 'denominator',
    title: 'What the exponentials are divided by',
    names: ['denominator'],
    printed: [Math.exp(1 + 0.75)],
    computed: (state) => [Math.exp(logSumExp(pairOf(state)))],
    note: 'The deck has the exponential of the sum, e^1.75; it is the sum of the exponentials, e¹ + e^.75.',
  },
  {
    row: 13,
    id: 'softmax',
    title: 'Exponentials, as shares',
    names: ['itself', 'Cell'],
    printed: [0.58, 0.42],
    computed: (state) => softmax(pairOf(state), { temperature: state.temperature }),
    note: 'At temperature 1 they are .562 and .438; .58 and .42 need temperature .775.',
  },
  {
    row: 13,
    id: 'fractions',
    title: 'The fractions as the deck writes them',
    names: ['itself', 'Cell', 'sum'],
    printed: [0.58, 0.42, 1],
    computed: (state) => {
      const { shares, sum } = printedFractions(pairOf(state));
      return [...shares, sum];
    },
    note: 'Worked out as written they are .472 and .368, and do not sum to 1.',
  },
  {
    row: 14,
    id: 'six-words',
    title: 'Zeros count: over the six words',
    names: ['The', 'Prisoner', 'Sat', 'In', 'His', 'Cell'],
    printed: [0, 0.58, 0, 0, 0, 0.42],
    computed: (state) =>
      softmax(rowOf(state), {
        temperature: state.temperature,
        hidden: rowOf(state).map((_, place) => state.hidden.includes(place)),
      }),
    note: 'e⁰ is 1, not 0. A word has no weight only where its score is −∞: hide it with the mask.',
  },
  {
    row: 14,
    id: 'eight-columns',
    title: 'Zeros count: over all columns',
    names: ['The', 'Prisoner', 'Sat', 'In', 'His', 'Cell', 'Tissue', 'College'],
    printed: [0, 0.58, 0, 0, 0, 0.42, 0, 0],
    computed: (state) => softmax(rowOf(state, 8), { temperature: state.temperature }),
    note: 'Words that stand in no sentence take their shares too.',
  },
  {
    row: 14,
    id: 'dilution',
    title: 'Weight that Prisoner and Cell hold among n words',
    names: ['share'],
    printed: [1],
    computed: ({ words, temperature }) => [
      diluted(words, { kept: [1, 0.75], others: [0.2], temperature }),
    ],
    note: 'The deck ignores zeros, so that the two hold all of it. It falls as 1/n.',
  },
  {
    row: 15,
    id: 'result',
    title: 'The result, after the rounds chosen',
    names: ['Prisoner', 'Cell'],
    printed: [0.42, 0.58],
    computed: ({ rounds, residual, temperature }) =>
      pairShares(rounds, residual, pairWeights([1, 0.75], temperature))[rounds],
    note: 'The two are swapped: a word is most like itself, so .562 Prisoner + .438 Cell.',
  },
];

/** Claims of one row of the deck's list. */
export const claimsOf = (row: number): readonly Claim[] =>
  claims.filter((claim) => claim.row === row);
