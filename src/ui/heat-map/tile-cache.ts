import type { MapCells, WeightMap } from '../../attention/maps/weight-map';
import { coarserOf, regionOf, type TileId } from './geometry';

/** A tile, as far as it has been computed. */
export interface MapTile {
  readonly id: TileId;
  /** Null before the first part arrives. */
  cells: MapCells | null;
  ready: boolean;
  /** Increases with each part that arrives. */
  version: number;
  /** Why it could not be computed; undefined if nothing failed. */
  error: unknown;
}

export interface TileCacheOptions {
  /** Tiles to keep, unless more are requested. */
  readonly capacity?: number;
  /** Tiles computed at once. */
  readonly inFlight?: number;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

export const tileKey = ({ rowLevel, columnLevel, i, j }: TileId): string =>
  `${rowLevel} ${columnLevel} ${i} ${j}`;

const sameLevels = (a: TileId, b: TileId): boolean =>
  a.rowLevel === b.rowLevel && a.columnLevel === b.columnLevel;

/**
 * The tiles of one map: computed a few at a time, in the order in which they were requested, aborted as soon as they
 * are no longer requested, and cached, least recently used first out.
 */
export class TileCache {
  /** In the order of last use. */
  private readonly tiles = new Map<string, MapTile>();
  private readonly running = new Map<string, AbortController>();
  private requested: readonly TileId[] = [];
  private closed = false;

  constructor(
    readonly map: WeightMap,
    private readonly options: TileCacheOptions,
  ) {}

  get busy(): boolean {
    return this.pending.length > 0;
  }

  private get pending(): readonly TileId[] {
    return this.requested.filter((id) => {
      const tile = this.get(id);
      return !tile?.ready && tile?.error === undefined;
    });
  }

  get isEmpty(): boolean {
    return ![...this.tiles.values()].some(({ ready }) => ready);
  }

  /** Computes these tiles, the most important first, and stops all others. */
  request(ids: readonly TileId[]): void {
    if (this.closed) return;
    this.requested = ids;
    const keys = new Set(ids.map(tileKey));
    for (const [key, controller] of this.running) {
      if (keys.has(key)) continue;
      this.running.delete(key);
      controller.abort(new DOMException('No longer visible.', 'AbortError'));
      // Nobody will finish it.
      if (!this.tiles.get(key)?.ready) this.tiles.delete(key);
    }
    for (const key of keys) {
      const tile = this.tiles.get(key);
      if (!tile) continue;
      this.tiles.delete(key);
      this.tiles.set(key, tile);
    }
    this.evict(keys);
    this.start();
  }

  get(id: TileId): MapTile | undefined {
    return this.tiles.get(tileKey(id));
  }

  /** The finest of the coarser tiles over this one that are ready. */
  coarser(id: TileId): MapTile | null {
    for (let up = coarserOf(id, this.map); up; up = coarserOf(up, this.map)) {
      const tile = this.get(up);
      if (tile?.ready) return tile;
    }
    return null;
  }

  retry(): void {
    for (const [key, tile] of this.tiles) if (tile.error !== undefined) this.tiles.delete(key);
    this.request(this.requested);
  }

  /** Stops everything. Tiles that are ready stay readable. */
  close(): void {
    this.request([]);
    this.closed = true;
  }

  private evict(requested: ReadonlySet<string>): void {
    const { capacity = 64 } = this.options;
    for (const key of this.tiles.keys()) {
      if (this.tiles.size <= capacity) return;
      if (!requested.has(key)) this.tiles.delete(key);
    }
  }

  private start(): void {
    // A view has about four tiles. One after the other would leave most of it blank.
    const { inFlight = 4 } = this.options;
    const { pending } = this;
    for (const id of pending) {
      // Other levels wait: a strip over all rows would slow down the tiles in view.
      if (this.running.size >= inFlight || !sameLevels(id, pending[0])) return;
      const key = tileKey(id);
      if (!this.running.has(key)) void this.load(id, key);
    }
  }

  private async load(id: TileId, key: string): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.running.set(key, controller);
    const tile: MapTile = { id, cells: null, ready: false, version: 0, error: undefined };
    this.tiles.set(key, tile);
    const take = (cells: MapCells, ready: boolean) => {
      if (signal.aborted) return;
      Object.assign(tile, { cells, ready, version: tile.version + 1 });
      this.options.onChange();
    };
    try {
      const region = regionOf(id, this.map);
      take(await this.map.cells(region, { signal, onPart: (part) => take(part, false) }), true);
    } catch (error) {
      if (!signal.aborted) this.fail(tile, error);
    }
    // After an abort, the entry may belong to a newer request.
    if (signal.aborted) return;
    this.running.delete(key);
    // Yield between tiles even if the map answers at once, from memory.
    setTimeout(() => this.start());
  }

  private fail(tile: MapTile, error: unknown): void {
    tile.error = error ?? new Error('failed');
    this.options.onError(error);
    this.options.onChange();
  }
}
