import { type Axis, drawChart } from '../chart';
import { digits, plainDigits } from '../digits';
import { tickStep } from '../../components/axis-ticks';

const SHARE: Axis = {
  least: 0,
  most: 1,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  write: (value) => plainDigits(value, 2),
  label: '',
};

function roundAxis(most: number): Axis {
  const step = tickStep(most + 1, 9);
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  return { least: 0, most, ticks, write: String, label: 'rounds' };
}

const points = (values: readonly number[]) => values.map((value, round) => [round, value] as const);

const sayPoint = ([round, value]: readonly [number, number]) =>
  `After ${round} ${round === 1 ? 'round' : 'rounds'}: ${digits(value)}`;

export interface PairRounds {
  /** Share that the first word has in itself; the second has as much in it as it lacks. */
  readonly shares: readonly number[];
  /** The same, with the residual path the other way. */
  readonly others: readonly number[];
  readonly shown: number;
  readonly rounds: number;
  readonly residual: boolean;
  readonly names: readonly [string, string];
  readonly labelledBy: string;
}

/** Two words that draw together, round by round. */
export function drawPairRounds(chart: PairRounds) {
  const { shares, others, shown, rounds, residual, names, labelledBy } = chart;
  const mirrored = (values: readonly number[]) => values.map((value) => 1 - value);
  return drawChart({
    x: roundAxis(shown),
    y: { ...SHARE, label: `share of ${names[0]}` },
    curves: [
      { points: points(others), concept: 'guide', dashed: true },
      { points: points(mirrored(others)), concept: 'guide', dashed: true },
      { points: points(shares), concept: 'output' },
      { points: points(mirrored(shares)), concept: 'key' },
    ],
    marks: [
      ...points(shares).map((at) => ({ at, concept: 'output', small: true, title: sayPoint(at) })),
      { at: [rounds, shares[rounds]], concept: 'output' },
      { at: [rounds, 1 - shares[rounds]], concept: 'key', hollow: true },
    ],
    words: [
      { at: [0, 1], text: `in ${names[0]}`, concept: 'output', shift: [18, 8] },
      { at: [0, 0], text: `in ${names[1]}`, concept: 'key', shift: [18, -4] },
      residual
        ? // Between the two lines that it names.
          { at: [0.15, 0.5], text: 'without', concept: 'guide', shift: [0, 4] }
        : { at: [2, others[2]], text: 'with a residual path', concept: 'guide', shift: [8, -6] },
    ],
    labelledBy,
    height: 272,
  });
}

export interface SentenceRounds {
  readonly plain: readonly number[];
  readonly residual: readonly number[];
  readonly labelledBy: string;
}

/** How different the words of the sentence are, with weights of each round's own. */
export function drawSentenceRounds({ plain, residual, labelledBy }: SentenceRounds) {
  const most = 8;
  return drawChart({
    x: roundAxis(most),
    y: { ...SHARE, label: 'difference' },
    curves: [
      { points: points(plain.slice(0, most + 1)), concept: 'output', dashed: true },
      { points: points(residual.slice(0, most + 1)), concept: 'output' },
    ],
    marks: [plain, residual].flatMap((values, i) =>
      points(values.slice(0, most + 1)).map((at) => ({
        at,
        concept: 'output',
        hollow: i === 0,
        title: sayPoint(at),
      })),
    ),
    words: [
      { at: [3, residual[3]], text: 'with a residual path', concept: 'output', shift: [4, -12] },
      { at: [3, plain[3]], text: 'without', concept: 'output', shift: [4, -10] },
    ],
    labelledBy,
  });
}
