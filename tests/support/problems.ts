import { assert } from 'vitest';
import { attention, type AttentionInputs } from '../../src/attention/attention';
import { fastAttention } from '../../src/attention/cpu/fast/fast-attention';
import { findKernel } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import { elementCounts, type Shape, dimensions, layoutOf } from '../../src/attention/layout';
import { type ProblemOptions, createProblem } from '../../src/attention/problem';
import { type Operands, reference } from '../../src/attention/reference';
import { createTensor } from '../../src/attention/tensor';
import { compare, type Comparison } from '../../src/numeric/compare';
import { type ElementType, roundToFloat16 } from '../../src/numeric/float16';
import { type Distribution, fillRandom } from '../../src/numeric/random';
import type { ErrorModel } from '../../src/numeric/rounding';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';

export interface HostData {
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
}

export type Extents = Partial<Shape> & Pick<Shape, 'queryLength'>;

/** A small shape with the usual defaults. */
export function shapeOf(extents: Extents): Shape {
  const { heads = 1, queryLength, headSize = 16 } = extents;
  return {
    batch: 1,
    heads,
    kvHeads: heads,
    keyLength: queryLength,
    headSize,
    valueSize: headSize,
    ...extents,
  };
}

export function randomData(
  shape: Shape,
  seed = 1,
  distribution: Distribution = 'normal',
): HostData {
  const counts = elementCounts(shape);
  const make = (count: number, stream: number) =>
    fillRandom(new Float32Array(count), { seed, stream, distribution });
  return { query: make(counts.query, 0), key: make(counts.key, 1), value: make(counts.value, 2) };
}

export interface Outcome {
  readonly output: Float32Array;
  readonly logSumExp: Float32Array;
}

export type Options = ProblemOptions & Pick<AttentionInputs, 'kernel' | 'signal' | 'onProgress'>;

/** The type that a kernel is checked in where a check names none: float32, unless it takes none. */
export function defaultTypeFor({ unsupported }: Pick<Kernel, 'unsupported'>): ElementType {
  return unsupported?.(createProblem(shapeOf({ queryLength: 1 }))) ? 'f16' : 'f32';
}

/** Whether a kernel takes a problem, in the type that it is checked in. */
export const accepts = (kernel: Kernel, extents: Extents, options: Options = {}): boolean =>
  !kernel.unsupported?.(
    createProblem(shapeOf(extents), { type: defaultTypeFor(kernel), ...options }),
  );

/** Whether a kernel takes few queries only. */
export const isDecodeKernel = (kernel: Kernel): boolean => !accepts(kernel, { queryLength: 100 });

/** Options as they go without saying for a kernel. */
export function withDefaultType(options: Options): Options & { readonly type: ElementType } {
  const kernel = options.kernel === undefined ? undefined : findKernel(options.kernel);
  return { ...options, type: options.type ?? (kernel ? defaultTypeFor(kernel) : 'f32') };
}

/** What the GPU is given: in float16 the values are rounded. */
export function roundedTo<Data extends Operands>(data: Data, type: ElementType): Data {
  if (type === 'f32') return data;
  const round = (values: ArrayLike<number>) => Float32Array.from(values, roundToFloat16);
  return { ...data, query: round(data.query), key: round(data.key), value: round(data.value) };
}

/** The fast CPU path goes through the kernels' checks by this name; it needs no GPU. */
export const FAST_CPU = 'cpu-simd';

/** Computes on the GPU, or as `FAST_CPU`, and reads the results back; leaves no buffer behind. */
export async function compute(
  gpu: Gpu,
  shape: Shape,
  data: HostData,
  options: Options = {},
): Promise<Outcome> {
  if (options.kernel === FAST_CPU) return fastAttention(createProblem(shape, options), data);
  const { type } = withDefaultType(options);
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  const layout = layoutOf(options.layout, 'query');
  const owned = new Cleanup();
  const make = async (length: number, count: number, size: number, values: Float32Array) =>
    owned.add(
      await createTensor(gpu, dimensions(layout, batch, count, length, size), values, {
        type,
      }),
    );
  try {
    const result = await attention(gpu, {
      query: await make(queryLength, heads, headSize, data.query),
      key: await make(keyLength, kvHeads, headSize, data.key),
      value: await make(keyLength, kvHeads, valueSize, data.value),
      logSumExp: true,
      ...options,
    });
    owned.add(result.output);
    owned.add(result.logSumExp!);
    return { output: await result.output.read(), logSumExp: await result.logSumExp!.read() };
  } finally {
    owned.destroy();
  }
}

export interface ReferenceComparison {
  readonly output: Comparison;
  readonly logSumExp: Comparison;
}

/** Compares with the float64 reference; outputs are put in the reference's order of rows first. */
export function compareToReference(
  shape: Shape,
  data: Operands,
  got: Outcome,
  options: Options = {},
  model: ErrorModel = 'random',
): ReferenceComparison {
  const problem = createProblem(shape, withDefaultType(options));
  const want = reference(problem, roundedTo(data, problem.type), { model });
  const output =
    layoutOf(options.layout, 'output') === 'bhsd' ? got.output : headsFirst(shape, got.output);
  return {
    output: compare(output, want.output, want.outputBound),
    logSumExp: compare(got.logSumExp, want.logSumExp, want.logSumExpBound),
  };
}

function headsFirst({ batch, heads, queryLength, valueSize }: Shape, values: Float32Array) {
  const result = new Float32Array(values.length);
  let target = 0;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let s = 0; s < queryLength; s++, target += valueSize) {
        const start = ((b * queryLength + s) * heads + h) * valueSize;
        result.set(values.subarray(start, start + valueSize), target);
      }
    }
  }
  return result;
}

/** Computes, compares, and throws unless both outputs are within their bounds. */
export async function expectMatchesReference(
  gpu: Gpu,
  extents: Extents,
  options: Options = {},
  data?: HostData,
  model?: ErrorModel,
): Promise<ReferenceComparison> {
  const shape = shapeOf(extents);
  const operands = data ?? randomData(shape);
  const got = await compute(gpu, shape, operands, options);
  const judgement = compareToReference(shape, operands, got, options, model);
  for (const [name, result] of Object.entries(judgement)) {
    assert(
      result.passed,
      `${options.kernel} ${name} ${JSON.stringify(extents)}: error ${result.maxError} is ` +
        `${result.errorOverBound} times its bound at index ${result.worst}`,
    );
  }
  return judgement;
}
