import { assert, describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import { type OnnxMask, onnxAttention } from '../../src/attention/onnx/operator';
import { type Tensor, createTensor } from '../../src/attention/tensor';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { accepts } from '../support/problems';
import {
  compareOutput,
  decode,
  stored,
  type StoredCase,
  type StoredTensor,
} from '../checks/conformance';
import { test, thrownBy } from '../support/gpu';

function toTensor(gpu: Gpu, tensor: StoredTensor): Promise<Tensor> {
  const type = tensor.dtype === 'float16' ? 'f16' : 'f32';
  return createTensor(gpu, tensor.dims, decode(tensor), { type });
}

async function runCase(gpu: Gpu, { attrs, inputs, outputs }: StoredCase, kernel: string) {
  const owned = new Cleanup();
  try {
    const onGpu = async (name: string) =>
      inputs[name] && owned.add(await toTensor(gpu, inputs[name]!));
    const mask = inputs.attn_mask;
    const attn_mask: OnnxMask | undefined = mask && {
      dims: mask.dims,
      type: mask.dtype === 'bool' ? 'bool' : 'float',
      values: decode(mask),
    };
    const lengths = inputs.nonpad_kv_seqlen && [...decode(inputs.nonpad_kv_seqlen)];
    const results = await onnxAttention(
      gpu,
      {
        Q: (await onGpu('Q'))!,
        K: (await onGpu('K'))!,
        V: (await onGpu('V'))!,
        past_key: await onGpu('past_key'),
        past_value: await onGpu('past_value'),
        attn_mask,
        nonpad_kv_seqlen: lengths,
      },
      attrs,
      { kernel, wantScores: outputs.qk_matmul_output !== undefined },
    );
    const tensors = Object.values(results).filter((tensor) => tensor !== undefined);
    for (const tensor of tensors) owned.add(tensor);
    for (const [name, want] of Object.entries(outputs)) {
      const result = results[name as keyof typeof results]!;
      const [shape, dims] = [result.shape.join(), want!.dims.join()];
      assert(shape === dims, `${name} is [${shape}], should be [${dims}]`);
      compareOutput(name, want!, await result.read());
    }
  } finally {
    owned.destroy();
  }
}

/** Queries of a case: rows of a 4-D tensor, or the middle extent of a 3-D one. */
const queriesOf = ({ inputs }: StoredCase) => inputs.Q!.dims[inputs.Q!.dims.length - 2];

function supports(kernel: Kernel, one: StoredCase): boolean {
  const type = one.inputs.Q!.dtype === 'float16' ? 'f16' : 'f32';
  return accepts(kernel, { queryLength: queriesOf(one) }, { type });
}

describe(`conformance (${Object.keys(stored).length} files)`, () => {
  for (const one of Object.values(stored)) {
    for (const kernel of kernels) {
      if (!supports(kernel, one)) continue;
      test(`${kernel.name}: ${one.name}`, async ({ gpu }) => {
        if (one.inputs.Q!.dtype !== 'float16' || gpu.device.features.has('shader-f16')) {
          await runCase(gpu, one, kernel.name);
          return;
        }
        // Without float16 the one right answer is to say so.
        const error = await thrownBy(() => runCase(gpu, one, kernel.name));
        assert(/type is "f16".*no shader-f16/.test(error.message), error.message);
      });
    }
  }
});
