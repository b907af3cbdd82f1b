import { sum } from 'd3-array';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { softmax } from '../../model/attention';
import { hiddenFrom } from '../../model/scores';
import type { LessonState } from '../../model/state';

/** The querying word's scores, and its weights over the columns it sees. */
export function maskedWeights(state: LessonState) {
  const { names, values } = state.table;
  const { temperature } = state;
  const own = hiddenFrom(state);
  const scores = values[state.query];
  const hidden = names.map(
    (_, position) => own[position] ?? !state.extraColumns.includes(position),
  );
  const powers = scores.map((score) => Math.exp(score / temperature));
  const total = sum(powers, (power, i) => (hidden[i] ? 0 : power));
  return {
    names,
    scores,
    hidden,
    powers,
    total,
    weights: softmax(scores, { temperature, hidden }),
  };
}

/** Of the hovered column, or of the querying word. */
export function describeWeights(state: LessonState, hoveredShare: number | null): string {
  const { names, scores, hidden, powers, total, weights } = maskedWeights(state);
  const seen = names.flatMap((_, position) => (hidden[position] ? [] : [position]));
  if (seen.length === 0) {
    return 'Nothing is seen: there is nothing to attend to, and all weights are 0.';
  }
  const zeros = seen.filter((position) => scores[position] === 0);
  const terms = seen
    .filter((position) => scores[position] !== 0)
    .map((position) => `${names[position]} ${formatFixed(weights[position])}`);
  if (zeros.length > 0) {
    const each = formatFixed(weights[zeros[0]]);
    terms.push(
      zeros.length === 1
        ? `${names[zeros[0]]}, which scores 0, ${each}`
        : `the ${zeros.length} that score 0 have ${each} each`,
    );
  }
  const all = `Over ${seen.length} ${seen.length === 1 ? 'word' : 'words'}: ${terms.join(', ')}.`;
  const current = hoveredShare ?? state.query;
  if (hidden[current])
    return `${all} ${names[current]} is hidden: its score is −∞, and e to that is 0.`;
  const exponent =
    state.temperature === 1
      ? formatDecimal(scores[current])
      : `${formatDecimal(scores[current])} / ${formatDecimal(state.temperature)}`;
  return `${all} ${names[current]}: e to the ${exponent} is ${formatFixed(powers[current])}; divided by ${formatFixed(total)}, ${formatFixed(weights[current])}.`;
}
