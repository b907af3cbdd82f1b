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

interface TemperatureChart {
  readonly scores: readonly number[];
  readonly names: readonly string[];
  readonly temperature: number;
  /** The temperature at which the first word has `share`, if there is one. */
  readonly needed: number | undefined;
  readonly share: number;
  readonly labelledBy: string;
}

/** From 0.1 to 10, extended to the current temperature. */
const temperatureAxis = (temperature: number): Axis => ({
  min: Math.min(0.1, temperature),
  max: Math.max(10, temperature),
  logarithmic: true,
  ticks: [0.1, 0.3, 1, 3, 10],
  format: (value) => formatDecimal(value, 1),
  label: 'temperature',
});

export function renderTemperatureChart({
  scores,
  names,
  temperature,
  needed,
  share,
  labelledBy,
}: TemperatureChart) {
  const x = temperatureAxis(temperature);
  const at = (temperature: number) => softmax(scores, { temperature });
  const now = at(temperature);
  const start = at(x.min);
  const marks: ChartMark[] = now.map((value, i) => ({
    at: [temperature, value],
    role: 'weight',
    hollow: i > 0,
  }));
  const words: ChartLabel[] = now.map((_, i) => ({
    at: [x.min, start[i]],
    text: names[i],
    role: 'weight',
    // Beside the curve's end, on its outer side.
    shift: [34, start[i] >= 0.5 ? 2 : 8],
  }));
  const isInRange = needed !== undefined && needed >= x.min && needed <= x.max;
  if (isInRange) {
    marks.unshift({ at: [needed, share], role: 'guide', hollow: true });
    words.push({
      at: [needed, share],
      text: `${formatDecimal(share)} needs ${formatFixed(needed)}`,
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
    labelledBy,
  });
}
