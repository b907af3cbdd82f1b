import { html, nothing } from 'lit';
import type { LessonState } from '../../../lessons/state';
import { pairOf } from '../../../lessons/pair';
import { scaledScore, softmax } from '../../../lessons/similarity';
import { typicalProduct } from '../../../lessons/typical-product';
import { texDigits, texNumber } from '../arithmetic';
import { type Axis, curveOf, drawChart } from '../chart';
import { digits, plainDigits } from '../digits';
import { remember } from '../remember';
import '../tex-formula';

const SIZES: Axis = {
  least: 1,
  most: 256,
  logarithmic: true,
  ticks: [1, 4, 16, 64, 256],
  write: String,
  label: 'values in a vector, d',
};
const SHARES: Axis = {
  least: 0,
  most: 1,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  write: (value) => plainDigits(value, 2),
  label: 'share',
};
/** Close up, for shares that hardly differ. */
const NEAR_HALF: Axis = { ...SHARES, least: 0.4, most: 0.6, ticks: [0.4, 0.45, 0.5, 0.55, 0.6] };

/** The pair's shares where a vector has so many values. */
const sharesAt = (scores: readonly number[], size: number, temperature: number) =>
  softmax(
    scores.map((score) => scaledScore(score, size)),
    { temperature },
  );

const curvesOf = remember((own: number, other: number, temperature: number) =>
  [0, 1].map((which) => curveOf(SIZES, (size) => sharesAt([own, other], size, temperature)[which])),
);

/** The pair's shares against the number of values that a vector has. */
export function drawScaledScores(state: LessonState, labelledBy: string) {
  const { scores, names } = pairOf(state);
  const { headSize, temperature } = state;
  const shares = sharesAt(scores, headSize, temperature);
  const curves = curvesOf(...scores, temperature);
  const isNear = curves[0].every(([, share]) => Math.abs(share - 0.5) <= 0.1);
  const isAbove = shares[0] >= shares[1];
  return drawChart({
    x: SIZES,
    y: isNear ? NEAR_HALF : SHARES,
    curves: curves.map((points, i) => ({ points, concept: 'weight', dashed: i > 0 })),
    marks: shares.map((share, i) => ({ at: [headSize, share], concept: 'weight', hollow: i > 0 })),
    words: curves.map((points, i) => ({
      at: points.at(-1)!,
      text: names[i],
      concept: 'weight',
      anchor: 'end',
      shift: [0, isAbove === (i === 0) ? -10 : 20],
    })),
    labelledBy,
  });
}

/** Each score over √d, and the share that comes of it. */
export function renderScaledScores(state: LessonState) {
  const { scores } = pairOf(state);
  const { headSize, temperature } = state;
  const shares = sharesAt(scores, headSize, temperature);
  return scores.map((score, i) => {
    const scaled = texDigits(scaledScore(score, headSize));
    const tex = String.raw`\frac{${texNumber(score)}}{\sqrt{${headSize}}} = ${scaled} \;\rightarrow\; \htmlClass{weight}{${texDigits(shares[i])}}`;
    return html`<tex-formula .tex=${tex}></tex-formula>`;
  });
}

export function sayScaledScores(state: LessonState) {
  const { scores, names } = pairOf(state);
  const { headSize: d, temperature } = state;
  const shares = sharesAt(scores, d, temperature);
  const scaled = scores.map((score) => scaledScore(score, d));
  const typical = typicalProduct(d);
  return html`
    With d = ${d} the scores ${plainDigits(scores[0])} and ${plainDigits(scores[1])} of ${names[0]}
    and ${names[1]} become ${digits(scaled[0])} and ${digits(scaled[1])}, and their shares
    ${digits(shares[0])} and
    ${digits(shares[1])}${
      temperature === 1 ? nothing : ` at temperature ${plainDigits(temperature)}`
    }.
    These two scores were given, so dividing only evens them out. Products of vectors with ${d}
    random ${d === 1 ? 'value' : 'values'} would have been larger by as much:
    ${digits(typical.size, 2)} in size over ${digits(typical.pairs, 0)} seeded pairs, where √d is
    ${digits(Math.sqrt(d), 2)}.
  `;
}
