import type { LinkCodec, LinkIssue } from '../numeric/url-state';
import { readAddress, writeAddress, type PageName } from './address';

/** Browsers limit address changes to about 100 in 30 seconds; a drag makes more. */
const WRITE_DELAY_MS = 250;

const MAX_UNDO_STEPS = 500;

export interface StoreOptions<State extends object> {
  readonly page: PageName;
  readonly codec: LinkCodec<State>;
  /** Entries of the hash that are not part of the state, such as a section to scroll to. They come first in links. */
  readonly extras?: readonly string[];
  /** Whether a link without any state entries resets the state (default) or keeps it. */
  readonly bareLink?: 'reset' | 'keep';
  /** Whether a followed link is rewritten in its shortest form. Default: it stays as given. */
  readonly rewritesLinks?: boolean;
}

/** The reason of a notification: an edit, undo or redo, a followed link, or a change outside the state. */
export type StoreChange = 'edit' | 'history' | 'link' | 'other';

/** A page's state: immutable values with undo and redo, kept in sync with the address. */
export class Store<State extends object> {
  /** Entries of the link that were not allowed. */
  issues: readonly LinkIssue[] = [];
  readonly #options: StoreOptions<State>;
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #state: State;
  #past: readonly State[] = [];
  #future: readonly State[] = [];
  #extras = new Map<string, string>();
  /** While dragging, states replace one another in one undo step. */
  #isDragging = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StoreOptions<State>) {
    this.#options = options;
    this.#state = options.codec.defaults;
  }

  get state(): State {
    return this.#state;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Whether the link of this state has any entries. */
  get isChanged(): boolean {
    return this.#options.codec.format(this.#state).length > 0;
  }

  /** Calls back after each change. @returns the function that ends the subscription. */
  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Sets the state as one undo step; the same object is ignored. */
  set(next: State): void {
    this.#isDragging = false;
    this.#step(next, 'edit');
  }

  patch(some: Partial<State>): void {
    this.set({ ...this.#state, ...some });
  }

  /** Like `set`, but all calls until `endDrag` make one undo step. */
  drag(next: State): void {
    if (this.#isDragging) this.#become(next, 'edit');
    else this.#step(next, 'edit');
    this.#isDragging = true;
  }

  endDrag(): void {
    this.#isDragging = false;
  }

  undo(): void {
    const previous = this.#past.at(-1);
    if (previous === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [this.#state, ...this.#future];
    this.#become(previous, 'history');
  }

  redo(): void {
    const [next, ...rest] = this.#future;
    if (next === undefined) return;
    this.#past = [...this.#past, this.#state];
    this.#future = rest;
    this.#become(next, 'history');
  }

  /** Back to the defaults, as one undo step. */
  reset(): void {
    this.set(this.#options.codec.defaults);
  }

  /** An entry of the hash that is not part of the state; empty if absent. */
  extra(name: string): string {
    return this.#extras.get(name) ?? '';
  }

  setExtra(name: string, value: string): void {
    if (value === this.extra(name)) return;
    if (value) this.#extras.set(name, value);
    else this.#extras.delete(name);
    this.#writeSoon();
    this.#notify('other');
  }

  dismissIssues(): void {
    this.issues = [];
    this.writeAddress();
    this.#notify('other');
  }

  /** The URL of this state; also updates the address bar. */
  get link(): string {
    this.writeAddress();
    return location.href;
  }

  /** Reads the address and follows its changes. */
  connect(): void {
    window.addEventListener('hashchange', this.#followAddress);
    this.#followAddress();
  }

  disconnect(): void {
    window.removeEventListener('hashchange', this.#followAddress);
    clearTimeout(this.#timer);
  }

  /** Updates the address bar now, unless another page is shown. */
  writeAddress(): void {
    clearTimeout(this.#timer);
    const { page, codec, extras = [] } = this.#options;
    if (readAddress(location.hash).page !== page) return;
    const beside = extras
      .map((name): [string, string] => [name, this.extra(name)])
      .filter(([, value]) => value);
    writeAddress({ page, document: codec.text([...beside, ...codec.format(this.#state)]) });
  }

  readonly #followAddress = (): void => {
    const { page, codec, extras = [], bareLink = 'reset', rewritesLinks } = this.#options;
    const address = readAddress(location.hash);
    if (address.page !== page) return;
    const entries = [...new URLSearchParams(address.document)];
    this.#extras = new Map(entries.filter(([name]) => extras.includes(name)));
    const given = entries.filter(([name]) => !extras.includes(name));
    const { state, issues } = codec.parse(given);
    this.issues = issues;
    this.#isDragging = false;
    const isSame = String(codec.format(state)) === String(codec.format(this.#state));
    if (isSame || (given.length === 0 && bareLink === 'keep')) return this.#notify('link');
    this.#past = [...this.#past, this.#state].slice(-MAX_UNDO_STEPS);
    this.#future = [];
    this.#state = state;
    if (rewritesLinks) this.#writeSoon();
    this.#notify('link');
  };

  #step(next: State, change: StoreChange): void {
    if (next === this.#state) return;
    this.#past = [...this.#past, this.#state].slice(-MAX_UNDO_STEPS);
    this.#future = [];
    this.#become(next, change);
  }

  #become(next: State, change: StoreChange): void {
    if (next === this.#state) return;
    this.#state = next;
    this.#writeSoon();
    this.#notify(change);
  }

  #writeSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.writeAddress(), WRITE_DELAY_MS);
  }

  #notify(change: StoreChange): void {
    this.#listeners.forEach((listener) => listener(change));
  }
}
