import { assert } from 'vitest';
import type { OnnxAttributes } from '../../src/attention/onnx/operator';
import { decodeFloat16 } from '../../src/numeric/float16';

/** One stored case; see tests/conformance/onnx-attention/README.md. */
export interface StoredCase {
  readonly name: string;
  readonly attrs: OnnxAttributes;
  readonly inputs: Readonly<Record<string, StoredTensor | undefined>>;
  readonly outputs: Readonly<Record<string, StoredTensor | undefined>>;
}

export interface StoredTensor {
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

export function compareOutput(name: string, tensor: StoredTensor, got: Float32Array): void {
  const want = decode(tensor);
  assert(got.length === want.length, `${name} has ${got.length} values, not ${want.length}`);
  const finite = want.filter(Number.isFinite).map(Math.abs);
  const tolerance = TOLERANCE[tensor.dtype] * Math.max(1, ...finite);
  want.forEach((value, i) => {
    const same = value === got[i] || Math.abs(value - got[i]) <= tolerance;
    assert(same, `${name}[${i}] is ${got[i]}, should be ${value} within ${tolerance}`);
  });
}
