import { type DilutionOptions, diluted } from '../../../lessons/dilution';
import { type Axis, curveOf, drawChart } from '../chart';
import { digits, plainDigits } from '../digits';

export const FEWEST = 6;
export const MOST = 65_536;

export interface DilutionChart {
  readonly words: number;
  readonly options: DilutionOptions;
  /** What was computed: so many words, and the share. */
  readonly measured: readonly (readonly [words: number, share: number])[];
  readonly names: string;
  readonly labelledBy: string;
}

const countAxis = (words: number): Axis => ({
  least: Math.min(FEWEST, words),
  most: Math.max(MOST, words),
  logarithmic: true,
  ticks: [10, 100, 1000, 10_000],
  write: (value) => digits(value, 0),
  label: 'words, n',
});

/** Powers of ten, so far down as the curve goes. */
function shareAxis(lowest: number): Axis {
  const least = 10 ** Math.floor(Math.log10(Math.max(lowest, 1e-9)) + 1e-9);
  const count = Math.round(-Math.log10(least));
  return {
    least,
    most: 1,
    logarithmic: true,
    ticks: Array.from({ length: count + 1 }, (_, i) => 10 ** -i),
    write: (value) => plainDigits(100 * value, 9),
    label: 'share, %',
  };
}

/** The share of weight that two words hold among n: a straight line down, where both axes are logarithmic. */
export function drawDilution({ words, options, measured, names, labelledBy }: DilutionChart) {
  const x = countAxis(words);
  const at = (count: number) => share(count, options);
  const y = shareAxis(at(x.most));
  // 1/n through the right end: what the curve becomes once the words that do not matter are most of them.
  const end = at(x.most) * x.most;
  const now = measured.find(([count]) => count === words);
  return drawChart({
    x,
    y,
    curves: [
      {
        points: curveOf(x, (count) => Math.min(1, end / count)),
        concept: 'guide',
        dashed: true,
      },
      { points: wholeNumbers(x).map((count) => [count, at(count)] as const), concept: 'weight' },
    ],
    marks: [
      ...measured.map((at) => ({ at, concept: 'output', small: true, title: sayPoint(at) })),
      { at: [words, at(words)], concept: 'weight', hollow: true },
      ...(now ? [{ at: now, concept: 'output', title: sayPoint(now) }] : []),
    ],
    words: [
      { at: [1000, at(1000)], text: names, concept: 'weight', shift: [8, -10] },
      { at: [40, Math.min(1, end / 40)], text: '∝ 1/n', concept: 'guide', shift: [6, -8] },
    ],
    labelledBy,
    height: 280,
  });
}

const sayPoint = ([words, share]: readonly [number, number]) =>
  `${digits(words, 0)} words: ${digits(share, 7)}`;

/** There are no half words. */
const wholeNumbers = (axis: Axis): number[] => [
  ...new Set(curveOf(axis, () => 0).map(([count]) => Math.round(count))),
];

/** Fewer words than score anything cannot be: the curve begins there. */
const share = (words: number, options: DilutionOptions): number =>
  diluted(Math.max(words, options.kept.length + (options.others?.length ?? 0)), options);
