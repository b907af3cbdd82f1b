import { crc32, deflateRawSync } from 'node:zlib';

/** Writers of their own, by the formats' descriptions, so that reader and writer cannot be wrong alike. */

export function npyFile(
  descr: string,
  shape: readonly number[],
  values: Uint8Array,
  { fortran = false, version = 1 } = {},
): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const order = fortran ? 'True' : 'False';
  let header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${tuple}, }`;
  const first = version === 1 ? 10 : 12;
  while ((first + header.length + 1) % 64 !== 0) header += ' ';
  const text = Buffer.from(`${header}\n`, 'latin1');
  const length = Buffer.alloc(first - 8);
  if (version === 1) length.writeUInt16LE(text.length);
  else length.writeUInt32LE(text.length);
  const start = Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.from([version, 0])]);
  return new Uint8Array(Buffer.concat([start, length, text, values]));
}

/** `bytes` for each number, by a DataView's own setter. */
export function pack(
  values: readonly number[],
  setter:
    | 'Float32'
    | 'Float64'
    | 'Int8'
    | 'Int16'
    | 'Int32'
    | 'Uint8'
    | 'Uint16'
    | 'Uint32'
    | 'BigInt64'
    | 'BigUint64',
  little = true,
): Uint8Array {
  const size = Number(/\d+/.exec(setter)![0]) / 8;
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, i) => {
    if (setter === 'BigInt64' || setter === 'BigUint64') {
      view[`set${setter}`](i * size, BigInt(value), little);
    } else view[`set${setter}`](i * size, value, little);
  });
  return new Uint8Array(view.buffer);
}

export function zipFile(
  entries: readonly { name: string; bytes: Uint8Array; deflate?: boolean }[],
): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, deflate } of entries) {
    const data = deflate ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(deflate ? 8 : 0, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    // As NumPy writes them: a field of its own in the local header.
    const extra = Buffer.alloc(20, 1);
    const local = Buffer.from(common);
    local.writeUInt16LE(extra.length, 24);
    parts.push(Buffer.from([0x50, 0x4b, 3, 4]), local, Buffer.from(name), extra, data);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, Buffer.from(name));
    at += 4 + 26 + Buffer.byteLength(name) + extra.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

export function safetensorsFile(
  tensors: readonly { name: string; dtype: string; shape: readonly number[]; bytes: Uint8Array }[],
  change: (header: Record<string, unknown>) => unknown = (header) => header,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let at = 0;
  for (const { name, dtype, shape, bytes } of tensors) {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(change(header)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return new Uint8Array(Buffer.concat([length, text, ...tensors.map(({ bytes }) => bytes)]));
}

export const float32 = (values: readonly number[]): Uint8Array => pack(values, 'Float32');
