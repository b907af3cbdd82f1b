import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { readAddress, writeAddress } from '../../../ui/address';
import { controlsOf, sameControls, type HeadControls } from '../model/controls';
import { formatHeadsLink, parseHeadsLink, type HeadsLinkIssue, MAX_PINS } from '../model/link';
import type { HeadsSource } from '../model/source';
import { defaultHeadsState, type HeadsState, type LinkCell, type LinkView } from '../model/state';
import { HeadsEngine } from './engine';
import type { HeadsNotice } from './notices';
import { SelectedHead } from './selected-head';
import { sourceKey, sourceDefaults, SourceLoader, type TensorFiles } from './source-loader';

/** Browsers allow an address to change a hundred times in half a minute: dragging changes it more often. */
const WRITE_DELAY_MS = 250;

/** The heads page's state, in step with its address; the source that it names, and the engine that draws it. */
export class HeadsSession implements ReactiveController {
  state: HeadsState = defaultHeadsState;
  /** What the link asked for and cannot have. */
  issues: readonly HeadsLinkIssue[] = [];
  readonly engine: HeadsEngine;
  readonly #loader = new SourceLoader((source) => {
    if (source) this.#draw();
    this.host.requestUpdate();
  });
  #controls: HeadControls;
  #shown: SelectedHead | null = null;
  #writing: ReturnType<typeof setTimeout> | undefined;

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
    this.#loader.stop();
    clearTimeout(this.#writing);
  }

  /** The controls: the same object for as long as none changes. */
  get controls(): HeadControls {
    return this.#controls;
  }

  /** Why there is no float16 here; empty where there is. */
  get f16Unsupported(): string {
    const { gpu } = this.engine;
    if (!gpu || gpu.device.features.has('shader-f16')) return '';
    return 'this device has no float16';
  }

  get source(): HeadsSource | null {
    return this.#loader.source;
  }

  /** Why there is no such source; the one before stays. */
  get notice(): HeadsNotice | null {
    return this.#loader.notice;
  }

  get files(): TensorFiles {
    return this.#loader.files;
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
  get selectedHead(): SelectedHead | null {
    const { result: picture } = this.engine;
    if (!picture) return null;
    const index = Math.min(this.index, picture.heads.length - 1);
    if (!this.#shown?.matches(picture, index)) this.#shown = new SelectedHead(picture, index);
    return this.#shown;
  }

  /** What is drawn as points. Where there are no values there are no outputs, but queries and keys there are. */
  get pointSource(): HeadsState['points'] {
    return this.engine.result?.source.value ? this.state.points : 'queries-keys';
  }

  /** Changes the state: the address follows, and so does the picture, where it is another. */
  change(some: Partial<HeadsState>): void {
    const next = { ...this.state, ...some };
    const isOther = sourceKey(next) !== sourceKey(this.state);
    this.#become(isOther ? { ...next, ...sourceDefaults, ...some } : next);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#write(), WRITE_DELAY_MS);
  }

  /** Selects a head by its place among all. */
  select(index: number): void {
    const { heads } = this.source ?? this.state;
    this.change({
      layer: Math.floor(index / heads) + 1,
      head: (index % heads) + 1,
      outputsOf: null,
    });
  }

  /** The cursor is on a weight; token lines begin there. */
  setCursor({ row, column }: LinkCell): void {
    this.change({ cursor: { row, column }, linesFrom: null });
  }

  /** Keeps these cells in sight: as many as a link names, the last of them. */
  setPins(pins: readonly LinkCell[]): void {
    this.change({ pins: pins.slice(-MAX_PINS) });
  }

  /** Part of the map is seen; all of it is no part. */
  setView(view: LinkView): void {
    const { source } = this;
    const isWhole = view.rows >= source!.queryLength && view.columns >= source!.keyLength;
    this.change({ view: isWhole ? null : view });
  }

  /** Reads the user's files and shows them; what was there stays where that cannot be. */
  async readFiles(files: readonly File[]): Promise<void> {
    // Where a link was opened that is of files, what it says of them counts for the first that come.
    const fromLink = this.state.source === 'file' && !this.files.source;
    if (!(await this.#loader.read(files))) return;
    this.change(fromLink ? {} : { ...sourceDefaults, source: 'file' });
  }

  /** Sees the user's files another way. */
  async chooseReading(reading: number, batch: number): Promise<void> {
    if (await this.#loader.choose(reading, batch))
      this.change({ ...sourceDefaults, source: 'file' });
  }

  dismissIssues(): void {
    this.issues = [];
    this.#write();
    this.host.requestUpdate();
  }

  dismissNotice(): void {
    this.#loader.notice = null;
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
    this.issues = problems;
    this.#become(state);
  };

  #become(state: HeadsState): void {
    const controls = controlsOf(state);
    const isOther = !sameControls(controls, this.#controls);
    if (isOther) this.#controls = controls;
    this.state = state;
    this.engine.preferred = this.index;
    if (!this.#loader.follow(state) && isOther) this.#draw();
    this.host.requestUpdate();
  }

  #draw(): void {
    if (!this.source) return;
    this.engine.preferred = this.index;
    this.engine.compute({ source: this.source, controls: this.#controls });
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
