import { InputError } from '../../attention/input-error';

const MAGIC = [0x93, ...[...'NUMPY'].map((c) => c.charCodeAt(0)), 1, 0];
/** Values begin at a multiple of this, as readers that map files into memory want them to. */
const ALIGNMENT = 64;

/**
 * A .npy file, version 1.0, of float32 ("<f4") in row-major order.
 * @throws InputError where values and shape disagree.
 */
export function toNpy(values: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (values.length !== count) {
    throw new InputError('values', `${values.length} values`, `${count} for shape [${shape}]`);
  }
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const before = MAGIC.length + 2;
  const start = Math.ceil((before + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = `${dictionary.padEnd(start - before - 1)}\n`;
  const bytes = new Uint8Array(start + 4 * values.length);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  view.setUint16(MAGIC.length, header.length, true);
  for (let i = 0; i < header.length; i++) bytes[before + i] = header.charCodeAt(i);
  for (let i = 0; i < values.length; i++) view.setFloat32(start + 4 * i, values[i], true);
  return bytes;
}
