import { InputError } from '../../attention/input-error';
import { back, forth, type History, replace, startHistory, step } from '../../lessons/history';
import {
  formatLessonLink,
  lessonRoute,
  type LinkProblem,
  parseLessonLink,
  withSetting,
} from '../../lessons/link';
import { defaultLessonState, type LessonState } from '../../lessons/state';
import { readAddress, writeAddress } from '../address';
import { LessonKernels } from './kernels';

/** Browsers allow an address to change a hundred times in half a minute: dragging changes it more often. */
const WRITE_MS = 250;

/** Where in the essay a link leads: an entry of the address that is no part of the state. */
const PLACE = 'at';

/**
 * The lesson's one state with its history, in step with the address. Tells of each change by a `change`
 * event; all sections listen, and show what follows from the state.
 */
export class Lesson extends EventTarget {
  /** What the address asked for and cannot have. */
  problems: readonly LinkProblem[] = [];
  /** Where attention is computed, for all sections: one device. */
  readonly kernels = new LessonKernels();
  /** Where the address leads; empty for the beginning. */
  place = '';
  #history: History<LessonState> = startHistory(defaultLessonState);
  /** Whether a handle is held: what it changes is one step, however far it is dragged. */
  #isDragging = false;
  #writing: ReturnType<typeof setTimeout> | undefined;

  get state(): LessonState {
    return this.#history.present;
  }

  get canGoBack(): boolean {
    return this.#history.past.length > 0;
  }

  get canGoForth(): boolean {
    return this.#history.future.length > 0;
  }

  get isChanged(): boolean {
    return formatLessonLink(this.state).length > 0;
  }

  /** A step to another state. */
  change(next: LessonState): void {
    this.#isDragging = false;
    this.#become(step(this.#history, next));
  }

  /** As `change`, but all of it until `drop` is one step: for what follows a pointer. */
  drag(next: LessonState): void {
    const become = this.#isDragging ? replace : step;
    this.#isDragging = true;
    this.#become(become(this.#history, next));
  }

  /** The handle is let go. */
  drop(): void {
    this.#isDragging = false;
  }

  /**
   * Changes one setting, or several that belong together, as a link could.
   * @throws InputError for what no link could say.
   */
  set(some: Partial<LessonState>, how: 'change' | 'drag' = 'change'): void {
    let next = this.state;
    for (const key of Object.keys(some) as (keyof LessonState)[]) {
      next = withSetting(next, key, some[key]!);
    }
    this[how](next);
  }

  back(): void {
    this.#become(back(this.#history));
  }

  forth(): void {
    this.#become(forth(this.#history));
  }

  /** Everything as it was at first, as a step that can be gone back from. */
  reset(): void {
    this.change(defaultLessonState);
  }

  /** The reader has come to this section: the address says so, and nothing else changes. */
  arrive(place: string): void {
    if (place === this.place) return;
    this.place = place;
    this.#writeSoon();
  }

  /** The address of what is on the page. */
  get link(): string {
    this.#write();
    return location.href;
  }

  connect(): void {
    window.addEventListener('hashchange', this.#followHash);
    this.#followHash();
  }

  disconnect(): void {
    window.removeEventListener('hashchange', this.#followHash);
    clearTimeout(this.#writing);
  }

  dismissProblems(): void {
    this.problems = [];
    this.#write();
    this.#tell();
  }

  readonly #followHash = (): void => {
    const { page, document } = readAddress(location.hash);
    if (page !== lessonRoute) return;
    const entries = [...new URLSearchParams(document)];
    this.place = entries.find(([name]) => name === PLACE)?.[1] ?? '';
    const given = entries.filter(([name]) => name !== PLACE);
    const { state, problems } = parseLessonLink(given);
    this.problems = problems;
    const isSame = String(formatLessonLink(state)) === String(formatLessonLink(this.state));
    // A link that names no more than a section leads there, and leaves the reader's state alone.
    if (isSame || given.length === 0) this.#tell();
    else this.#become(step(this.#history, state));
    this.dispatchEvent(new Event('place'));
  };

  #become(history: History<LessonState>): void {
    if (history === this.#history) return;
    this.#history = history;
    this.#writeSoon();
    this.#tell();
  }

  #tell(): void {
    this.dispatchEvent(new Event('change'));
  }

  #writeSoon(): void {
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#write(), WRITE_MS);
  }

  #write(): void {
    clearTimeout(this.#writing);
    if (readAddress(location.hash).page !== lessonRoute) return;
    const place: [string, string][] = this.place ? [[PLACE, this.place]] : [];
    const entries = new URLSearchParams([...place, ...formatLessonLink(this.state)]);
    writeAddress({ page: lessonRoute, document: readable(entries.toString()) });
  }
}

/** Commas, colons and semicolons need no escape in a hash. */
const readable = (text: string) =>
  text.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';');

/** What is wrong with an input, as a sentence; other errors are thrown on. */
export function problemOf(make: () => void): string {
  try {
    make();
    return '';
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
