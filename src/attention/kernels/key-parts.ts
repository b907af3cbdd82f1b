import type { Problem } from '../problem';
import type { Tile } from './tile';
import { type Target, isSoftware } from './target';

/** Multiply-adds and additions that one workgroup may do at a time: tens of milliseconds on a slow device. */
export interface OperationsAtOnce {
  readonly software: number;
  readonly gpu: number;
}

/** Keys that a tile of queries meets in one submission: a multiple of the tile's, and all if they are few. */
export function keysAtOnce(
  problem: Problem,
  tile: Tile,
  target: Target,
  { software, gpu }: OperationsAtOnce,
): number {
  return affordableKeys(problem, tile, isSoftware(target) ? software : gpu);
}

/** The same for a number of operations. */
export function affordableKeys({ shape }: Problem, tile: Tile, operations: number): number {
  const operationsOfKey = 2 * tile.queries * (shape.headSize + shape.valueSize);
  const tiles = Math.max(1, Math.floor(operations / operationsOfKey / tile.keys));
  return Math.min(tiles * tile.keys, shape.keyLength);
}

/** Keys that are met in one submission. */
export interface KeyRange {
  readonly firstKey: number;
  readonly endKey: number;
}

/** Where a unit of work stands. */
export interface Place extends KeyRange {
  /** The tile of queries, counted over all heads and batch elements. */
  readonly tile: number;
  /** Its place among the tiles under way; 0 where nothing waits between submissions, so that any will do. */
  readonly slot: number;
}

/**
 * Tiles of queries that meet their keys part by part, so that no submission lasts long however many keys
 * there are. `width` tiles are under way at a time, and what they have found so far waits in as many slots:
 * all of them meet the first part, then all meet the second.
 */
export class KeyParts {
  readonly #parts: number;

  constructor(
    private readonly tiles: number,
    private readonly width: number,
    private readonly keys: number,
    private readonly keyLength: number,
  ) {
    this.#parts = Math.ceil(keyLength / keys);
  }

  get units(): number {
    return this.tiles * this.#parts;
  }

  at(unit: number): Place {
    const { first, width, rest } = this.#group(unit);
    const firstKey = Math.floor(rest / width) * this.keys;
    const endKey = Math.min(firstKey + this.keys, this.keyLength);
    const place = rest % width;
    return { tile: first + place, slot: this.#parts === 1 ? 0 : place, firstKey, endKey };
  }

  /** Units from this one on that meet the same keys. */
  alike(unit: number): number {
    const { width, rest } = this.#group(unit);
    return width - (rest % width);
  }

  /** The tiles that are under way at a unit, and how far its place is from their first. */
  #group(unit: number) {
    const unitsOfGroup = this.width * this.#parts;
    const group = Math.floor(unit / unitsOfGroup);
    const first = group * this.width;
    const width = Math.min(this.width, this.tiles - first);
    return { first, width, rest: unit - group * unitsOfGroup };
  }
}
