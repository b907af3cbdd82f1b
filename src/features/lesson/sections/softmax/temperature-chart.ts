import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { softmax } from '../../model/attention';
import {
  type Axis,
  type ChartMark,
  type ChartLabel,
  curveOf,
  drawChart,
  shareAxis,
} from '../../parts/chart';
import { type PairWithShares, PRINTED_SHARE } from './fractions';

/** From 0.1 to 10, extended to the current temperature. */
const temperatureAxis = (temperature: number): Axis => ({
  min: Math.min(0.1, temperature),
  max: Math.max(10, temperature),
  logarithmic: true,
  ticks: [0.1, 0.3, 1, 3, 10],
  format: (value) => formatDecimal(value, 1),
  label: 'temperature',
});

export function renderTemperatureChart(pair: PairWithShares) {
  const { scores, names, temperature, shares, needed } = pair;
  const x = temperatureAxis(temperature);
  const at = (temperature: number) => softmax(scores, { temperature });
  const start = at(x.min);
  const marks: ChartMark[] = shares.map((value, i) => ({
    at: [temperature, value],
    role: 'weight',
    hollow: i > 0,
  }));
  const words: ChartLabel[] = shares.map((_, i) => ({
    at: [x.min, start[i]],
    text: names[i],
    role: 'weight',
    // Beside the curve's end, on its outer side.
    shift: [34, start[i] >= 0.5 ? 2 : 8],
  }));
  const isInRange = needed !== undefined && needed >= x.min && needed <= x.max;
  if (isInRange) {
    marks.unshift({ at: [needed, PRINTED_SHARE], role: 'guide', hollow: true });
    words.push({
      at: [needed, PRINTED_SHARE],
      text: `${formatDecimal(PRINTED_SHARE)} needs ${formatFixed(needed)}`,
      role: 'guide',
      anchor: 'end',
      shift: [-10, 16],
    });
  }
  return drawChart({
    x,
    y: shareAxis('share'),
    curves: scores.map((_, i) => ({
      points: curveOf(x, (value) => at(value)[i]),
      role: 'weight',
      dashed: i > 0,
    })),
    marks,
    labels: words,
    labelledBy: 'heat',
  });
}
