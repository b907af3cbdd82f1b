import { logSumExp, printedFractions, scaledScore, softmax, sumNormalise } from './attention';
import { deckStatistics, madeUpVector, statisticsOf, withEdits } from './embedding';
import { pairShares, pairWeights } from './iterated-attention';
import { dilutedPair, pairOf, hiddenFrom, scoresOf } from './scores';
import { wordsOf } from './sentence';
import { leadingBlock, printedRowNames, symmetric, vectorsExist } from './similarity-table';
import type { LessonState } from './state';

/** What the deck prints beside what comes out, so that a page can show both and let the reader find it. */
export interface Claim {
  /** Of the deck's list of systems. */
  readonly row: number;
  readonly id: string;
  readonly title: string;
  /** What each number is, in order; words, where the state has others. */
  readonly names: (state: LessonState) => readonly string[];
  /**
   * The deck's numbers, and what follows from them where it says so without a number (zeros that are ignored
   * have no weight); null where it has none. Of its own sentence and table.
   */
  readonly printed: readonly (number | string)[] | null;
  /** The same numbers from the state as it is now. */
  readonly computed: (state: LessonState) => readonly (number | string)[];
  /** What is wrong with the printed ones, or that they are right. */
  readonly note: string;
}

const sentenceNames = ({ table, sentence }: LessonState) =>
  table.names.slice(0, wordsOf(sentence).length);

const pairNames = (state: LessonState) => pairOf(state).names;

export const claims: readonly Claim[] = [
  {
    row: 5,
    id: 'vector',
    title: 'The vector of 100 values',
    names: () => ['values', 'length', 'negative', 'smallest', 'largest'],
    printed: Object.values(deckStatistics),
    computed: ({ seed, edits }) =>
      Object.values(statisticsOf(withEdits(madeUpVector(seed), edits))),
    note: 'Only the statistics of the printed vector are left; the one here is made up to have them.',
  },
  {
    row: 10,
    id: 'scaled',
    title: 'Scores scaled by √d, then softmax',
    names: pairNames,
    printed: null,
    computed: (state) =>
      softmax(
        pairOf(state).scores.map((score) => scaledScore(score, state.headSize)),
        { temperature: state.temperature },
      ),
    note: 'The deck names the scaled dot product and has no formula for it.',
  },
  {
    row: 11,
    id: 'labels',
    title: 'Names of the rows',
    names: ({ table }) => table.names.map((_, i) => `row ${i + 1}`),
    printed: printedRowNames,
    computed: ({ table }) => table.names,
    note: 'Row 5 is labelled The a second time; it is His.',
  },
  {
    row: 11,
    id: 'eigenvalue',
    title: 'Smallest eigenvalue, made symmetric: all words, and those of the sentence',
    names: () => ['all words', 'the sentence'],
    printed: null,
    computed: ({ table, sentence }) =>
      [table, leadingBlock(table, wordsOf(sentence).length)].map(
        (part) => vectorsExist(symmetric(part)).minEigenvalue,
      ),
    note: 'A table of dot products has none below 0. By the larger of each pair this one has: no vectors have these similarities. By the mean of each pair it would have none.',
  },
  {
    row: 12,
    id: 'sum',
    title: 'Divided by the sum',
    names: pairNames,
    printed: [0.58, 0.42],
    computed: (state) => sumNormalise(pairOf(state).scores).shares,
    note: '1 and .75 divided by 1.75 are .571 and .429.',
  },
  {
    row: 12,
    id: 'sum-with-the',
    title: 'Divided by the sum of the whole row',
    names: sentenceNames,
    printed: null,
    computed: (state) => sumNormalise(scoresOf(state)).shares,
    note: 'The row also has The, with .2: it takes a share.',
  },
  {
    row: 13,
    id: 'denominator',
    title: 'What the exponentials are divided by',
    names: () => ['denominator'],
    printed: [Math.exp(1 + 0.75)],
    computed: (state) => [Math.exp(logSumExp(pairOf(state).scores))],
    note: 'The deck has the exponential of the sum, e^1.75; it is the sum of the exponentials, e¹ + e^.75.',
  },
  {
    row: 13,
    id: 'softmax',
    title: 'Exponentials, as shares',
    names: pairNames,
    printed: [0.58, 0.42],
    computed: (state) => softmax(pairOf(state).scores, { temperature: state.temperature }),
    note: 'At temperature 1 they are .562 and .438; .58 and .42 need temperature .775.',
  },
  {
    row: 13,
    id: 'fractions',
    title: 'The fractions as the deck writes them',
    names: (state) => [...pairNames(state), 'sum'],
    printed: [0.58, 0.42, 1],
    computed: (state) => {
      const { shares, sum } = printedFractions(pairOf(state).scores);
      return [...shares, sum];
    },
    note: 'Worked out as written they are .472 and .368, and do not sum to 1.',
  },
  {
    row: 14,
    id: 'six-words',
    title: 'Zeros count: over the six words',
    names: sentenceNames,
    printed: [0, 0.58, 0, 0, 0, 0.42],
    computed: (state) =>
      softmax(scoresOf(state), { temperature: state.temperature, hidden: hiddenFrom(state) }),
    note: 'e⁰ is 1, not 0. A word has no weight only where its score is −∞: hide it with the mask.',
  },
  {
    row: 14,
    id: 'eight-columns',
    title: 'Zeros count: over all columns',
    names: ({ table }) => table.names,
    printed: [0, 0.58, 0, 0, 0, 0.42, 0, 0],
    computed: (state) =>
      softmax(state.table.values[state.query], { temperature: state.temperature }),
    note: 'Words that stand in no sentence take their shares too.',
  },
  {
    row: 14,
    id: 'dilution',
    title: 'Weight that the two words hold among n',
    names: () => ['share'],
    printed: [1],
    computed: (state) => [dilutedPair(state)],
    note: 'The deck ignores zeros, so that the two hold all of it. It falls as 1/n.',
  },
  {
    row: 15,
    id: 'result',
    title: 'The result, after the rounds chosen',
    names: pairNames,
    printed: [0.42, 0.58],
    computed: (state) => {
      const { rounds, residual, temperature } = state;
      const weights = pairWeights(pairOf(state).scores, temperature);
      return pairShares(rounds, residual, weights)[rounds];
    },
    note: 'The two are swapped: a word is most like itself, so .562 Prisoner + .438 Cell.',
  },
];

/** Claims of one row of the deck's list. */
export const claimsOf = (row: number): readonly Claim[] =>
  claims.filter((claim) => claim.row === row);
