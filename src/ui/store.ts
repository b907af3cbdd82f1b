import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LinkCodec, LinkIssue } from '../numeric/url-state';
import { readAddress, writeAddress, type PageName } from './address';

/** Browsers allow an address to change a hundred times in half a minute: dragging changes it more often. */
const WRITE_DELAY_MS = 250;

/** States are small and share what did not change. */
const MAX_UNDO_STEPS = 500;

export interface StoreOptions<State extends object> {
  readonly page: PageName;
  readonly codec: LinkCodec<State>;
  /** Entries of the address that are no part of the state, such as a section to scroll to. They come first in links. */
  readonly extras?: readonly string[];
  /** What a link without any entry of the state does: `reset` everything (default), or `keep` the state as it is. */
  readonly bareLink?: 'reset' | 'keep';
  /** Whether the address is written anew after a link was followed, in the fewest entries. Default: it stays as given. */
  readonly rewritesLinks?: boolean;
}

/** Why listeners are called: an edit, undo or redo, a link that was followed, or something beside the state. */
export type StoreChange = 'edit' | 'history' | 'link' | 'other';

/** A page's one state: immutable values, undo and redo, in step with the address. */
export class Store<State extends object> {
  /** What the address asked for and cannot have. */
  issues: readonly LinkIssue[] = [];
  readonly #options: StoreOptions<State>;
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #state: State;
  #past: readonly State[] = [];
  #future: readonly State[] = [];
  #extras = new Map<string, string>();
  /** A drag is one step, however many states it goes through. */
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

  /** Whether the state differs from the defaults in anything that a link says. */
  get isChanged(): boolean {
    return this.#options.codec.format(this.#state).length > 0;
  }

  /** Calls back after each change, until the returned function is called. */
  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** One step to another state, which undo goes back from. The same object is no step. */
  set(next: State): void {
    this.#isDragging = false;
    this.#step(next, 'edit');
  }

  /** The same with some values changed. */
  patch(some: Partial<State>): void {
    this.set({ ...this.#state, ...some });
  }

  /** As `set`, for what follows a pointer: everything until `endDrag` is one step. */
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

  /** Everything as it was at first, as a step that can be undone. */
  reset(): void {
    this.set(this.#options.codec.defaults);
  }

  /** An entry of the address that is no part of the state; empty where it is not given. */
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

  /** The address of this state, which the address bar shows from now on. */
  get link(): string {
    this.writeAddress();
    return location.href;
  }

  /** Follows the address from now on, and takes over what it says. */
  connect(): void {
    window.addEventListener('hashchange', this.#followAddress);
    this.#followAddress();
  }

  disconnect(): void {
    window.removeEventListener('hashchange', this.#followAddress);
    clearTimeout(this.#timer);
  }

  /** Writes the address now. While another page is shown, the address is that page's. */
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

/**
 * Updates its host when what `select` picks from the store's state has changed. Compared by identity: select values that
 * keep theirs, or whole branches of the state.
 */
export class StoreController<State extends object, Value = State> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #store: () => Store<State>;
  readonly #select: (state: State) => Value;
  #value: Value | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param store The store, or how to get at it once the host is connected. */
  constructor(
    host: ReactiveControllerHost,
    store: Store<State> | (() => Store<State>),
    select: (state: State) => Value = (state) => state as unknown as Value,
  ) {
    this.#host = host;
    this.#store = typeof store === 'function' ? store : () => store;
    this.#select = select;
    host.addController(this);
  }

  get value(): Value {
    return this.#select(this.#store().state);
  }

  hostConnected(): void {
    const store = this.#store();
    this.#value = this.#select(store.state);
    this.#unsubscribe = store.subscribe(() => {
      const value = this.#select(store.state);
      if (Object.is(value, this.#value)) return;
      this.#value = value;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
  }
}
