import { html, nothing } from 'lit';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { memoizeLast } from '../../../../ui/memoize-last';
import { scaledScore, softmax } from '../../model/attention';
import { dot } from '../../model/matrix';
import { pairOf } from '../../model/scores';
import { normals } from '../../model/seeded';
import type { LessonState } from '../../model/state';
import { texDigits, texNumber } from '../../parts/arithmetic';
import { type Axis, curveOf, drawChart, shareAxis } from '../../parts/chart';
import '../../parts/tex-formula';

/** Random values to draw for each side, and a limit to the pairs they make. */
const VALUES = 2 ** 16;
const MAX_PAIRS = 8192;

/**
 * How large dot products of random vectors are: the root mean square over pairs of vectors of `size`
 * seeded standard normal values. Expected is √size, which is why attention divides by that (Vaswani
 * et al., "Attention is all you need", 2017, section 3.2.1).
 */
export const typicalProduct = memoizeLast((size: number) => {
  const pairs = Math.min(MAX_PAIRS, Math.floor(VALUES / size));
  const [queries, keys] = [0, 1].map((stream) => normals(pairs * size, size, stream));
  let squares = 0;
  for (let start = 0; start < pairs * size; start += size) {
    const end = start + size;
    squares += dot(queries.slice(start, end), keys.slice(start, end)) ** 2;
  }
  return { size: Math.sqrt(squares / pairs), pairs };
});

const SIZE_AXIS: Axis = {
  min: 1,
  max: 256,
  logarithmic: true,
  ticks: [1, 4, 16, 64, 256],
  format: String,
  label: 'values in a vector, d',
};
/** Enlarged, for shares that hardly differ. */
const NEAR_HALF_AXIS: Axis = {
  ...shareAxis('share'),
  min: 0.4,
  max: 0.6,
  ticks: [0.4, 0.45, 0.5, 0.55, 0.6],
};

const shareCurves = memoizeLast((own: number, other: number, temperature: number) =>
  [0, 1].map((which) =>
    curveOf(SIZE_AXIS, (size) => {
      const scaled = [own, other].map((score) => scaledScore(score, size));
      return softmax(scaled, { temperature })[which];
    }),
  ),
);

/** The pair's scores divided by √d, and the shares that they make. */
export function scaledPair(state: LessonState) {
  const { scores, names } = pairOf(state);
  const { headSize, temperature } = state;
  const scaled = scores.map((score) => scaledScore(score, headSize));
  return { scores, names, headSize, temperature, scaled, shares: softmax(scaled, { temperature }) };
}

export function renderScaledChart(state: LessonState) {
  const { scores, names, headSize, temperature, shares } = scaledPair(state);
  const curves = shareCurves(...scores, temperature);
  const isNear = curves[0].every(([, share]) => Math.abs(share - 0.5) <= 0.1);
  const isAbove = shares[0] >= shares[1];
  return drawChart({
    x: SIZE_AXIS,
    y: isNear ? NEAR_HALF_AXIS : shareAxis('share'),
    curves: curves.map((points, i) => ({ points, role: 'weight', dashed: i > 0 })),
    marks: shares.map((share, i) => ({ at: [headSize, share], role: 'weight', hollow: i > 0 })),
    labels: curves.map((points, i) => ({
      at: points.at(-1)!,
      text: names[i],
      role: 'weight',
      anchor: 'end',
      shift: [0, isAbove === (i === 0) ? -10 : 20],
    })),
    labelledBy: 'scaled',
  });
}

export function renderScaledFormulas(state: LessonState) {
  const { scores, headSize, scaled, shares } = scaledPair(state);
  return scores.map((score, i) => {
    const tex = String.raw`\frac{${texNumber(score)}}{\sqrt{${headSize}}} = ${texDigits(scaled[i])} \;\rightarrow\; \htmlClass{weight}{${texDigits(shares[i])}}`;
    return html`<tex-formula .tex=${tex}></tex-formula>`;
  });
}

export function describeScaledScores(state: LessonState) {
  const { scores, names, headSize: d, temperature, scaled, shares } = scaledPair(state);
  const typical = typicalProduct(d);
  return html`
    With d = ${d} the scores ${formatDecimal(scores[0])} and ${formatDecimal(scores[1])} of
    ${names[0]} and ${names[1]} become ${formatFixed(scaled[0])} and ${formatFixed(scaled[1])}, and
    their shares ${formatFixed(shares[0])} and
    ${formatFixed(shares[1])}${
      temperature === 1 ? nothing : ` at temperature ${formatDecimal(temperature)}`
    }.
    These two scores were given, so dividing only evens them out. Products of vectors with ${d}
    random ${d === 1 ? 'value' : 'values'} would have been larger by as much:
    ${formatFixed(typical.size, 2)} in size over ${formatFixed(typical.pairs, 0)} seeded pairs,
    where √d is ${formatFixed(Math.sqrt(d), 2)}.
  `;
}
