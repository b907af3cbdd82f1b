import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../tests/support/problems';
import { InputError } from './input-error';
import { operandStrides } from './layout';
import { type ProblemOptions, createProblem } from './problem';

const shape = shapeOf({ heads: 12, kvHeads: 4, queryLength: 8 });

function refused(change: object, options: object = {}): InputError {
  try {
    createProblem({ ...shape, ...change }, options as ProblemOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error('nothing was refused');
}

const LARGEST = {
  batch: 2 ** 20,
  heads: 2 ** 20,
  kvHeads: 2 ** 20,
  queryLength: 2 ** 24,
  keyLength: 2 ** 24,
  headSize: 256,
  valueSize: 256,
};

describe.each(Object.entries(LARGEST))('%s', (field, largest) => {
  it.each([0, -1, 1.5, NaN, Infinity, largest + 1, '8', undefined])('%s is refused', (value) => {
    const error = refused({ [field]: value });
    expect(error).toMatchObject({ field, value });
    expect(error.message).toContain(`${field} is `);
    expect(error.message).toContain(`a whole number from 1 to ${largest}`);
  });

  it('may be as large as is said', () => {
    const change = field === 'kvHeads' ? { heads: largest } : { kvHeads: 1 };
    const { shape: accepted } = createProblem({ ...shape, ...change, [field]: largest });
    expect(accepted).toMatchObject({ [field]: largest });
  });
});

it.each([5, 8, 24])('12 heads cannot share %d key heads', (kvHeads) => {
  const error = refused({ kvHeads });
  expect(error).toMatchObject({ field: 'kvHeads', value: kvHeads });
  expect(error.message).toContain('a divisor of heads, which is 12');
});

it.each([
  ['scale', NaN, 'a finite number, at most 2^126 in size'],
  ['scale', Infinity, 'a finite number, at most 2^126 in size'],
  ['softcap', 0, 'a finite number above 0, 2^-126 to 2^126'],
  ['softcap', -5, 'a finite number above 0, 2^-126 to 2^126'],
  ['softcap', NaN, 'a finite number above 0, 2^-126 to 2^126'],
  ['softcap', 1e39, 'a finite number above 0, 2^-126 to 2^126'],
  ['softcap', 1e-39, 'a finite number above 0, 2^-126 to 2^126'],
  ['scale', 1e39, 'a finite number, at most 2^126 in size'],
  ['softcap', Infinity, 'a finite number above 0, 2^-126 to 2^126'],
  ['layout', 'sbhd', "'bhsd' or 'bshd'"],
  ['scale', -Infinity, 'a finite number, at most 2^126 in size'],
  ['type', 'f64', "'f32' or 'f16'"],
])('%s %s is refused', (field, value, allowed) => {
  const error = refused({}, { [field]: value });
  expect(error).toMatchObject({ field, value, allowed });
  expect(error.message).toContain(allowed);
});

it('a layout that there is not is refused for any operand', () => {
  for (const operand of ['query', 'key', 'value', 'output']) {
    const error = refused({}, { layout: { [operand]: 'sbhd' } });
    expect(error).toMatchObject({ field: 'layout', value: 'sbhd', allowed: "'bhsd' or 'bshd'" });
  }
});

it('writes text, lists and numbers each as they are', () => {
  expect(new InputError('a', 'x"', 'y').message).toBe('a is "x\\""; allowed: y.');
  expect(new InputError('a', [1, 2], 'y').message).toBe('a is [1, 2]; allowed: y.');
  expect(new InputError('a', -0.5, 'y').message).toBe('a is -0.5; allowed: y.');
});

describe('defaults', () => {
  it('scale by 1/√D, as the operator does', () => {
    expect(createProblem({ ...shape, headSize: 64 }).scale).toBe(0.125);
    expect(createProblem(shape, { scale: 0 }).scale).toBe(0);
  });

  it('mask nothing, change no score, and put heads before rows', () => {
    const problem = createProblem(shape);
    expect(problem).toMatchObject({
      mask: undefined,
      scoreModifiers: [],
      sinks: undefined,
      type: 'f32',
      strides: operandStrides(shape, 'bhsd'),
    });
    expect(createProblem(shape, { softcap: undefined }).scoreModifiers).toEqual([]);
  });
});
