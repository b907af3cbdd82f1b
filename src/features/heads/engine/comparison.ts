import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Latest } from '../../../async/latest';
import type { WeightMap } from '../../../attention/maps/weight-map';
import type { HeadControls } from '../model/controls';
import { differenceMap, largestDifference, type LargestDifference } from '../model/difference';
import type { CompareWith } from '../model/state';
import type { HeadMaps, MapBackend } from './map-backend';
import type { HeadsResult } from './result';
import { SelectedHead } from './selected-head';

/** What a head is held against. */
export interface ComparisonSide {
  readonly compare: Exclude<CompareWith, 'none'>;
  readonly index: number;
  readonly controls: HeadControls;
}

/** Sizes of the least weight but 0, and of the largest. */
export interface WeightRange {
  readonly low: number;
  readonly high: number;
}

/** Two maps of equal extents, and what sets them apart. */
export interface ComparedMaps {
  readonly a: SelectedHead;
  readonly b: SelectedHead;
  readonly side: ComparisonSide;
  /** What the first is drawn under. */
  readonly controls: HeadControls;
  readonly difference: WeightMap;
}

interface ComparisonRequest {
  readonly picture: HeadsResult;
  readonly a: SelectedHead;
  readonly side: ComparisonSide;
}

/** Prepares the other side of a comparison, and finds where the two differ most. */
export class HeadComparison implements ReactiveController {
  compared: ComparedMaps | null = null;
  /** Where they differ most, once it was looked for. */
  largest: LargestDifference | null = null;
  /** Share of the maps that has been looked at; null when nobody looks. */
  progress: number | null = null;
  fault = '';
  readonly #inView: (WeightRange | null)[] = [null, null];
  #wanted: ComparisonRequest | null = null;
  /** Maps of the other side that nobody else owns. */
  #own: HeadMaps | null = null;
  #search: AbortController | null = null;
  readonly #latest = new Latest<ComparisonRequest>(
    (wanted, signal) => this.#prepare(wanted, signal),
    (error) => {
      // What is there is of something else.
      this.#show(null, null);
      this.#fail(error);
    },
    0,
    () => this.host.requestUpdate(),
  );

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly hosts: { readonly gpu: MapBackend; readonly cpu: MapBackend },
  ) {
    host.addController(this);
  }

  get isRunning(): boolean {
    return this.#latest.isRunning;
  }

  /** What both sides span together; undefined until both have been drawn. */
  get range(): WeightRange | undefined {
    const [a, b] = this.#inView;
    if (!a || !b) return undefined;
    const lows = [a, b].filter(({ high }) => high > 0).map(({ low }) => low);
    return lows.length === 0
      ? undefined
      : { low: Math.min(...lows), high: Math.max(a.high, b.high) };
  }

  /** A side says what it shows. */
  setRange(side: 0 | 1, range: WeightRange): void {
    this.#inView[side] = range;
    this.host.requestUpdate();
  }

  /** Compares this head of a picture with that; null ends it. A request that is no other changes nothing. */
  request(wanted: ComparisonRequest | null): void {
    const now = this.#wanted;
    if (wanted && now && wanted.a === now.a && sameSide(wanted.side, now.side)) return;
    if (!wanted && !now) return;
    this.#wanted = wanted;
    this.stopSearch();
    this.fault = '';
    if (wanted) this.#latest.request(wanted);
    else this.#clear();
  }

  /** What failed, once more. */
  retry(): void {
    this.fault = '';
    if (this.#wanted) this.#latest.request(this.#wanted);
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.request(null);
  }

  /** Looks at every weight of both maps for where they differ most. */
  async findLargest(): Promise<LargestDifference | null> {
    const { compared } = this;
    if (!compared || this.largest) return this.largest;
    this.stopSearch();
    const search = new AbortController();
    this.#search = search;
    const onProgress = (progress: number) => {
      if (search.signal.aborted) return;
      this.progress = progress;
      this.host.requestUpdate();
    };
    onProgress(0);
    try {
      const { a, b } = compared;
      const found = await largestDifference(a.map, b.map, { signal: search.signal, onProgress });
      if (this.compared === compared) this.largest = found;
    } catch (error) {
      if (!search.signal.aborted) this.#fail(error);
    }
    if (this.#search === search) this.stopSearch();
    return this.largest;
  }

  stopSearch(): void {
    this.#search?.abort();
    this.#search = null;
    this.progress = null;
    this.host.requestUpdate();
  }

  async #prepare({ picture, a, side }: ComparisonRequest, signal: AbortSignal): Promise<void> {
    const { source } = picture;
    let own: HeadMaps | null = null;
    if (side.compare !== 'head') {
      const place = side.compare === 'cpu' ? this.hosts.cpu : this.hosts[picture.on];
      own = await place.prepare(source, side.controls, signal);
    }
    const b = new SelectedHead({ ...picture, maps: own ?? picture.maps }, side.index);
    const difference = differenceMap(a.map, b.map);
    this.#show({ a, b, side, controls: picture.controls, difference }, own);
  }

  #show(compared: ComparedMaps | null, own: HeadMaps | null): void {
    const before = this.#own;
    this.#own = own;
    this.compared = compared;
    this.largest = null;
    this.host.requestUpdate();
    // Views let go of the maps before when they are given others.
    if (before) void this.host.updateComplete.then(() => setTimeout(() => before.destroy()));
  }

  #clear(): void {
    this.#latest.stop();
    this.#own?.destroy();
    this.#own = null;
    this.compared = null;
    this.largest = null;
    this.host.requestUpdate();
  }

  #fail(error: unknown): void {
    this.fault = error instanceof Error ? error.message : String(error);
    this.host.requestUpdate();
  }
}

function sameSide(a: ComparisonSide, b: ComparisonSide): boolean {
  return (
    a.compare === b.compare &&
    a.index === b.index &&
    JSON.stringify(a.controls) === JSON.stringify(b.controls)
  );
}
