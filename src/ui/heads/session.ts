import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { HeadControls } from '../../heads/controls';
import { formatHeadsLink, parseHeadsLink, type LinkProblem } from '../../heads/link';
import { defaultHeadsState, type HeadsState, type LinkView } from '../../heads/link-state';
import type { HeadsSource } from '../../heads/source';
import { readAddress, writeAddress } from '../address';
import { HeadsEngine } from './engine';
import { Latest } from './latest';
import { loadSource, sourceKey } from './load-source';
import { ShownHead } from './shown-head';
import { TensorFiles } from './tensor-files';
import { badFiles, describeTrouble, NO_FILES, type Trouble } from './trouble';

/** Browsers allow an address to change a hundred times in half a minute: dragging changes it more often. */
const WRITE_MS = 250;

/** What of the state belongs to one source, and means nothing to another. */
const ofSource = {
  layer: 1,
  head: 1,
  view: null,
  cursor: null,
  pins: [],
  filter: '',
  compare: 'none',
} as const satisfies Partial<HeadsState>;

/** The heads page's state, in step with its address; the source that it names, and the engine that draws it. */
export class HeadsSession implements ReactiveController {
  state: HeadsState = defaultHeadsState;
  /** What the link asked for and cannot have. */
  problems: readonly LinkProblem[] = [];
  source: HeadsSource | null = null;
  /** Why there is no such source; the one before stays. */
  trouble: Trouble | null = null;
  readonly engine: HeadsEngine;
  readonly files = new TensorFiles();
  #controls: HeadControls;
  /** Of the source that is there, or the one on its way. */
  #sourceKey = '';
  #shown: ShownHead | null = null;
  #writing: ReturnType<typeof setTimeout> | undefined;
  readonly #loading = new Latest<HeadsState>(
    async (state, signal) => {
      const { trouble } = this;
      this.#adopt(await loadSource(state, signal));
      if (trouble === NO_FILES) this.trouble = trouble;
    },
    (error) => {
      this.trouble = describeTrouble(error);
      this.host.requestUpdate();
    },
  );

  constructor(private readonly host: ReactiveControllerHost) {
    this.engine = new HeadsEngine(host);
    this.#controls = controlsOf(this.state);
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#followHash);
    this.#followHash();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#followHash);
    // What is given up here is begun again when the page comes back.
    if (this.isLoading) this.#sourceKey = '';
    this.#loading.stop();
    clearTimeout(this.#writing);
  }

  /** The controls: the same object for as long as none changes. */
  get controls(): HeadControls {
    return this.#controls;
  }

  /** Why there is no float16 here; empty where there is. */
  get f16Lacking(): string {
    const { gpu } = this.engine;
    if (!gpu || gpu.device.features.has('shader-f16')) return '';
    return 'this device has no float16';
  }

  get isLoading(): boolean {
    return this.#loading.isRunning;
  }

  /** The selected head, counted through all layers from 0. */
  get index(): number {
    return this.indexOf(this.state.layer, this.state.head);
  }

  indexOf(layer: number, head: number): number {
    const { layers, heads } = this.source ?? this.state;
    const at = (number: number, count: number) => Math.min(number, count) - 1;
    return at(layer, layers) * heads + at(head, heads);
  }

  /** The selected head; the same object for as long as the picture's maps are. */
  get shown(): ShownHead | null {
    const { picture } = this.engine;
    if (!picture) return null;
    const index = Math.min(this.index, picture.heads.length - 1);
    if (!this.#shown?.isOf(picture, index)) this.#shown = new ShownHead(picture, index);
    return this.#shown;
  }

  /** Changes the state: the address follows, and so does the picture, where it is another. */
  change(some: Partial<HeadsState>): void {
    const next = { ...this.state, ...some };
    const isOther = sourceKey(next) !== sourceKey(this.state);
    this.#become(isOther ? { ...next, ...ofSource, ...some } : next);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#write(), WRITE_MS);
  }

  /** Selects a head by its place among all. */
  select(index: number): void {
    const { heads } = this.source ?? this.state;
    this.change({ layer: Math.floor(index / heads) + 1, head: (index % heads) + 1 });
  }

  /** Part of the map is seen; all of it is no part. */
  look(view: LinkView): void {
    const { source } = this;
    const isWhole = view.rows >= source!.queryLength && view.columns >= source!.keyLength;
    this.change({ view: isWhole ? null : view });
  }

  /** Reads the user's files and shows them; what was there stays where that cannot be. */
  async readFiles(files: readonly File[]): Promise<void> {
    await this.#showFiles(() => this.files.read(files));
  }

  /** Sees the user's files another way. */
  async chooseReading(reading: number, batch: number): Promise<void> {
    await this.#showFiles(() => this.files.choose(reading, batch));
  }

  async #showFiles(read: () => Promise<HeadsSource>): Promise<void> {
    try {
      const source = await read();
      this.#loading.stop();
      this.#sourceKey = 'file';
      this.#adopt(source);
      this.change({ ...ofSource, source: 'file' });
    } catch (error) {
      this.trouble = badFiles(error);
      this.host.requestUpdate();
    }
  }

  #adopt(source: HeadsSource): void {
    this.source = source;
    this.trouble = null;
    this.#draw();
  }

  dismissProblems(): void {
    this.problems = [];
    this.#write();
    this.host.requestUpdate();
  }

  dismissTrouble(): void {
    this.trouble = null;
    this.host.requestUpdate();
  }

  /** The address of what is on the page. */
  get link(): string {
    this.#write();
    return location.href;
  }

  readonly #followHash = (): void => {
    const { page, document } = readAddress(location.hash);
    if (page !== 'heads') return;
    const { state, problems } = parseHeadsLink(new URLSearchParams(document));
    this.problems = problems;
    this.#become(state);
  };

  #become(state: HeadsState): void {
    const controls = controlsOf(state);
    const isOther = !sameControls(controls, this.#controls);
    if (isOther) this.#controls = controls;
    this.state = state;
    this.engine.preferred = this.index;
    const key = sourceKey(state);
    if (key !== this.#sourceKey) {
      this.#sourceKey = key;
      this.#load(state);
    } else if (isOther) {
      this.#draw();
    }
    this.host.requestUpdate();
  }

  #load(state: HeadsState): void {
    if (state.source !== 'file') {
      this.#loading.request(state);
      return;
    }
    this.#loading.stop();
    if (this.files.source) {
      this.#adopt(this.files.source);
      return;
    }
    // A link of somebody's files: there is something to look at all the same.
    this.trouble = NO_FILES;
    if (!this.source) this.#loading.request({ ...state, source: 'planted' });
  }

  #draw(): void {
    if (!this.source) return;
    this.engine.preferred = this.index;
    this.engine.draw({ source: this.source, controls: this.#controls });
  }

  #write(): void {
    clearTimeout(this.#writing);
    const document = new URLSearchParams(formatHeadsLink(this.state)).toString();
    if (readAddress(location.hash).page !== 'heads') return;
    writeAddress({ page: 'heads', document: readable(document) });
  }
}

/** Commas and colons need no escape in a hash. */
const readable = (text: string) => text.replaceAll('%2C', ',').replaceAll('%3A', ':');

function controlsOf(state: HeadsState): HeadControls {
  const { temperature, mask, window, prefix, sinks, softcap, alibi, type } = state;
  return { temperature, mask, window, prefix, sinks, softcap, alibi, type };
}

function sameControls(a: HeadControls, b: HeadControls): boolean {
  return (Object.keys(a) as (keyof HeadControls)[]).every((key) => a[key] === b[key]);
}
