import { expect, it } from 'vitest';
import type { Gpu } from '../../webgpu/device';
import { InputError } from '../input-error';
import { type ScoreStage, scoreMap } from '../score-map';
import type { Tensor } from '../tensor';
import { type OnnxAttributes, type OnnxInputs, onnxAttention } from './operator';

/** All of this is said before any work: a GPU would be a surprise. */
const gpu = { assertAlive: () => {} } as Gpu;

const tensor = (shape: readonly number[], type = 'f32') =>
  ({ shape, type, buffer: { destroyed: false } }) as unknown as Tensor;
const destroyed = { ...tensor([2, 2, 7, 8]), buffer: { destroyed: true } } as Tensor;

const FOUR = { Q: tensor([2, 4, 5, 8]), K: tensor([2, 2, 7, 8]), V: tensor([2, 2, 7, 6]) };
const THREE = { Q: tensor([2, 5, 32]), K: tensor([2, 7, 16]), V: tensor([2, 7, 12]) };
const past = (key: readonly number[], value: readonly number[], type = 'f32') => ({
  past_key: tensor(key, type),
  past_value: tensor(value, type),
});

/** What a caller without types may pass. */
type Inputs = Partial<Record<keyof OnnxInputs, unknown>>;
type Attributes = Partial<Record<keyof OnnxAttributes, unknown>>;

const LENGTHS = '2 whole numbers, one per batch element, from 0 to 7';
const MODES = '0, 1, 2 or 3';
const PRECISIONS = '1, 10 or 16: WGSL has no float64';
const SIZES = 'a whole number from -1 on';
const CAPS = 'a finite number above 0, 2^-126 to 2^126';
const SCALES = 'a finite number, at most 2^126 in size';
const DIVIDES_32 = 'a whole number that divides 32, the last extent of Q';
const typed = (type: unknown) => ({
  attn_mask: { dims: [7], type, values: [1, 1, 1, 1, 1, 1, 1] },
});

