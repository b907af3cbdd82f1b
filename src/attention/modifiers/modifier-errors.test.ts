import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { InputError } from '../input-error';
import { type ProblemOptions, createProblem } from '../problem';
import { alibi } from './alibi';
import { causal } from './causal';
import { and, or } from './combine';
import { prefixLm, windowWithSinks } from './recipes';
import { documents } from './documents';
import { keyLengths } from './key-lengths';
import type { Mask } from './modifier';
import { packedSequences, rowRanges } from './row-ranges';
import { slidingWindow } from './sliding-window';
import { tensorBias, tensorMask } from './tensor-mask';

const SHAPE = shapeOf({ batch: 2, heads: 3, queryLength: 3, keyLength: 5 });
const RANGE = '-1073741824 to 1073741824';
const EACH = `2 whole numbers, one per batch element, ${RANGE}`;
const LENGTHS = '2 whole numbers, one per batch element, from 0 to 5';

function refusal(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error('nothing was refused');
}

function expectRefused(work: () => unknown, field: string, value: unknown, allowed: string) {
  const error = refusal(work);
  expect(error).toMatchObject({ field, value, allowed });
  expect(error.message.startsWith(`${field} is `)).toBe(true);
  expect(error.message).toContain(`allowed: ${allowed}.`);
}

const zeros = (count: number) => Array<number>(count).fill(0);
const mask = (dims: number[], count: number) => tensorMask(dims, zeros(count));

describe('a mask that does not go with the shape is refused', () => {
  it.each<[Mask, string, unknown, string]>([
    [causal(0.5), 'causal offset', 0.5, `a whole number, ${RANGE}`],
    [causal(NaN), 'causal offset', NaN, `a whole number, ${RANGE}`],
    [causal(2 ** 32), 'causal offset', 2 ** 32, `a whole number, ${RANGE}`],
    [causal([1]), 'causal offset', [1], EACH],
    [causal([1, 2, 3]), 'causal offset', [1, 2, 3], EACH],
    [causal([1, 0.5]), 'causal offset', [1, 0.5], EACH],
    [causal([1, -(2 ** 31)]), 'causal offset', [1, -(2 ** 31)], EACH],
    [slidingWindow(1, 1, 0.5), 'window offset', 0.5, `a whole number, ${RANGE}`],
    [slidingWindow(1, 1, [0, 0, 0]), 'window offset', [0, 0, 0], EACH],
    [slidingWindow(1.5, 1), 'window left', 1.5, `a whole number, ${RANGE} (UNBOUNDED)`],
    [slidingWindow(1, Infinity), 'window right', Infinity, `a whole number, ${RANGE} (UNBOUNDED)`],
    [
      slidingWindow(-(2 ** 31), 1),
      'window left',
      -(2 ** 31),
      `a whole number, ${RANGE} (UNBOUNDED)`,
    ],
    [keyLengths(-1), 'key lengths', -1, `a whole number from 0 to ${2 ** 30}`],
    [keyLengths(1.5), 'key lengths', 1.5, `a whole number from 0 to ${2 ** 30}`],
    [packedSequences([0, 3], [0, 6]), 'keyStarts', [0, 6], 'cumulative lengths up to 5'],
    [keyLengths([5]), 'key lengths', [5], LENGTHS],
    [keyLengths([5, 6]), 'key lengths', [5, 6], LENGTHS],
    [keyLengths([5, NaN]), 'key lengths', [5, NaN], LENGTHS],
    [prefixLm([1, 2, 3]), 'key lengths', [1, 2, 3], LENGTHS],
    [prefixLm(1, 0.5), 'causal offset', 0.5, `a whole number, ${RANGE}`],
    [windowWithSinks(0.5, 1), 'window left', 0.5, `a whole number, ${RANGE} (UNBOUNDED)`],
    [
      rowRanges([0, 0], [1, 1]),
      'row ranges first',
      [0, 0],
      '3 whole numbers of 32 bits, none falling',
    ],
    [
      rowRanges([0, 0, 0], [1, 2, 1]),
      'row ranges end',
      [1, 2, 1],
      '3 whole numbers of 32 bits, none falling',
    ],
    [
      rowRanges([0, 0, 2 ** 31], [1, 2, 3]),
      'row ranges first',
      [0, 0, 2 ** 31],
      '3 whole numbers of 32 bits, none falling',
    ],
    [
      packedSequences([0, 1, 2], [0, 1, 5]),
      'row ranges first',
      [0, 1],
      '3 whole numbers of 32 bits, none falling',
    ],
    [documents([1, 2]), 'documents query ids', [1, 2], '3 whole numbers of 32 bits'],
    [documents([1, 2, 3]), 'documents key ids', [1, 2, 3], '5 whole numbers of 32 bits'],
    [
      documents([1, 2, 2 ** 32 + 1], zeros(5)),
      'documents query ids',
      [1, 2, 2 ** 32 + 1],
      '3 whole numbers of 32 bits',
    ],
    [mask([6], 6), 'mask dims', [6], 'broadcastable to 5'],
    [mask([2, 5], 10), 'mask dims', [2, 5], 'broadcastable to 3,5'],
    [mask([4, 1], 4), 'mask dims', [4, 1], 'broadcastable to 3,5'],
    [mask([2, 3, 5], 30), 'mask dims', [2, 3, 5], 'broadcastable to 3,3,5'],
    [mask([3, 1, 1, 1], 3), 'mask dims', [3, 1, 1, 1], 'broadcastable to 2,3,3,5'],
    [tensorBias([3, 6], new Float32Array(18)).mask, 'bias dims', [3, 6], 'broadcastable to 3,5'],
  ])('%#: %o', (wrong, field, value, allowed) => {
    expectRefused(() => createProblem(SHAPE, { mask: wrong }), field, value, allowed);
    // However deep it is.
    const nested = or(causal(), and(wrong, causal()));
    expectRefused(() => createProblem(SHAPE, { mask: nested }), field, value, allowed);
  });
});

