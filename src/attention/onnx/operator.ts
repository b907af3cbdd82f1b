import { destroyOnError } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { attention, problemOf } from '../attention';
import { concatenate } from '../concatenate';
import { InputError } from '../input-error';
import { SCORE_STAGES, type ScoreStage, scoreMap } from '../score-map';
import {
  readMasking,
  joinedShape,
  readOperands,
  withRank,
  type OnnxAttributes,
  type OnnxInputs,
  type OnnxOptions,
  type OnnxOutputs,
} from './inputs';

export type { OnnxAttributes, OnnxInputs, OnnxMask, OnnxOptions, OnnxOutputs } from './inputs';

/** ONNX numbers of float32, float16 and bfloat16. */
const PRECISIONS: readonly unknown[] = [1, 10, 16];

/**
 * The ONNX operator `Attention`. 3-D inputs are read by strides; caches and `present` outputs are
 * 4-D. All outputs are yours to destroy.
 * @throws InputError for incompatible inputs; what `attention` throws.
 */
export async function onnxAttention(
  gpu: Gpu,
  inputs: OnnxInputs,
  attributes: OnnxAttributes = {},
  options: OnnxOptions = {},
): Promise<OnnxOutputs> {
  gpu.assertAlive();
  options.signal?.throwIfAborted();
  const operands = readOperands(inputs, attributes);
  const { query, key, value, pastKey, pastValue } = operands;
  const stage = stageOf(attributes);
  assertPrecision(attributes);
  const settings = {
    scale: attributes.scale,
    softcap: attributes.softcap === 0 ? undefined : attributes.softcap,
    ...readMasking(inputs, attributes, {
      batch: query.tensor.shape[0],
      queryLength: query.length,
      keyLength: key.length,
      pastLength: operands.pastLength,
    }),
    layout: { query: query.layout, output: query.layout },
    signal: options.signal,
  };
  // Report every error before any work: shapes are enough to check a problem.
  const [presentKey, presentValue] = [key, value].map((added) => joinedShape(added, operands));
  problemOf({ query: query.tensor, key: presentKey, value: presentValue, ...settings });
  return destroyOnError(async (owned) => {
    const present_key = owned.add(await concatenate(gpu, pastKey, key.tensor, key.layout));
    const present_value = owned.add(await concatenate(gpu, pastValue, value.tensor, value.layout));
    const common = { query: query.tensor, key: present_key, value: present_value, ...settings };
    const { output } = await attention(gpu, { ...common, kernel: options.kernel });
    const Y = owned.add(withRank(output, inputs.Q.shape.length));
    const qk_matmul_output = options.wantScores
      ? owned.add(await scoreMap(gpu, { ...common, stage }))
      : undefined;
    return { Y, present_key, present_value, qk_matmul_output };
  });
}

/** Modes are numbered in the order of the stages. */
function stageOf({ qk_matmul_output_mode: mode = 0 }: OnnxAttributes): ScoreStage {
  const stage = typeof mode === 'number' ? SCORE_STAGES[mode] : undefined;
  if (!stage) throw new InputError('qk_matmul_output_mode', mode, '0, 1, 2 or 3');
  return stage;
}

function assertPrecision({ softmax_precision: precision }: OnnxAttributes): void {
  if (precision === undefined || PRECISIONS.includes(precision)) return;
  throw new InputError('softmax_precision', precision, '1, 10 or 16: WGSL has no float64');
}
