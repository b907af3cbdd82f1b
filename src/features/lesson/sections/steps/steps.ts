import { html, nothing } from 'lit';
import { radio } from '../../../../ui/controls/fields';
import { arrowStep } from '../../../../ui/interaction/roving-focus';
import type { StepTable, StepValues } from './cells';

/** Tables the reader can edit; all others follow from them. */
export const editableTables: ReadonlySet<StepTable> = new Set(['x', 'wq', 'wk', 'wv']);

/** The steps, each with its short name in the bar of all steps. */
export const steps = [
  { id: 'words', short: 'X', title: 'Words as vectors' },
  { id: 'projections', short: 'Q, K, V', title: 'Three vectors of each word' },
  { id: 'scores', short: 'scores', title: 'Each query meets each key' },
  { id: 'mask', short: 'mask', title: 'What may not be seen' },
  { id: 'weights', short: 'softmax', title: 'Scores become shares' },
  { id: 'output', short: 'output', title: 'Values, mixed by shares' },
] as const;

export type Step = (typeof steps)[number]['id'];

/** The step before or after one; the step itself at the ends. */
export function neighbouringStep(id: Step, by: number): Step {
  const index = steps.findIndex((step) => step.id === id);
  return steps[Math.min(steps.length - 1, Math.max(0, index + by))].id;
}

/** Stays in view over all steps: the word that asks, and the current step. */
export function renderStepBar(
  { words, state }: StepValues,
  current: Step,
  setQuery: (position: number) => void,
  goTo: (step: Step) => void,
) {
  const handleKey = (event: KeyboardEvent) => {
    const arrow = arrowStep(event);
    if (!arrow) return;
    event.preventDefault();
    const next = neighbouringStep(current, arrow[0] + arrow[1]);
    goTo(next);
    const bar = event.currentTarget as HTMLElement;
    bar.querySelector<HTMLElement>(`[data-step=${next}]`)?.focus({ preventScroll: true });
  };
  return html`
    <div class="bar row between">
      <fieldset class="pills">
        <legend class="nowrap">Asking:</legend>
        ${words.map((word, position) =>
          radio('query', word, position === state.query, () => setQuery(position)),
        )}
      </fieldset>
      <div
        class="row"
        role="toolbar"
        aria-label="Steps: arrow keys go forwards and back"
        @keydown=${handleKey}
      >
        ${steps.map(
          ({ id, short }) => html`
            <button
              type="button"
              class="flat small soft"
              data-step=${id}
              tabindex=${id === current ? 0 : -1}
              aria-current=${id === current ? 'step' : nothing}
              @click=${() => goTo(id)}
            >
              ${short}
            </button>
          `,
        )}
      </div>
    </div>
  `;
}
