import type { WorkOptions } from '../async/abort';
import type { ElementType } from '../numeric/float16';
import type { Gpu } from '../webgpu/device';
import { destroyOnError } from '../webgpu/buffers';
import { InputError } from './input-error';
import { runExecution } from './kernels/passes';
import { type Layout, dimensions, extentsOf, layoutOf } from './layout';
import { type Plan, planAttention } from './plan';
import { type Problem, type ProblemOptions, createProblem } from './problem';
import { type Tensor, assertUsable, createTensor } from './tensor';
import { tuningOf } from './tuning/choices';

export interface AttentionInputs extends Omit<ProblemOptions, 'type'>, WorkOptions {
  /** (B, H, S, D), or (B, S, H, D) with layout 'bshd'. */
  readonly query: Tensor;
  /** (B, G, L, D) or (B, L, G, D); H is a multiple of G. */
  readonly key: Tensor;
  /** (B, G, L, E) or (B, L, G, E). */
  readonly value: Tensor;
  /** Also return each row's log-sum-exp. */
  readonly logSumExp?: boolean;
  /** Kernel to use; by default the plan chooses. */
  readonly kernel?: string;
}

export interface AttentionResult {
  /** (B, H, S, E) or (B, S, H, E). Yours to destroy. */
  readonly output: Tensor;
  /** (B, H, S), natural logarithm; −∞ for a row with no visible key. */
  readonly logSumExp?: Tensor;
  readonly plan: Plan;
}

/**
 * softmax(scale · Q Kᵀ + mask) V on the GPU; resolves when it is done.
 * @throws InputError for incompatible inputs; LimitError if they do not fit the device; OutOfMemoryError;
 * DeviceLostError; the signal's reason when aborted.
 */
export async function attention(gpu: Gpu, inputs: AttentionInputs): Promise<AttentionResult> {
  gpu.assertAlive();
  inputs.signal?.throwIfAborted();
  for (const name of ['query', 'key', 'value'] as const) assertUsable(name, inputs[name]);
  const problem = problemOf(inputs);
  const plan = planAttention(problem, gpu, inputs.kernel, tuningOf(gpu));
  const { batch, heads, queryLength, valueSize } = problem.shape;
  return destroyOnError(async (owned) => {
    const layout = layoutOf(inputs.layout, 'output');
    const make = async (shape: readonly number[], label: string, type?: ElementType) =>
      owned.add(await createTensor(gpu, shape, undefined, { label, type }));
    const outputShape = dimensions(layout, batch, heads, queryLength, valueSize);
    const output = await make(outputShape, 'output', problem.type);
    const logSumExp = inputs.logSumExp
      ? await make([batch, heads, queryLength], 'log-sum-exp')
      : undefined;
    const execution = await plan.kernel.prepare(gpu, problem, {
      query: inputs.query.buffer,
      key: inputs.key.buffer,
      value: inputs.value.buffer,
      output: output.buffer,
      logSumExp: logSumExp?.buffer,
    });
    await runExecution(gpu, execution, inputs);
    return { output, logSumExp, plan };
  });
}

/** Derives the problem from the tensors' shapes. @throws InputError if they disagree. */
export function problemOf(inputs: Omit<AttentionInputs, 'kernel'>): Problem {
  const [query, key, value] = (['query', 'key', 'value'] as const).map((operand) =>
    extents(operand, inputs[operand], layoutOf(inputs.layout, operand)),
  );
  agree('key', 'batch', key.batch, query.batch);
  agree('value', 'batch', value.batch, query.batch);
  agree('value', 'heads', value.heads, key.heads);
  agree('value', 'length', value.length, key.length);
  agree('key', 'row size', key.size, query.size);
  const { type } = inputs.query;
  agree('key', 'type', inputs.key.type, type);
  agree('value', 'type', inputs.value.type, type);
  const shape = {
    batch: query.batch,
    heads: query.heads,
    kvHeads: key.heads,
    queryLength: query.length,
    keyLength: key.length,
    headSize: query.size,
    valueSize: value.size,
  };
  return createProblem(shape, { ...inputs, type });
}

function extents(name: string, { shape }: Tensor, layout: Layout) {
  if (shape.length !== 4) throw new InputError(`${name}.shape`, shape, `four extents, ${layout}`);
  return extentsOf(shape, layout);
}

function agree<T>(operand: string, what: string, got: T, want: T): void {
  if (got !== want) throw new InputError(`${operand} ${what}`, got, `${want}, as in the others`);
}
