import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { createProblem } from '../problem';
import { KeyParts, affordableKeys } from './tile';

fc.configureGlobal({ seed: 97 });

const extents = fc.record({
  tiles: fc.integer({ min: 1, max: 40 }),
  width: fc.integer({ min: 1, max: 50 }),
  keys: fc.integer({ min: 1, max: 30 }),
  keyLength: fc.integer({ min: 1, max: 100 }),
});

const create = ({ tiles, width, keys, keyLength }: Record<string, number>) =>
  new KeyParts(tiles, Math.min(tiles, width), keys, keyLength);

const placesOf = (parts: KeyParts) =>
  Array.from({ length: parts.units }, (_, unit) => parts.at(unit));

describe('keys part by part', () => {
  it('are met by every tile exactly once, from first to last', () => {
    fc.assert(
      fc.property(extents, (given) => {
        const met = Array.from({ length: given.tiles }, () => 0);
        for (const { tile, firstKey, endKey } of placesOf(create(given))) {
          expect(firstKey).toBe(met[tile]);
          expect(endKey).toBeGreaterThan(firstKey);
          met[tile] = endKey;
        }
        expect(met).toEqual(met.map(() => given.keyLength));
      }),
    );
  });

  it('never share a slot between tiles under way', () => {
    fc.assert(
      fc.property(extents, (given) => {
        fc.pre(given.keys < given.keyLength);
        const holders = new Map<number, number>();
        for (const { tile, slot, firstKey, endKey } of placesOf(create(given))) {
          expect(slot).toBeLessThan(Math.min(given.tiles, given.width));
          if (firstKey > 0) expect(holders.get(slot)).toBe(tile);
          else expect(holders.has(slot)).toBe(false);
          if (endKey === given.keyLength) holders.delete(slot);
          else holders.set(slot, tile);
        }
      }),
    );
  });

  it('go together for neighbouring tiles only, and always for one at least', () => {
    fc.assert(
      fc.property(extents, (given) => {
        const parts = create(given);
        for (let unit = 0; unit < parts.units; unit++) {
          const alike = parts.maxUnitsFrom(unit);
          expect(alike).toBeGreaterThan(0);
          const first = parts.at(unit);
          const last = parts.at(unit + alike - 1);
          expect(last).toMatchObject({
            tile: first.tile + alike - 1,
            firstKey: first.firstKey,
            endKey: first.endKey,
          });
        }
      }),
    );
  });

  it('are whole tiles, as many as the operations allow', () => {
    const problem = createProblem(shapeOf({ queryLength: 100, keyLength: 10_000, headSize: 64 }));
    const tile = { queries: 32, keys: 64 };
    const operationsOfTile = 4 * 32 * 64 * 64;
    expect(affordableKeys(problem, tile, 3.9 * operationsOfTile)).toBe(3 * 64);
    expect(affordableKeys(problem, tile, 0.1 * operationsOfTile)).toBe(64);
    expect(affordableKeys(problem, tile, 1e12)).toBe(10_000);
  });
});