describe('scores that do not go with the shape are refused', () => {
  it.each<[ProblemOptions, string, unknown, string]>([
    [{ scoreModifiers: [alibi([1, 2])] }, 'alibi slopes', [1, 2], '3 finite numbers, one per head'],
    [
      { scoreModifiers: [alibi([1, 2, Infinity])] },
      'alibi slopes',
      [1, 2, Infinity],
      '3 finite numbers, one per head',
    ],
    [{ scoreModifiers: [alibi([1, 2, 3], 1.5)] }, 'alibi offset', 1.5, `a whole number, ${RANGE}`],
    [
      { bias: tensorBias([2, 5], new Float32Array(10)) },
      'bias dims',
      [2, 5],
      'broadcastable to 3,5',
    ],
    [{ sinks: [1, 2] }, 'sinks', [1, 2], '3 finite numbers, one per head'],
    [{ sinks: [] }, 'sinks', [], '3 finite numbers, one per head'],
    [{ sinks: [1, 2, NaN] }, 'sinks', [1, 2, NaN], '3 finite numbers, one per head'],
    [{ sinks: [1, 2, -Infinity] }, 'sinks', [1, 2, -Infinity], '3 finite numbers, one per head'],
  ])('%#: %o', (options, field, value, allowed) => {
    expectRefused(() => createProblem(SHAPE, options), field, value, allowed);
  });
});

describe('what goes with no shape is refused at once', () => {
  const STARTS = 'cumulative lengths from 0 on, as many as of queries';

  it.each<[string, () => unknown, string, unknown, string]>([
    ['starts not from 0', () => packedSequences([1, 3]), 'queryStarts', [1, 3], STARTS],
    ['no sequence', () => packedSequences([0]), 'queryStarts', [0], STARTS],
    ['falling starts', () => packedSequences([0, 3, 2]), 'queryStarts', [0, 3, 2], STARTS],
    ['halves', () => packedSequences([0, 1.5]), 'queryStarts', [0, 1.5], STARTS],
    ['other counts', () => packedSequences([0, 3], [0, 1, 5]), 'keyStarts', [0, 1, 5], STARTS],
    ['falling keys', () => packedSequences([0, 1, 3], [0, 5, 4]), 'keyStarts', [0, 5, 4], STARTS],
    [
      'too few values',
      () => mask([3, 5], 14),
      'mask dims',
      [3, 5],
      '1 to 4 extents above 0 for 14 values',
    ],
    ['an extent of 0', () => mask([0], 0), 'mask dims', [0], '1 to 4 extents above 0 for 0 values'],
    [
      'extents below 0',
      () => mask([-1, -2], 2),
      'mask dims',
      [-1, -2],
      '1 to 4 extents above 0 for 2 values',
    ],
    ['no extents', () => mask([], 1), 'mask dims', [], '1 to 4 extents above 0 for 1 values'],
    [
      'five extents',
      () => tensorBias([1, 1, 1, 1, 5], new Float32Array(5)),
      'bias dims',
      [1, 1, 1, 1, 5],
      '1 to 4 extents above 0 for 5 values',
    ],
    [
      'half an extent',
      () => mask([2, 0.5], 1),
      'mask dims',
      [2, 0.5],
      '1 to 4 extents above 0 for 1 values',
    ],
  ])('%s', (_name, work, field, value, allowed) => expectRefused(work, field, value, allowed));
});
