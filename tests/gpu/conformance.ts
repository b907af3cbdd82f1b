import { kernels } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import {
  type OnnxAttributes,
  type OnnxMask,
  onnxAttention,
} from '../../src/attention/onnx/operator';
import { type Tensor, createTensor } from '../../src/attention/tensor';
import { decodeFloat16 } from '../../src/numeric/float16';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { accepts } from '../support/problems';
import { type KernelCase, type KernelSuite, check, thrownBy } from '../support/suite';

/** One stored case; see tests/conformance/onnx-attention/README.md. */
export interface StoredCase {
  readonly name: string;
  readonly attrs: OnnxAttributes;
  readonly inputs: Readonly<Record<string, StoredTensor | undefined>>;
  readonly outputs: Readonly<Record<string, StoredTensor | undefined>>;
}

interface StoredTensor {
  readonly dtype: 'float32' | 'float16' | 'bool' | 'int64';
  readonly dims: readonly number[];
  readonly base64: string;
}

export const stored = import.meta.glob<StoredCase>('../conformance/**/*.json', {
  eager: true,
  import: 'default',
});

/** What a float32 kernel may be off, relative to the largest value; and one unit of a float16 output. */
const TOLERANCE: Readonly<Record<string, number>> = { float32: 1e-5, float16: 1e-3 };

export function decode({ dtype, base64 }: StoredTensor): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  switch (dtype) {
    case 'float32':
      return new Float32Array(bytes.buffer);
    case 'float16':
      return decodeFloat16(new Uint16Array(bytes.buffer));
    case 'bool':
      return Float32Array.from(bytes);
    case 'int64':
      return Float32Array.from(new BigInt64Array(bytes.buffer), Number);
  }
}

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
      check(shape === dims, `${name} is [${shape}], should be [${dims}]`);
      compareOutput(name, want!, await result.read());
    }
  } finally {
    owned.destroy();
  }
}

export function compareOutput(name: string, tensor: StoredTensor, got: Float32Array): void {
  const want = decode(tensor);
  check(got.length === want.length, `${name} has ${got.length} values, not ${want.length}`);
  const finite = want.filter(Number.isFinite).map(Math.abs);
  const tolerance = TOLERANCE[tensor.dtype] * Math.max(1, ...finite);
  want.forEach((value, i) => {
    const same = value === got[i] || Math.abs(value - got[i]) <= tolerance;
    check(same, `${name}[${i}] is ${got[i]}, should be ${value} within ${tolerance}`);
  });
}

/** Queries of a case: rows of a 4-D tensor, or the middle extent of a 3-D one. */
const queriesOf = ({ inputs }: StoredCase) => inputs.Q!.dims[inputs.Q!.dims.length - 2];

function supports(kernel: Kernel, stored: StoredCase): boolean {
  const type = stored.inputs.Q!.dtype === 'float16' ? 'f16' : 'f32';
  return accepts(kernel, { queryLength: queriesOf(stored) }, { type });
}

const cases = Object.values(stored).flatMap((one) =>
  kernels
    .filter((kernel) => supports(kernel, one))
    .map(({ name: kernel }): KernelCase => ({
      name: `${kernel}: ${one.name}`,
      async run(gpu) {
        if (one.inputs.Q!.dtype !== 'float16' || gpu.device.features.has('shader-f16')) {
          await runCase(gpu, one, kernel);
          return;
        }
        // Without float16 the one right answer is to say so.
        const error = await thrownBy(() => runCase(gpu, one, kernel));
        check(/type is "f16".*no shader-f16/.test(error.message), error.message);
      },
    })),
);

export const conformance: KernelSuite = {
  name: `conformance (${Object.keys(stored).length} files)`,
  cases,
};
