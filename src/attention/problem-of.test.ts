import { describe, expect, it } from 'vitest';
import type { Gpu } from '../webgpu/device';
import { type AttentionInputs, problemOf } from './attention';
import { InputError } from './input-error';
import { operandStrides } from './layout';
import { tensorBias } from './modifiers/tensor-mask';
import { type Tensor, createTensor } from './tensor';

const tensor = (...shape: number[]) => ({ shape, type: 'f32' }) as unknown as Tensor;

const inputs = (changes: Partial<AttentionInputs> = {}): AttentionInputs => ({
  query: tensor(2, 6, 5, 4),
  key: tensor(2, 3, 7, 4),
  value: tensor(2, 3, 7, 9),
  ...changes,
});

const SHAPE = {
  batch: 2,
  heads: 6,
  kvHeads: 3,
  queryLength: 5,
  keyLength: 7,
  headSize: 4,
  valueSize: 9,
};

describe('tensors', () => {
  it('tell the extents, in both layouts', () => {
    expect(problemOf(inputs()).shape).toEqual(SHAPE);
    const rowsFirst = inputs({
      layout: 'bshd',
      query: tensor(2, 5, 6, 4),
      key: tensor(2, 7, 3, 4),
      value: tensor(2, 7, 3, 9),
    });
    expect(problemOf(rowsFirst)).toMatchObject({
      shape: SHAPE,
      strides: operandStrides(SHAPE, 'bshd'),
    });
  });

  it('may each have a layout of their own', () => {
    const mixed = inputs({ layout: { key: 'bshd' }, key: tensor(2, 7, 3, 4) });
    expect(problemOf(mixed)).toMatchObject({
      shape: SHAPE,
      strides: operandStrides(SHAPE, { key: 'bshd' }),
    });
  });

  it.each<[string, Partial<AttentionInputs>, unknown, unknown]>([
    ['value type', { value: { ...tensor(2, 3, 7, 9), type: 'f16' } }, '"f16"', 'f32'],
    ['key batch', { key: tensor(1, 3, 7, 4) }, 1, 2],
    ['value batch', { value: tensor(3, 3, 7, 9) }, 3, 2],
    ['value heads', { value: tensor(2, 6, 7, 9) }, 6, 3],
    ['value length', { value: tensor(2, 3, 8, 9) }, 8, 7],
    ['key row size', { key: tensor(2, 3, 7, 5) }, 5, 4],
  ])('that disagree are named: %s', (field, change, got, want) => {
    expect(() => problemOf(inputs(change))).toThrow(
      `${field} is ${got}; allowed: ${want}, as in the others.`,
    );
  });

  it('need four extents', () => {
    expect(() => problemOf(inputs({ key: tensor(3, 7, 4) }))).toThrow(
      'key.shape is [3, 7, 4]; allowed: four extents, bhsd.',
    );
  });

  it('pass options on to the problem', () => {
    const bias = tensorBias([7], new Float32Array(7));
    const sinks = [1, 2, 3, 4, 5, 6];
    expect(problemOf(inputs({ scale: 2, softcap: 3, bias, sinks }))).toMatchObject({
      scale: 2,
      scoreModifiers: [{ name: 'softcap' }, { name: 'bias' }],
      mask: { name: 'bias_mask' },
      sinks: Float32Array.from(sinks),
    });
  });
});

describe('createTensor', () => {
  const untouched = { assertAlive: () => {} } as Gpu;

  it.each([[[-1, 4]], [[-2, -3]], [[2, 1.5]], [[NaN]]])('refuses %j', async (shape) => {
    const error = await createTensor(untouched, shape).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ field: 'shape', allowed: 'whole numbers from 0 on' });
  });

  it('refuses data that does not fill the shape', async () => {
    await expect(createTensor(untouched, [2, 3], new Float32Array(5))).rejects.toThrow(
      '"5 values"; allowed: 6 values for shape [2,3].',
    );
  });
});
