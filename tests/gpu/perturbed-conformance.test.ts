import { assert, describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { tensorBias } from '../../src/attention/modifiers/tensor-mask';
import {
  type OnnxAttributes,
  type OnnxMask,
  onnxAttention,
} from '../../src/attention/onnx/operator';
import { createProblem } from '../../src/attention/problem';
import { reference } from '../../src/attention/reference';
import { createTensor } from '../../src/attention/tensor';
import { fillRandom } from '../../src/numeric/random';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { type HostData, randomData, shapeOf, defaultTypeFor } from '../support/problems';
import { expectedScores, expectedWeights } from '../support/score-maps';
import { test } from '../support/gpu';

/** A case as the stored ones might have been, had other numbers been drawn. */
interface Kind {
  readonly name: string;
  readonly scale?: number;
  /** Another value for each that was drawn. */
  readonly operand?: (drawn: number) => number;
  /** Value added to a score; `draw` is uniform on (−1, 1). */
  readonly bias?: (draw: number, row: number, key: number) => number;
}

/** As for the stored cases: relative to the largest value. */
const TOLERANCE = 1e-5;
const LOWEST = -3.4028234663852886e38;
/** One shape, so that kinds share their shaders. */
const SHAPE = shapeOf({
  batch: 2,
  heads: 2,
  kvHeads: 1,
  queryLength: 30,
  keyLength: 70,
  headSize: 8,
});

const someAre = (bias: number) => (draw: number) => (draw < -0.2 ? bias : 0);
const rowsAre = (bias: number) => (draw: number, row: number) =>
  row % 7 === 3 ? bias : someAre(bias)(draw);
const rowsAreOrHidden = (bias: number) => (draw: number, row: number, key: number) =>
  row % 7 === 3 && key < 40 ? -Infinity : rowsAre(bias)(draw, row);

const KINDS: readonly Kind[] = [
  {
    // Scores of 10⁴ to 10⁵ that float32 holds exactly, as long as nothing rounds them first.
    name: 'whole numbers up to 191',
    operand: (drawn) => Math.round(191 * Math.tanh(drawn)),
  },
  {
    name: 'large scores that are equal',
    operand: (drawn) => 191 * Math.round(Math.tanh(drawn)),
  },
  {
    name: 'whole numbers and whole biases',
    scale: 0.25,
    operand: (drawn) => Math.round(100 * Math.tanh(drawn)),
    bias: (draw) => Math.round(191 * draw),
  },
  {
    name: 'one weight of 1 in every row',
    scale: 40,
    operand: (drawn) => Math.round(4 * drawn) / 4,
  },
  ...[LOWEST, -2.5e38, -1e30].flatMap((bias): Kind[] => [
    { name: `some biases of ${bias}`, bias: someAre(bias) },
    // Whatever such rows' scores are, they vanish beside the bias: the mean.
    { name: `whole rows of ${bias}`, bias: rowsAre(bias) },
    { name: `whole rows of ${bias} or −∞`, bias: rowsAreOrHidden(bias) },
  ]),
];

function maskOf({ bias }: Kind): OnnxMask | undefined {
  const { queryLength, keyLength } = SHAPE;
  if (!bias) return undefined;
  const draws = fillRandom(new Float32Array(queryLength * keyLength), {
    seed: 9,
    distribution: 'uniform',
  });
  const values = draws.map((draw, i) => bias(draw, Math.floor(i / keyLength), i % keyLength));
  return { dims: [queryLength, keyLength], type: 'float', values };
}

/** Heads within rows, as 3-D inputs have them: from (B, H, S, E) or back. */
function swapped(values: Float32Array, batch: number, outer: number, inner: number): Float32Array {
  const size = values.length / (batch * outer * inner);
  const result = new Float32Array(values.length);
  for (let row = 0; row < batch * outer * inner; row++) {
    const [b, o, i] = [
      Math.floor(row / (outer * inner)),
      Math.floor(row / inner) % outer,
      row % inner,
    ];
    result.set(values.subarray(row * size, (row + 1) * size), ((b * inner + i) * outer + o) * size);
  }
  return result;
}

/** Runs the operator on 3-D inputs; the output comes back as heads of rows. */
async function runOnnx(
  gpu: Gpu,
  data: HostData,
  attn_mask: OnnxMask | undefined,
  attributes: OnnxAttributes,
  kernel: string,
) {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = SHAPE;
  const owned = new Cleanup();
  const make = async (values: Float32Array, count: number, length: number, size: number) =>
    owned.add(
      await createTensor(gpu, [batch, length, count * size], swapped(values, batch, count, length)),
    );
  try {
    const inputs = {
      Q: await make(data.query, heads, queryLength, headSize),
      K: await make(data.key, kvHeads, keyLength, headSize),
      V: await make(data.value, kvHeads, keyLength, valueSize),
      attn_mask,
    };
    const options = { kernel, wantScores: true };
    const named = { ...attributes, q_num_heads: heads, kv_num_heads: kvHeads };
    const { Y, present_key, present_value, qk_matmul_output } = await onnxAttention(
      gpu,
      inputs,
      named,
      options,
    );
    for (const tensor of [Y, present_key, present_value, qk_matmul_output!]) owned.add(tensor);
    const dims = [batch, queryLength, heads * valueSize];
    assert(Y.shape.join() === dims.join(), `Y is [${Y.shape}], should be [${dims}]`);
    return {
      output: swapped(await Y.read(), batch, queryLength, heads),
      map: await qk_matmul_output!.read(),
    };
  } finally {
    owned.destroy();
  }
}

function expectClose(name: string, got: Float32Array, want: Float64Array) {
  const sizes = want.filter(Number.isFinite).map(Math.abs);
  const tolerance = TOLERANCE * sizes.reduce((largest, size) => Math.max(largest, size), 1);
  assert(got.length === want.length, `${name} has ${got.length} values, not ${want.length}`);
  want.forEach((value, i) => {
    const close = value === got[i] || Math.abs(value - got[i]) <= tolerance;
    assert(close, `${name}[${i}] is ${got[i]}, should be ${value} within ${tolerance}`);
  });
}

async function expectKindRight(gpu: Gpu, kind: Kind, kernel: string) {
  const data = randomData(SHAPE, 11);
  for (const values of Object.values(data) as Float32Array[]) {
    if (kind.operand) values.set(values.map(kind.operand));
  }
  const mask = maskOf(kind);
  const bias = mask && tensorBias(mask.dims, mask.values as Float32Array);
  const options = { scale: kind.scale, bias };
  const problem = createProblem(SHAPE, options);
  const output = reference(problem, data).output;
  const maps = [expectedScores(problem, data).values, expectedWeights(SHAPE, data, options).values];
  for (const [i, name] of ['masked scores', 'weights'].entries()) {
    const attributes = { scale: kind.scale, qk_matmul_output_mode: 2 + i };
    const got = await runOnnx(gpu, data, mask, attributes, kernel);
    expectClose('Y', got.output, output);
    expectClose(name, got.map, maps[i]);
  }
}

/** Inputs of kinds that were once computed wrongly: large scores above all, and shapes of 3-D outputs. */
describe('perturbed conformance', () => {
  // Their numbers have no place in float16: these kinds are for kernels that take float32.
  for (const kernel of kernels.filter((one) => defaultTypeFor(one) === 'f32')) {
    for (const kind of KINDS) {
      test(`${kernel.name}: ${kind.name}`, ({ gpu }) => expectKindRight(gpu, kind, kernel.name));
    }
  }
});