it.each<[string, Inputs, Attributes, string, unknown, string]>([
  ['no query', { Q: undefined }, {}, 'Q', undefined, 'a tensor'],
  ['no value', { V: undefined }, {}, 'V', undefined, 'a tensor'],
  ['a destroyed key', { K: destroyed }, {}, 'K', 'destroyed', 'a tensor that is not'],
  ['two extents', { Q: tensor([5, 8]) }, {}, 'Q shape', [5, 8], '3 or 4 extents above 0'],
  ['other extents', { K: tensor([2, 7, 16]) }, {}, 'K shape', [2, 7, 16], '4 extents above 0'],
  ['nothing new', { K: tensor([2, 2, 0, 8]) }, {}, 'K shape', [2, 2, 0, 8], '4 extents above 0'],
  ['other heads', {}, { q_num_heads: 3 }, 'q_num_heads', 3, '4, as Q has, or nothing'],
  ['other key heads', {}, { kv_num_heads: 4 }, 'kv_num_heads', 4, '2, as K has, or nothing'],
  ['unknown heads', THREE, {}, 'q_num_heads', undefined, DIVIDES_32],
  ['half a head', THREE, { q_num_heads: 1.5 }, 'q_num_heads', 1.5, DIVIDES_32],
  ['heads below 0', THREE, { q_num_heads: -2 }, 'q_num_heads', -2, DIVIDES_32],
  ['no head', THREE, { q_num_heads: 0 }, 'q_num_heads', 0, DIVIDES_32],
  [
    'value heads',
    { ...THREE, V: tensor([2, 7, 9]) },
    { q_num_heads: 4, kv_num_heads: 2 },
    'kv_num_heads',
    2,
    'a whole number that divides 9, the last extent of V',
  ],
  [
    'past_key alone',
    { past_key: tensor([2, 2, 3, 8]) },
    {},
    'past_value',
    undefined,
    'a tensor, as past_key is given',
  ],
  [
    'past_value alone',
    { past_value: tensor([2, 2, 3, 6]) },
    {},
    'past_key',
    undefined,
    'a tensor, as past_value is given',
  ],
  [
    'caches of two lengths',
    past([2, 2, 3, 8], [2, 2, 4, 6]),
    {},
    'past_value length',
    4,
    '3, as of past_key',
  ],
  [
    'a cache for another batch',
    past([1, 2, 3, 8], [1, 2, 3, 6]),
    {},
    'past_key shape',
    [1, 2, 3, 8],
    '2, 2, any length, 8',
  ],
  [
    'a cache of another type',
    past([2, 2, 3, 8], [2, 2, 3, 6], 'f16'),
    {},
    'past_key type',
    'f16',
    "'f32', as of the new rows",
  ],
  [
    'a mask of another type',
    typed('float32'),
    {},
    'attn_mask type',
    'float32',
    "'bool' or 'float'",
  ],
  ['a mask of no type', typed(undefined), {}, 'attn_mask type', undefined, "'bool' or 'float'"],
  ['one length for all', { nonpad_kv_seqlen: 7 }, {}, 'nonpad_kv_seqlen', 7, LENGTHS],
  ['no lengths', { nonpad_kv_seqlen: null }, {}, 'nonpad_kv_seqlen', null, LENGTHS],
  ['too few lengths', { nonpad_kv_seqlen: [7] }, {}, 'nonpad_kv_seqlen', [7], LENGTHS],
  ['a length below 0', { nonpad_kv_seqlen: [-1, 7] }, {}, 'nonpad_kv_seqlen', [-1, 7], LENGTHS],
  [
    'a length too long',
    { nonpad_kv_seqlen: [7n, 8n] },
    { is_causal: 1 },
    'nonpad_kv_seqlen',
    [7n, 8n],
    LENGTHS,
  ],
  [
    'lengths and a cache',
    { ...past([2, 2, 3, 8], [2, 2, 3, 6]), nonpad_kv_seqlen: [7, 7] },
    {},
    'nonpad_kv_seqlen',
    [7, 7],
    'nothing together with past_key',
  ],
  ['no such mode', {}, { qk_matmul_output_mode: 4 }, 'qk_matmul_output_mode', 4, MODES],
  ['half a mode', {}, { qk_matmul_output_mode: 1.5 }, 'qk_matmul_output_mode', 1.5, MODES],
  ['a mode as text', {}, { qk_matmul_output_mode: '2' }, 'qk_matmul_output_mode', '2', MODES],
  ['float64', {}, { softmax_precision: 11 }, 'softmax_precision', 11, PRECISIONS],
  ['int64', {}, { softmax_precision: 7 }, 'softmax_precision', 7, PRECISIONS],
  ['no bound twice', {}, { left_window_size: -2 }, 'left_window_size', -2, SIZES],
  ['half a key', {}, { right_window_size: 0.5 }, 'right_window_size', 0.5, SIZES],
  ['a window as a bigint', {}, { right_window_size: 5n }, 'right_window_size', 5n, SIZES],
  ['a cap below 0', {}, { softcap: -1 }, 'softcap', -1, CAPS],
  ['a cap that is none', {}, { softcap: NaN }, 'softcap', NaN, CAPS],
  ['a scale beyond float32', {}, { scale: 1e39 }, 'scale', 1e39, SCALES],
])('%s', async (_name, inputs, attributes, field, value, allowed) => {
  const all = { ...FOUR, ...inputs } as OnnxInputs;
  const error: unknown = await onnxAttention(gpu, all, attributes as OnnxAttributes).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ field, value, allowed });
});

it('a map of a stage that there is not is refused', async () => {
  const inputs = { query: FOUR.Q, key: FOUR.K, value: FOUR.V, stage: 'masks' as ScoreStage };
  await expect(scoreMap(gpu, inputs)).rejects.toThrow(
    `stage is "masks"; allowed: 'scaled', 'capped', 'masked', 'weights'.`,
  );
});

it('messages show bigints as such, and of long lists only the beginning', () => {
  expect(new InputError('a', 5n, 'y').message).toBe('a is 5n; allowed: y.');
  expect(new InputError('a', BigInt64Array.of(1n, 2n), 'y').message).toContain('a is [1, 2];');
  const long = Array.from({ length: 1000 }, (_, i) => i);
  expect(new InputError('a', long, 'y').message).toContain('18, 19, … 1000 in all];');
});
