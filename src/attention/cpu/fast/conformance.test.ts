import { describe, expect, it } from 'vitest';
import {
  type StoredCase,
  compareOutput,
  decode,
  stored,
} from '../../../../tests/checks/conformance';
import { readMasking } from '../../onnx/inputs';
import { createProblem } from '../../problem';
import { fastAttention } from './fast-attention';

type StoredTensor = NonNullable<StoredCase['inputs'][string]>;

/** A tensor as (B, heads, length, size), whichever rank it is stored in. */
function toFour(tensor: StoredTensor, heads: number | undefined) {
  const values = decode(tensor);
  if (tensor.dims.length === 4) return { dims: tensor.dims, values };
  const [batch, length, hidden] = tensor.dims;
  const size = hidden / heads!;
  const result = new Float32Array(values.length);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads!; h++) {
      for (let s = 0; s < length; s++) {
        const from = (b * length + s) * hidden + h * size;
        result.set(values.subarray(from, from + size), ((b * heads! + h) * length + s) * size);
      }
    }
  }
  return { dims: [batch, heads!, length, size], values: result };
}

/** A cache and what is added to it, joined along the sequence. */
function join(past: StoredTensor | undefined, added: ReturnType<typeof toFour>) {
  if (!past) return added;
  const [batch, heads, length, size] = added.dims;
  const pastLength = past.dims[2];
  const pastValues = decode(past);
  const values = new Float32Array(pastValues.length + added.values.length);
  for (let i = 0; i < batch * heads; i++) {
    const at = i * (pastLength + length) * size;
    values.set(pastValues.subarray(i * pastLength * size, (i + 1) * pastLength * size), at);
    const row = added.values.subarray(i * length * size, (i + 1) * length * size);
    values.set(row, at + pastLength * size);
  }
  return { dims: [batch, heads, pastLength + length, size], values };
}

async function compute({ attrs, inputs }: StoredCase): Promise<Float32Array> {
  const query = toFour(inputs.Q!, attrs.q_num_heads);
  const key = join(inputs.past_key, toFour(inputs.K!, attrs.kv_num_heads));
  const value = join(inputs.past_value, toFour(inputs.V!, attrs.kv_num_heads));
  const [batch, heads, queryLength, headSize] = query.dims;
  const mask = inputs.attn_mask;
  const masking = readMasking(
    {
      attn_mask: mask && {
        dims: mask.dims,
        type: mask.dtype === 'bool' ? 'bool' : 'float',
        values: decode(mask),
      },
      past_key: inputs.past_key,
      nonpad_kv_seqlen: inputs.nonpad_kv_seqlen && [...decode(inputs.nonpad_kv_seqlen)],
    },
    attrs,
    {
      batch,
      queryLength,
      keyLength: inputs.K!.dims[inputs.K!.dims.length - 2],
      pastLength: inputs.past_key?.dims[2] ?? 0,
    },
  );
  const shape = {
    batch,
    heads,
    kvHeads: key.dims[1],
    queryLength,
    keyLength: key.dims[2],
    headSize,
    valueSize: value.dims[3],
  };
  const problem = createProblem(shape, {
    ...masking,
    scale: attrs.scale,
    softcap: attrs.softcap || undefined,
    layout: { output: inputs.Q!.dims.length === 3 ? 'bshd' : 'bhsd' },
  });
  const operands = { query: query.values, key: key.values, value: value.values };
  return (await fastAttention(problem, operands)).output;
}

describe('conformance', () => {
  it('has files', () => expect(Object.keys(stored).length).toBeGreaterThan(60));

  it.each(Object.values(stored).map((one) => [one.name, one] as const))(
    '%s',
    async (_name, one) => {
      compareOutput('Y', one.outputs.Y!, await compute(one));
    },
  );
});
