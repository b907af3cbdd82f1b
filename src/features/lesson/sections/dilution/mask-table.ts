import { html, nothing } from 'lit';
import { formatFixed, formatDecimal } from '../../../../ui/format-number';
import { softmax } from '../../model/attention';
import { pairOf, hiddenFrom } from '../../model/scores';
import type { LessonState } from '../../model/state';
import '../../parts/share-table';

export interface MaskTable {
  readonly state: LessonState;
  /** The row that is pointed at. */
  readonly share: number | null;
  /** What the prose points at. */
  readonly hovered: string;
  readonly onSeen: (seen: Partial<Pick<LessonState, 'hidden' | 'extraColumns'>>) => void;
  /** A causal mask is to be lifted. */
  readonly onCausal: () => void;
  readonly onShare: (share: number | null) => void;
}

/** What the word that asks sees of each column, and what that makes of its weights. */
function maskedWeights({ state }: Pick<MaskTable, 'state'>) {
  const { names, values } = state.table;
  const { temperature } = state;
  const own = hiddenFrom(state);
  const scores = values[state.query];
  const hidden = names.map((_, place) => own[place] ?? !state.extraColumns.includes(place));
  const powers = scores.map((score) => Math.exp(score / temperature));
  return { names, scores, hidden, powers, weights: softmax(scores, { temperature, hidden }) };
}

/** Every column of the table with a box: seen, or −∞. Words of no sentence begin unseen. */
export function renderMaskTable(boxes: MaskTable) {
  const { state, share, onSeen, onShare } = boxes;
  const { names, scores, hidden, powers, weights } = maskedWeights(boxes);
  const count = hiddenFrom(state).length;
  const seen = powers.filter((_, place) => !hidden[place]).reduce((a, b) => a + b, 0);
  const toggle = ({ detail }: HTMLElementEventMap['visibility-change']) => {
    const { position: place, visible } = detail;
    const list = place < count ? state.hidden : state.extraColumns;
    const without = list.filter((one) => one !== place);
    const isListed = place < count ? !visible : visible;
    const next = isListed ? [...without, place].toSorted((a, b) => a - b) : without;
    onSeen(place < count ? { hidden: next } : { extraColumns: next });
  };
  return html`
    <figure>
      ${renderPresets(boxes, names.length, count)}
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
        .highlighted=${boxes.hovered === 'query' ? state.query : share}
        .hovered=${boxes.hovered}
        @visibility-change=${toggle}
        @row-point=${({ detail }: CustomEvent<number | null>) => onShare(detail)}
      ></share-table>
      <figcaption>${describeWeights(boxes)}</figcaption>
      ${
        state.causal
          ? html`<p>
              A causal mask, set further down, hides all that stands after ${names[state.query]}.
              <button type="button" @click=${boxes.onCausal}>Lift it</button>
            </p>`
          : nothing
      }
    </figure>
  `;
}

function renderPresets({ state, onSeen }: MaskTable, columns: number, words: number) {
  const { positions: places, names } = pairOf(state);
  const others = Array.from({ length: words }, (_, place) => place).filter(
    (place) => !places.includes(place),
  );
  const beyond = Array.from({ length: columns - words }, (_, i) => words + i);
  const choose = (hidden: readonly number[], extraColumns: readonly number[]) => () =>
    onSeen({ hidden, extraColumns });
  return html`<div class="controls">
    <button type="button" id="see-sentence" @click=${choose([], [])}>
      The ${words} words of the sentence
    </button>
    ${
      beyond.length > 0
        ? html`<button type="button" id="see-all" @click=${choose([], beyond)}>
            All ${columns} columns
          </button>`
        : nothing
    }
    <button type="button" id="see-pair" @click=${choose(others, [])}>
      ${[...new Set(names)].join(' and ')} alone
    </button>
  </div>`;
}

function describeWeights(boxes: MaskTable): string {
  const { state, share } = boxes;
  const { names, scores, hidden, powers, weights } = maskedWeights(boxes);
  const seen = names.flatMap((_, place) => (hidden[place] ? [] : [place]));
  if (seen.length === 0) {
    return 'Nothing is seen: there is nothing to attend to, and all weights are 0.';
  }
  const sum = seen.reduce((total, place) => total + powers[place], 0);
  const zeros = seen.filter((place) => scores[place] === 0);
  const told = seen
    .filter((place) => scores[place] !== 0)
    .map((place) => `${names[place]} ${formatFixed(weights[place])}`);
  if (zeros.length > 0) {
    const each = formatFixed(weights[zeros[0]]);
    told.push(
      zeros.length === 1
        ? `${names[zeros[0]]}, which scores 0, ${each}`
        : `the ${zeros.length} that score 0 have ${each} each`,
    );
  }
  const all = `Over ${seen.length} ${seen.length === 1 ? 'word' : 'words'}: ${told.join(', ')}.`;
  const at = share ?? state.query;
  if (hidden[at]) return `${all} ${names[at]} is hidden: its score is −∞, and e to that is 0.`;
  const exponent =
    state.temperature === 1
      ? formatDecimal(scores[at])
      : `${formatDecimal(scores[at])} / ${formatDecimal(state.temperature)}`;
  return `${all} ${names[at]}: e to the ${exponent} is ${formatFixed(powers[at])}; divided by ${formatFixed(sum)}, ${formatFixed(weights[at])}.`;
}
