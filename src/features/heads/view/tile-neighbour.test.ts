import { expect, it } from 'vitest';
import { neighbouringTile } from './head-choice';

/** Three in a row, then two under a heading, indented, then one. */
const tiles = [
  { left: 0, top: 0 },
  { left: 100, top: 0 },
  { left: 200, top: 0.2 },
  { left: 30, top: 150 },
  { left: 130, top: 150 },
  { left: 0, top: 300 },
];

it.each([
  ['ArrowRight', 2, 3],
  ['ArrowRight', 5, null],
  ['ArrowLeft', 3, 2],
  ['ArrowLeft', 0, null],
  ['ArrowDown', 0, 3],
  ['ArrowDown', 2, 4],
  ['ArrowDown', 4, 5],
  ['ArrowDown', 5, null],
  ['ArrowUp', 5, 3],
  ['ArrowUp', 4, 1],
  ['ArrowUp', 1, null],
  ['Home', 4, 0],
  ['End', 1, 5],
  ['x', 1, null],
])('%s from tile %i goes to %s', (key, from, to) => {
  expect(neighbouringTile(tiles, from, key)).toBe(to);
});
