import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { TaskHost } from '../../../async/latest-task';
import type { Cell, MapView } from '../../../ui/heat-map/geometry';
import { memoizeLast } from '../../../ui/memoize-last';
import { Store } from '../../../ui/store';
import { controlsOf, sameControls, type HeadControls } from '../model/controls';
import { headsLink, MAX_PINS } from '../model/link';
import type { HeadsSource } from '../model/source';
import type { HeadsState } from '../model/state';
import { HeadsEngine } from './engine';
import type { HeadMaps } from './map-backend';
import { SelectedHead } from './selected-head';
import { sourceDefaults, sourceKey, SourceLoader } from './source-loader';

/**
 * Everything that the elements of the heads page share: the state, which is in step with the address, the source that
 * it names, and what the engine computes from it. Elements subscribe to it.
 */
export class HeadsSession implements ReactiveController, TaskHost {
  readonly store = new Store<HeadsState>({ page: 'heads', codec: headsLink });
  readonly engine: HeadsEngine;
  readonly loader: SourceLoader;
  readonly #listeners = new Set<() => void>();
  /** The same object until one of them changes. */
  controls: HeadControls;
  readonly #headOf = memoizeLast(
    (maps: HeadMaps, source: HeadsSource, index: number) => new SelectedHead(maps, source, index),
  );

  /** @param page Work stops while this element is away. */
  constructor(private readonly page: ReactiveControllerHost) {
    this.controls = controlsOf(this.state);
    this.engine = new HeadsEngine(this);
    this.loader = new SourceLoader(this, () => {
      this.#compute();
      this.requestUpdate();
    });
    this.store.subscribe(() => this.#follow());
    // Last, so that its tasks are connected before they are given work.
    page.addController(this);
  }

  addController(controller: ReactiveController): void {
    this.page.addController(controller);
  }

  /** Calls back whenever something may have changed, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  requestUpdate(): void {
    for (const listener of this.#listeners) listener();
  }

  hostConnected(): void {
    this.store.connect();
  }

  hostDisconnected(): void {
    this.store.disconnect();
  }

  get state(): HeadsState {
    return this.store.state;
  }

  /** Why float16 cannot be used here; empty where it can. */
  get f16Unsupported(): string {
    const { gpu } = this.engine;
    if (!gpu || gpu.device.features.has('shader-f16')) return '';
    return 'float16 is not supported on this GPU';
  }

  get source(): HeadsSource | null {
    return this.loader.source;
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

  /** Layer and head from 1 of a head counted through all layers from 0. */
  numbersOf(index: number): { readonly layer: number; readonly head: number } {
    const { heads } = this.source ?? this.state;
    return { layer: Math.floor(index / heads) + 1, head: (index % heads) + 1 };
  }

  /** The selected head; the same object until the result's maps change. */
  get selectedHead(): SelectedHead | null {
    const { result } = this.engine;
    if (!result) return null;
    const { maps, source, heads } = result;
    return this.#headOf(maps, source, Math.min(this.index, heads.length - 1));
  }

  change(some: Partial<HeadsState>): void {
    const next = { ...this.state, ...some };
    const isOtherSource = sourceKey(next) !== sourceKey(this.state);
    this.store.set(isOtherSource ? { ...next, ...sourceDefaults, ...some } : next);
  }

  select(index: number): void {
    this.change({ ...this.numbersOf(index), outputsOf: null });
  }

  /** Token lines begin at the cursor, too. */
  setCursor({ row, column }: Cell): void {
    this.change({ cursor: { row, column }, linesFrom: null });
  }

  setPins(pins: readonly Cell[]): void {
    this.change({ pins: pins.slice(-MAX_PINS) });
  }

  /** Stores the viewport; null means the whole map. */
  setView(view: MapView): void {
    const { source } = this;
    const isWhole = view.rows >= source!.queryLength && view.columns >= source!.keyLength;
    this.change({ view: isWhole ? null : view });
  }

  async readFiles(files: readonly File[]): Promise<void> {
    // If the link referred to files, its settings apply to the first files that the user gives.
    const fromLink = this.state.source === 'file' && !this.loader.files.source;
    if (!(await this.loader.load((tensors) => tensors.read(files)))) return;
    this.change(fromLink ? {} : { ...sourceDefaults, source: 'file' });
  }

  async chooseReading(reading: number, batch: number): Promise<void> {
    if (await this.loader.load((tensors) => tensors.choose(reading, batch))) {
      this.change({ ...sourceDefaults, source: 'file' });
    }
  }

  dismissNotice(): void {
    this.loader.notice = null;
    this.requestUpdate();
  }

  #follow(): void {
    const { state } = this;
    if (!sameControls(this.controls, state)) this.controls = controlsOf(state);
    if (!this.loader.follow(state)) this.#compute();
    this.engine.preferred = this.index;
    this.requestUpdate();
  }

  #compute(): void {
    if (!this.source) return;
    this.engine.preferred = this.index;
    this.engine.compute({
      source: this.source,
      controls: this.controls,
      computeOn: this.state.computeOn,
    });
  }
}
