import { softmax } from '../../../lessons/similarity';
import { type Axis, type ChartMark, type ChartWords, curveOf, drawChart } from '../chart';
import { digits, plainDigits } from '../digits';

export interface Temperatures {
  readonly scores: readonly number[];
  readonly names: readonly string[];
  readonly temperature: number;
  /** The temperature at which the first word has this share, where there is one. */
  readonly needed: number | undefined;
  readonly share: number;
  readonly labelledBy: string;
}

const SHARE: Axis = {
  least: 0,
  most: 1,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  write: (value) => plainDigits(value, 2),
  label: 'share',
};

/** From .1 to 10, or as far as the temperature is. */
const heatAxis = (temperature: number): Axis => ({
  least: Math.min(0.1, temperature),
  most: Math.max(10, temperature),
  logarithmic: true,
  ticks: [0.1, 0.3, 1, 3, 10],
  write: (value) => plainDigits(value, 1),
  label: 'temperature',
});

/** The shares of two words at every temperature, and where the deck's are. */
export function drawTemperatures({
  scores,
  names,
  temperature,
  needed,
  share,
  labelledBy,
}: Temperatures) {
  const x = heatAxis(temperature);
  const at = (heat: number) => softmax(scores, { temperature: heat });
  const now = at(temperature);
  const start = at(x.least);
  const marks: ChartMark[] = now.map((value, i) => ({
    at: [temperature, value],
    concept: 'weight',
    hollow: i > 0,
  }));
  const words: ChartWords[] = now.map((_, i) => ({
    at: [x.least, start[i]],
    text: names[i],
    concept: 'weight',
    // Beside the curve's end, on its outer side.
    shift: [34, start[i] >= 0.5 ? 2 : 8],
  }));
  const isSeen = needed !== undefined && needed >= x.least && needed <= x.most;
  if (isSeen) {
    marks.unshift({ at: [needed, share], concept: 'guide', hollow: true });
    words.push({
      at: [needed, share],
      text: `${plainDigits(share)} needs ${digits(needed)}`,
      concept: 'guide',
      anchor: 'end',
      shift: [-10, 16],
    });
  }
  return drawChart({
    x,
    y: SHARE,
    curves: scores.map((_, i) => ({
      points: curveOf(x, (heat) => at(heat)[i]),
      concept: 'weight',
      dashed: i > 0,
    })),
    marks,
    words,
    labelledBy,
  });
}
