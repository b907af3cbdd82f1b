import type { MapCells, WeightMap } from '../../attention/maps/weight-map';
import { coarserOf, regionOf, type TileId } from './geometry';

/** What is known of a tile. */
export interface MapTile {
  readonly id: TileId;
  /** What is there of it, or null before the first part. */
  cells: MapCells | null;
  /** All its rows are there. */
  ready: boolean;
  /** Goes up whenever there is more of it. */
  version: number;
  /** Why it will not come. */
  error: unknown;
}

export interface TileCacheOptions {
  /** Tiles kept at most, over those that are wanted. */
  readonly capacity?: number;
  /** Tiles computed at once. */
  readonly inFlight?: number;
  /** Something arrived. */
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

export const tileKey = ({ rowLevel, columnLevel, i, j }: TileId): string =>
  `${rowLevel} ${columnLevel} ${i} ${j}`;

const sameLevels = (a: TileId, b: TileId): boolean =>
  a.rowLevel === b.rowLevel && a.columnLevel === b.columnLevel;

/**
 * Tiles of one map: computed in the order in which they are wanted, a few at a time, kept while there
 * is room, and given up at once when no longer wanted.
 */
export class TileCache {
  /** In the order of last use: the first is the first to go. */
  private readonly tiles = new Map<string, MapTile>();
  private readonly running = new Map<string, AbortController>();
  private wanted: readonly TileId[] = [];
  private closed = false;

  constructor(
    readonly map: WeightMap,
    private readonly options: TileCacheOptions,
  ) {}

  /** Whether something wanted is still to come. */
  get busy(): boolean {
    return this.coming.length > 0;
  }

  private get coming(): readonly TileId[] {
    return this.wanted.filter((id) => {
      const tile = this.get(id);
      return !tile?.ready && tile?.error === undefined;
    });
  }

  /** Whether no tile is ready. */
  get empty(): boolean {
    return ![...this.tiles.values()].some(({ ready }) => ready);
  }

  /** Asks for these tiles, the most important first, and for no others. */
  want(ids: readonly TileId[]): void {
    if (this.closed) return;
    this.wanted = ids;
    const keys = new Set(ids.map(tileKey));
    for (const [key, controller] of this.running) {
      if (keys.has(key)) continue;
      this.running.delete(key);
      controller.abort(new DOMException('No longer visible.', 'AbortError'));
      // A part of a tile that nobody finishes is no tile.
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

  /** The least coarse tile above this one that is ready. */
  coarser(id: TileId): MapTile | null {
    for (let up = coarserOf(id, this.map); up; up = coarserOf(up, this.map)) {
      const tile = this.get(up);
      if (tile?.ready) return tile;
    }
    return null;
  }

  /** Forgets failures, so that what is wanted is tried again. */
  retry(): void {
    for (const [key, tile] of this.tiles) if (tile.error !== undefined) this.tiles.delete(key);
    this.want(this.wanted);
  }

  /** Stops everything. What is there stays readable. */
  close(): void {
    this.want([]);
    this.closed = true;
  }

  private evict(wanted: ReadonlySet<string>): void {
    const { capacity = 64 } = this.options;
    for (const key of this.tiles.keys()) {
      if (this.tiles.size <= capacity) return;
      if (!wanted.has(key)) this.tiles.delete(key);
    }
  }

  private start(): void {
    // A view has four tiles or so: they refine together, where one after the other would leave most of it blank.
    const { inFlight = 4 } = this.options;
    const { coming } = this;
    for (const id of coming) {
      // What pools more or fewer weights waits: a window is not to share its turns with a strip of all rows.
      if (this.running.size >= inFlight || !sameLevels(id, coming[0])) return;
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
    // Given up, this tile's place is already somebody else's.
    if (signal.aborted) return;
    this.running.delete(key);
    // A map that answers at once, from memory, lets the page have its turn between tiles.
    setTimeout(() => this.start());
  }

  private fail(tile: MapTile, error: unknown): void {
    tile.error = error ?? new Error('failed');
    this.options.onError(error);
    this.options.onChange();
  }
}
