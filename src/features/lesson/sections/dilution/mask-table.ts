import { html, nothing } from 'lit';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { softmax } from '../../model/attention';
import { pairOf, hiddenFrom } from '../../model/scores';
import type { LessonState } from '../../model/state';
import { button } from '../../parts/fields';
import '../../parts/share-table';

export interface MaskTable {
  readonly state: LessonState;
  readonly hoveredShare: number | null;
  readonly hovered: string;
  readonly onMask: (mask: Partial<Pick<LessonState, 'hidden' | 'extraColumns'>>) => void;
  readonly onLiftCausal: () => void;
  readonly onHover: (share: number | null) => void;
}

/** The querying word's scores, and its weights over the columns it sees. */
function maskedWeights({ state }: Pick<MaskTable, 'state'>) {
  const { names, values } = state.table;
  const { temperature } = state;
  const own = hiddenFrom(state);
  const scores = values[state.query];
  const hidden = names.map(
    (_, position) => own[position] ?? !state.extraColumns.includes(position),
  );
  const powers = scores.map((score) => Math.exp(score / temperature));
  return { names, scores, hidden, powers, weights: softmax(scores, { temperature, hidden }) };
}

/** Every column of the table with a check box: seen, or a score of −∞. Words outside the sentence begin hidden. */
export function renderMaskTable(mask: MaskTable) {
  const { state, hoveredShare, onMask, onHover } = mask;
  const { names, scores, hidden, powers, weights } = maskedWeights(mask);
  const count = hiddenFrom(state).length;
  const seen = powers.filter((_, position) => !hidden[position]).reduce((a, b) => a + b, 0);
  const toggle = ({ detail }: HTMLElementEventMap['visibility-change']) => {
    const { position, visible } = detail;
    const list = position < count ? state.hidden : state.extraColumns;
    const others = list.filter((one) => one !== position);
    const isListed = position < count ? !visible : visible;
    const next = isListed ? [...others, position].toSorted((a, b) => a - b) : others;
    onMask(position < count ? { hidden: next } : { extraColumns: next });
  };
  return html`
    <figure>
      ${renderPresets(mask, names.length, count)}
      <share-table
        id="masked"
        name="Weights of the row"
        boxes
        powers=${state.temperature === 1 ? 'eˢ' : 'eˢ⁄ᵀ'}
        .rows=${names.map((name, i) => ({
          name,
          score: scores[i],
          power: powers[i],
          share: weights[i],
          visible: !hidden[i],
        }))}
        .sums=${{ power: formatFixed(seen), share: formatFixed(weights.reduce((a, b) => a + b, 0)) }}
        .highlighted=${mask.hovered === 'query' ? state.query : hoveredShare}
        .hovered=${mask.hovered}
        @visibility-change=${toggle}
        @row-point=${({ detail }: CustomEvent<number | null>) => onHover(detail)}
      ></share-table>
      <figcaption>${describeWeights(mask)}</figcaption>
      ${
        state.causal
          ? html`<p>
              A causal mask, set further down, hides all that stands after ${names[state.query]}.
              ${button('Lift it', mask.onLiftCausal)}
            </p>`
          : nothing
      }
    </figure>
  `;
}

function renderPresets({ state, onMask }: MaskTable, columns: number, words: number) {
  const { positions, names } = pairOf(state);
  const rest = Array.from({ length: words }, (_, position) => position).filter(
    (position) => !positions.includes(position),
  );
  const beyond = Array.from({ length: columns - words }, (_, i) => words + i);
  const choose = (hidden: readonly number[], extraColumns: readonly number[]) => () =>
    onMask({ hidden, extraColumns });
  return html`<div class="controls">
    ${button(`The ${words} words of the sentence`, choose([], []), { id: 'see-sentence' })}
    ${
      beyond.length > 0
        ? button(`All ${columns} columns`, choose([], beyond), { id: 'see-all' })
        : nothing
    }
    ${button(`${[...new Set(names)].join(' and ')} alone`, choose(rest, []), { id: 'see-pair' })}
  </div>`;
}

function describeWeights(mask: MaskTable): string {
  const { state, hoveredShare } = mask;
  const { names, scores, hidden, powers, weights } = maskedWeights(mask);
  const seen = names.flatMap((_, position) => (hidden[position] ? [] : [position]));
  if (seen.length === 0) {
    return 'Nothing is seen: there is nothing to attend to, and all weights are 0.';
  }
  const sum = seen.reduce((total, position) => total + powers[position], 0);
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
  return `${all} ${names[current]}: e to the ${exponent} is ${formatFixed(powers[current])}; divided by ${formatFixed(sum)}, ${formatFixed(weights[current])}.`;
}
