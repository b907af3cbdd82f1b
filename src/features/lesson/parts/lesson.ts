import { InputError } from '../../../attention/input-error';
import { readAddress, writeAddress } from '../../../ui/address';
import {
  undo,
  redo,
  type History,
  replaceState,
  createHistory,
  pushState,
} from '../../../ui/store';
import { LessonKernels } from '../engine/kernels';
import {
  formatLessonLink,
  lessonRoute,
  type LinkIssue,
  parseLessonLink,
  withSetting,
} from '../model/link';
import { defaultLessonState, type LessonState } from '../model/state';

/** Browsers allow an address to change a hundred times in half a minute: dragging changes it more often. */
const WRITE_MS = 250;

/** Where in the essay a link leads: an entry of the address that is no part of the state. */
const SECTION_ENTRY = 'at';

/**
 * The lesson's one state with its history, in step with the address. Tells of each change by a `change`
 * event; all sections listen, and show what follows from the state.
 */
export class Lesson extends EventTarget {
  /** What the address asked for and cannot have. */
  issues: readonly LinkIssue[] = [];
  /** Where attention is computed, for all sections: one device. */
  readonly kernels = new LessonKernels();
  /** Where the address leads; empty for the beginning. */
  section = '';
  #history: History<LessonState> = createHistory(defaultLessonState);
  /** Whether a handle is held: what it changes is one step, however far it is dragged. */
  #isDragging = false;
  #writing: ReturnType<typeof setTimeout> | undefined;

  get state(): LessonState {
    return this.#history.present;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  get isChanged(): boolean {
    return formatLessonLink(this.state).length > 0;
  }

  /** A step to another state. */
  set(next: LessonState): void {
    this.#isDragging = false;
    this.#setHistory(pushState(this.#history, next));
  }

  /** As `change`, but all of it until `drop` is one step: for what follows a pointer. */
  drag(next: LessonState): void {
    const become = this.#isDragging ? replaceState : pushState;
    this.#isDragging = true;
    this.#setHistory(become(this.#history, next));
  }

  /** The handle is let go. */
  endDrag(): void {
    this.#isDragging = false;
  }

  /**
   * Changes one setting, or several that belong together, as a link could.
   * @throws InputError for what no link could say.
   */
  patch(some: Partial<LessonState>, how: 'change' | 'drag' = 'change'): void {
    let next = this.state;
    for (const key of Object.keys(some) as (keyof LessonState)[]) {
      next = withSetting(next, key, some[key]!);
    }
    this[how](next);
  }

  undo(): void {
    this.#setHistory(undo(this.#history));
  }

  redo(): void {
    this.#setHistory(redo(this.#history));
  }

  /** Everything as it was at first, as a step that can be gone back from. */
  reset(): void {
    this.set(defaultLessonState);
  }

  /** The reader has come to this section: the address says so, and nothing else changes. */
  enterSection(place: string): void {
    if (place === this.section) return;
    this.section = place;
    this.#writeSoon();
  }

  /** The address of what is on the page. */
  get link(): string {
    this.#write();
    return location.href;
  }

  connect(): void {
    window.addEventListener('hashchange', this.#handleHashChange);
    this.#handleHashChange();
  }

  disconnect(): void {
    window.removeEventListener('hashchange', this.#handleHashChange);
    clearTimeout(this.#writing);
  }

  dismissIssues(): void {
    this.issues = [];
    this.#write();
    this.#emitChange();
  }

  readonly #handleHashChange = (): void => {
    const { page, document } = readAddress(location.hash);
    if (page !== lessonRoute) return;
    const entries = [...new URLSearchParams(document)];
    this.section = entries.find(([name]) => name === SECTION_ENTRY)?.[1] ?? '';
    const given = entries.filter(([name]) => name !== SECTION_ENTRY);
    const { state, issues: problems } = parseLessonLink(given);
    this.issues = problems;
    const isSame = String(formatLessonLink(state)) === String(formatLessonLink(this.state));
    // A link that names no more than a section leads there, and leaves the reader's state alone.
    if (isSame || given.length === 0) this.#emitChange();
    else this.#setHistory(pushState(this.#history, state));
    this.dispatchEvent(new Event('place'));
  };

  #setHistory(history: History<LessonState>): void {
    if (history === this.#history) return;
    this.#history = history;
    this.#writeSoon();
    this.#emitChange();
  }

  #emitChange(): void {
    this.dispatchEvent(new Event('change'));
  }

  #writeSoon(): void {
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#write(), WRITE_MS);
  }

  #write(): void {
    clearTimeout(this.#writing);
    if (readAddress(location.hash).page !== lessonRoute) return;
    const place: [string, string][] = this.section ? [[SECTION_ENTRY, this.section]] : [];
    const entries = new URLSearchParams([...place, ...formatLessonLink(this.state)]);
    writeAddress({ page: lessonRoute, document: readable(entries.toString()) });
  }
}

/** Commas, colons and semicolons need no escape in a hash. */
const readable = (text: string) =>
  text.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';');

/** What is wrong with an input, as a sentence; other errors are thrown on. */
export function inputErrorMessage(make: () => void): string {
  try {
    make();
    return '';
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
