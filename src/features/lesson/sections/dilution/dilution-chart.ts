import { range } from 'd3-array';
import { formatFixed, formatPercent, formatDecimal } from '../../../../numeric/format';
import { dilutedShare, type DilutionOptions, scoreLeadNeeded } from '../../model/dilution';
import { type Axis, curveOf, drawChart } from '../../parts/chart';

export function describeDilution(words: number, options: DilutionOptions, names: string): string {
  const share = dilutedShare(words, options);
  const lead = scoreLeadNeeded(words, 0.5, options);
  const { kept, temperature = 1 } = options;
  const at = temperature === 1 ? '' : ` at temperature ${formatDecimal(temperature)}`;
  const hold = kept.length === 1 ? 'holds' : 'hold';
  const text = `Among ${formatFixed(words, 0)} words ${names} ${hold} ${formatPercent(share)} of the weight (${formatFixed(share, share < 0.01 ? 5 : 3)})${at}.`;
  const more =
    lead > 0
      ? `To hold half of it their scores would have to be ${formatFixed(lead, 2)} larger. That grows with the logarithm of n: to look sharply at a few among many, a model has to make larger products.`
      : 'That is half of it or more.';
  return `${text} ${more}`;
}

/** From 6 to 65,536, extended to the current number of words. */
export const countAxis = (words: number): Axis => ({
  min: Math.min(6, words),
  max: Math.max(65_536, words),
  logarithmic: true,
  ticks: [10, 100, 1000, 10_000],
  format: (value) => formatFixed(value, 0),
  label: 'words, n',
});

/** Powers of ten down to the end of the curve. */
function logShareAxis(lowest: number): Axis {
  const min = 10 ** Math.floor(Math.log10(Math.max(lowest, 1e-9)) + 1e-9);
  return {
    min,
    max: 1,
    logarithmic: true,
    ticks: range(Math.round(-Math.log10(min)) + 1).map((i) => 10 ** -i),
    format: (value) => formatDecimal(100 * value, 9),
    label: 'share, %',
  };
}

export function renderDilutionChart(
  words: number,
  options: DilutionOptions,
  measured: readonly (readonly [words: number, share: number])[],
  names: string,
) {
  const x = countAxis(words);
  // Constant below the number of words that have a score.
  const scored = options.kept.length + (options.others?.length ?? 0);
  const at = (count: number) => dilutedShare(Math.max(count, scored), options);
  const y = logShareAxis(at(x.max));
  // 1/n through the right end: the curve's asymptote.
  const end = at(x.max) * x.max;
  const counts = new Set(curveOf(x, () => 0).map(([count]) => Math.round(count)));
  const current = measured.find(([count]) => count === words);
  return drawChart({
    x,
    y,
    curves: [
      { points: curveOf(x, (count) => Math.min(1, end / count)), role: 'guide', dashed: true },
      { points: [...counts].map((count) => [count, at(count)]), role: 'weight' },
    ],
    marks: [
      ...measured.map((at) => ({ at, role: 'output', small: true, title: describePoint(at) })),
      { at: [words, at(words)], role: 'weight', hollow: true },
      ...(current ? [{ at: current, role: 'output', title: describePoint(current) }] : []),
    ],
    labels: [
      { at: [1000, at(1000)], text: names, role: 'weight', shift: [8, -10] },
      { at: [40, Math.min(1, end / 40)], text: '∝ 1/n', role: 'guide', shift: [6, -8] },
    ],
    labelledBy: 'diluted',
    height: 280,
  });
}

const describePoint = ([words, share]: readonly [number, number]) =>
  `${formatFixed(words, 0)} words: ${formatFixed(share, 7)}`;
