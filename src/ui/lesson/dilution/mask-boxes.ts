import { html, nothing } from 'lit';
import { pairOf } from '../../../lessons/pair';
import { hiddenFrom } from '../../../lessons/scores';
import { softmax } from '../../../lessons/similarity';
import type { LessonState } from '../../../lessons/state';
import { digits, plainDigits } from '../digits';
import '../share-table';

export interface MaskBoxes {
  readonly state: LessonState;
  /** Columns of the table beyond the sentence that are seen. */
  readonly company: readonly number[];
  /** The row that is pointed at. */
  readonly share: number | null;
  /** What the prose points at. */
  readonly pointed: string;
  readonly onCompany: (company: readonly number[]) => void;
  readonly onHidden: (hidden: readonly number[]) => void;
  /** A causal mask is to be lifted. */
  readonly onCausal: () => void;
  readonly onShare: (share: number | null) => void;
}

/** What the word that asks sees of each column, and what that makes of its weights. */
function weighed({ state, company }: Pick<MaskBoxes, 'state' | 'company'>) {
  const { names, values } = state.table;
  const { temperature } = state;
  const own = hiddenFrom(state);
  const scores = values[state.query];
  const hidden = names.map((_, place) => own[place] ?? !company.includes(place));
  const powers = scores.map((score) => Math.exp(score / temperature));
  return { names, scores, hidden, powers, weights: softmax(scores, { temperature, hidden }) };
}

/** Every column of the table with a box: seen, or −∞. Words of no sentence begin unseen. */
export function renderMaskBoxes(boxes: MaskBoxes) {
  const { state, company, share, onCompany, onHidden, onShare } = boxes;
  const { names, scores, hidden, powers, weights } = weighed(boxes);
  const count = hiddenFrom(state).length;
  const seen = powers.filter((_, place) => !hidden[place]).reduce((a, b) => a + b, 0);
  const toggle = ({ detail }: CustomEvent<{ place: number; seen: boolean }>) => {
    const { place } = detail;
    const list = place < count ? state.hidden : company;
    const without = list.filter((one) => one !== place);
    const isListed = place < count ? !detail.seen : detail.seen;
    const next = isListed ? [...without, place].toSorted((a, b) => a - b) : without;
    (place < count ? onHidden : onCompany)(next);
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
          seen: !hidden[i],
        }))}
        .sums=${{ power: digits(seen), share: digits(weights.reduce((a, b) => a + b, 0)) }}
        .lit=${boxes.pointed === 'query' ? state.query : share}
        .pointed=${boxes.pointed}
        @seen-change=${toggle}
        @row-point=${({ detail }: CustomEvent<number | null>) => onShare(detail)}
      ></share-table>
      <figcaption>${sayWeights(boxes)}</figcaption>
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

function renderPresets({ state, onHidden, onCompany }: MaskBoxes, columns: number, words: number) {
  const { places, names } = pairOf(state);
  const others = Array.from({ length: words }, (_, place) => place).filter(
    (place) => !places.includes(place),
  );
  const beyond = Array.from({ length: columns - words }, (_, i) => words + i);
  const choose = (hidden: readonly number[], company: readonly number[]) => () => {
    onHidden(hidden);
    onCompany(company);
  };
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

function sayWeights(boxes: MaskBoxes): string {
  const { state, share } = boxes;
  const { names, scores, hidden, powers, weights } = weighed(boxes);
  const seen = names.flatMap((_, place) => (hidden[place] ? [] : [place]));
  if (seen.length === 0) {
    return 'Nothing is seen: there is nothing to attend to, and all weights are 0.';
  }
  const sum = seen.reduce((total, place) => total + powers[place], 0);
  const zeros = seen.filter((place) => scores[place] === 0);
  const told = seen
    .filter((place) => scores[place] !== 0)
    .map((place) => `${names[place]} ${digits(weights[place])}`);
  if (zeros.length > 0) {
    const each = digits(weights[zeros[0]]);
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
      ? plainDigits(scores[at])
      : `${plainDigits(scores[at])} / ${plainDigits(state.temperature)}`;
  return `${all} ${names[at]}: e to the ${exponent} is ${digits(powers[at])}; divided by ${digits(sum)}, ${digits(weights[at])}.`;
}
