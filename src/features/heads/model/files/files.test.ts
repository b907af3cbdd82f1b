import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  float32,
  npyFile,
  pack,
  safetensorsFile,
  zipFile,
} from '../../../../../tests/support/tensor-files';
import { toFloat16Bits } from '../../../../numeric/float16';
import { readTensorFile } from './read-file';
import { FileError } from './tensor-file';

fc.configureGlobal({ seed: 902 });

const values = [0, 1, -2, 100, 7, -128];
const halves = (little: boolean) => pack(values.map(toFloat16Bits), 'Uint16', little);
const readOne = (file: string, bytes: Uint8Array) => {
  const [tensor, ...others] = readTensorFile(file, bytes).tensors;
  expect(others).toEqual([]);
  return tensor;
};
const text = (bytes: string) => new Uint8Array(Buffer.from(bytes));

describe('.npy', () => {
  it.each([
    ['<f2', halves(true)],
    ['>f2', halves(false)],
    ['<f4', pack(values, 'Float32')],
    ['>f4', pack(values, 'Float32', false)],
    ['<f8', pack(values, 'Float64')],
    ['>f8', pack(values, 'Float64', false)],
    ['|i1', pack(values, 'Int8')],
    ['<i2', pack(values, 'Int16')],
    ['>i4', pack(values, 'Int32', false)],
    ['<i8', pack(values, 'BigInt64')],
    ['>i8', pack(values, 'BigInt64', false)],
  ])('reads %s', (descr, bytes) => {
    const tensor = readOne('folder/q.npy', npyFile(descr, [2, 3], bytes));
    expect(tensor).toMatchObject({ name: 'q', shape: [2, 3], type: descr });
    expect([...tensor.read()]).toEqual(values);
  });

  it.each([
    ['|u1', 'Uint8'],
    ['<u2', 'Uint16'],
    ['>u4', 'Uint32'],
    ['<u8', 'BigUint64'],
  ] as const)('reads %s', (descr, setter) => {
    const bytes = pack([0, 5, 255], setter, !descr.startsWith('>'));
    expect([...readOne('q.npy', npyFile(descr, [3], bytes)).read()]).toEqual([0, 5, 255]);
  });

  it.each([1, 2, 3])('reads version %i', (version) => {
    const tensor = readOne('q.npy', npyFile('<f4', [6], float32(values), { version }));
    expect([...tensor.read()]).toEqual(values);
  });

  it('turns Fortran order into rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }), (shape) => {
        const count = shape.reduce((a, b) => a * b, 1);
        // By definition: the value at (i, j, …) counts rows; it is stored where the first index runs fastest.
        const stored = Array.from({ length: count }, () => 0);
        for (let row = 0; row < count; row++) {
          let rest = row;
          const index = shape.map(() => 0);
          for (let d = shape.length - 1; d >= 0; d--) {
            index[d] = rest % shape[d];
            rest = Math.floor(rest / shape[d]);
          }
          const at = index.reduceRight((place, i, d) => place * shape[d] + i, 0);
          stored[at] = row;
        }
        const tensor = readOne('q.npy', npyFile('<f4', shape, float32(stored), { fortran: true }));
        expect([...tensor.read()]).toEqual(stored.map((_, i) => i));
      }),
    );
  });

  it('reads texts', () => {
    const points = [...'The\0\0cell\0'].map((c) => c.codePointAt(0)!);
    const unicode = npyFile('<U5', [2], pack(points, 'Uint32'));
    expect(readTensorFile('tokens.npy', unicode).texts).toEqual([
      { file: 'tokens.npy', name: 'tokens', texts: ['The', 'cell'] },
    ]);
    const swapped = npyFile('>U5', [2], pack(points, 'Uint32', false));
    expect(readTensorFile('a.npy', swapped).texts[0].texts).toEqual(['The', 'cell']);
    const bytes = npyFile('|S3', [2], text('ab\0xyz'));
    expect(readTensorFile('a.npy', bytes).texts[0].texts).toEqual(['ab', 'xyz']);
  });

  it('keeps NaN and infinities', () => {
    const odd = [NaN, Infinity, -Infinity];
    expect([...readOne('q.npy', npyFile('<f4', [3], float32(odd))).read()]).toEqual(odd);
    const half = pack(odd.map(toFloat16Bits), 'Uint16');
    expect([...readOne('q.npy', npyFile('<f2', [3], half)).read()]).toEqual(odd);
  });

  it.each([
    ['<c8', '<c8'],
    ['|O', 'never opened'],
    ['<M8[ns]', '<M8[ns]'],
    ['<f16', '<f16'],
  ])('skips type %s and says so', (descr, said) => {
    const { tensors, skipped } = readTensorFile('q.npy', npyFile(descr, [1], new Uint8Array(8)));
    expect(tensors).toEqual([]);
    expect(skipped[0]).toContain(said);
  });

  const good = npyFile('<f4', [6], float32(values));
  const header = (dictionary: string) => {
    const length = String.fromCharCode(dictionary.length, 0);
    return new Uint8Array(Buffer.from(`\x93NUMPY\x01\x00${length}${dictionary}`, 'latin1'));
  };
  it.each([
    ['nothing', new Uint8Array(0), 'it is empty'],
    ['no magic', text('hello'), 'does not begin with \\x93NUMPY'],
    ['the magic alone', good.subarray(0, 7), 'ends within its header'],
    ['half a header', good.subarray(0, 40), 'its header is said to have'],
    ['half the values', good.subarray(0, -4), 'takes 24 bytes, but 20 follow'],
    ['too many values', new Uint8Array([...good, 0]), 'but 25 follow'],
    ['a giant shape', npyFile('<f4', [1e6, 1e6], float32(values)), 'takes 4000000000000 bytes'],
    ['an endless shape', npyFile('<f4', [9e15, 9e15, 9e15], float32(values)), 'takes'],
    ['giant texts', npyFile('<U99999999', [1], float32(values)), 'takes 399999996 bytes'],
    ['version 4', npyFile('<f4', [6], float32(values), { version: 4 }), 'version is 4.0'],
    ['fields', header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}"), 'fields'],
    ['no shape', header("{'descr': '<f4', 'fortran_order': False}"), 'its header is'],
    ['a negative shape', header("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"), 'is'],
    ['no tuple', header("{'descr': '<f4', 'fortran_order': False, 'shape': (3)}"), 'its header is'],
    [
      'a call',
      header("{'descr': open('x'), 'fortran_order': False, 'shape': ()}"),
      'its header is',
    ],
    ['no Unicode', npyFile('<U1', [1], pack([0x110000], 'Uint32')), 'character 1114112'],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => readTensorFile('bad.npy', bytes)).toThrow(FileError);
    expect(() => readTensorFile('bad.npy', bytes)).toThrow(message);
    expect(() => readTensorFile('bad.npy', bytes)).toThrow(/^bad\.npy: .*; expected .*\.$/);
  });
});

const npzEntries = (deflate: boolean) => [
  { name: 'q.npy', bytes: npyFile('<f4', [2, 3], float32(values)), deflate },
  { name: 'k.npy', bytes: npyFile('<f8', [6], pack(values, 'Float64')), deflate },
];

describe('.npz', () => {
  it.each([false, true])('reads arrays, deflated: %s', (deflate) => {
    const { tensors } = readTensorFile('both.npz', zipFile(npzEntries(deflate)));
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ['q', [2, 3]],
      ['k', [6]],
    ]);
    for (const tensor of tensors) expect([...tensor.read()]).toEqual(values);
  });

  it('names what it leaves out', () => {
    const odd = { name: 'notes.txt', bytes: text('hello') };
    expect(readTensorFile('a.npz', zipFile([...npzEntries(false), odd])).skipped).toEqual([
      'notes.txt is not an array in .npy.',
    ]);
  });

  const archive = zipFile(npzEntries(true));
  const changed = (change: (bytes: Uint8Array) => void, of = archive) => {
    const copy = of.slice();
    change(copy);
    return copy;
  };
  const directory = Buffer.from(archive).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  it.each([
    ['no directory', archive.subarray(0, -30), 'its directory is missing'],
    ['no arrays', zipFile([{ name: 'a.txt', bytes: text('a') }]), 'none of its 1 entries'],
    ['two of a name', zipFile([npzEntries(true)[0], npzEntries(true)[0]]), 'is there twice'],
    ['a broken directory', changed((b) => (b[directory] = 0)), 'entry 1 of its directory'],
    ['encryption', changed((b) => (b[directory + 8] = 1)), 'is encrypted'],
    ['another method', changed((b) => (b[directory + 10] = 12)), 'packed by method 12'],
    ['a bomb', changed((b) => (b[directory + 27] = 0x7f)), 'claims 21'],
    ['a wrong size', changed((b) => (b[directory + 24] += 1)), 'bytes, not'],
    ['a place beyond the end', changed((b) => (b[directory + 45] = 9)), 'is not at byte'],
    [
      'a flipped bit',
      changed((b) => (b[60 + 100] ^= 1), zipFile(npzEntries(false))),
      'does not have the checksum',
    ],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => readTensorFile('bad.npz', bytes)).toThrow(FileError);
    expect(() => readTensorFile('bad.npz', bytes)).toThrow(message);
  });
});

const brainBits = values.map((value) => {
  const word = new DataView(new ArrayBuffer(4));
  word.setFloat32(0, value);
  return word.getUint16(0);
});
const floats = { name: 'q', dtype: 'F32', shape: [2, 3], bytes: float32(values) };

describe('.safetensors', () => {
  it.each([
    ['F64', pack(values, 'Float64')],
    ['F32', pack(values, 'Float32')],
    ['F16', halves(true)],
    ['BF16', pack(brainBits, 'Uint16')],
    ['I64', pack(values, 'BigInt64')],
    ['I32', pack(values, 'Int32')],
    ['I16', pack(values, 'Int16')],
    ['I8', pack(values, 'Int8')],
  ])('reads %s', (dtype, bytes) => {
    const file = safetensorsFile([floats, { name: 'k', dtype, shape: [6], bytes }]);
    const { tensors } = readTensorFile('a.safetensors', file);
    expect(tensors[1]).toMatchObject({ name: 'k', shape: [6], type: dtype });
    expect([...tensors[1].read()]).toEqual(values);
    expect([...tensors[0].read()]).toEqual(values);
  });

  it('skips types that it does not know, by name', () => {
    const odd = { name: 'odd', dtype: 'F8_E4M3', shape: [6], bytes: new Uint8Array(6) };
    const contents = readTensorFile('a.safetensors', safetensorsFile([odd, floats]));
    expect(contents.tensors.map(({ name }) => name)).toEqual(['q']);
    expect(contents.skipped[0]).toContain('odd is of type F8_E4M3');
  });

  const good = safetensorsFile([floats]);
  const described = (entry: unknown) => safetensorsFile([floats], () => ({ q: entry }));
  const q = { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] };
  it.each([
    ['seven bytes', good.subarray(0, 7), 'it has 7 bytes'],
    ['an endless header', new Uint8Array([...Array(8).fill(255), ...good]), 'is said to have'],
    ['no JSON', new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 65, 65]), 'not JSON'],
    ['an array', safetensorsFile([], () => []), 'not an object'],
    ['null', safetensorsFile([], () => null), 'not an object'],
    ['no dtype', described({ ...q, dtype: undefined }), 'tensor q is not described'],
    ['a negative extent', described({ ...q, shape: [-2, -3] }), 'not described'],
    ['half an extent', described({ ...q, shape: [1.5, 4] }), 'not described'],
    ['null for a tensor', described(null), 'not described'],
    ['a giant shape', described({ ...q, shape: [1e8, 1e8] }), 'takes 40000000000000000 bytes'],
    ['offsets past the end', described({ ...q, data_offsets: [0, 28] }), 'bytes 0 to 28 of 24'],
    ['offsets the wrong way', described({ ...q, data_offsets: [24, 0] }), 'bytes 24 to 0'],
    ['a rest', described({ ...q, shape: [2, 2], data_offsets: [0, 16] }), 'end at byte 16 of 24'],
    [
      'overlaps',
      safetensorsFile([floats], (header) => ({ ...header, other: q })),
      'to begin at 24',
    ],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => readTensorFile('bad.safetensors', bytes)).toThrow(FileError);
    expect(() => readTensorFile('bad.safetensors', bytes)).toThrow(message);
  });
});

describe('tokens as JSON', () => {
  it.each(['["The", "cell"]', '{"tokens": ["The", "cell"]}'])('reads %s', (json) => {
    expect(readTensorFile('tokens.json', text(json)).texts[0]).toMatchObject({
      name: 'tokens',
      texts: ['The', 'cell'],
    });
  });

  it.each(['', '{', '3', 'null', '["a", 3]', '{"a": []}'])('refuses %j', (json) => {
    expect(() => readTensorFile('tokens.json', text(json))).toThrow(FileError);
  });
});

it('refuses files of other kinds', () => {
  expect(() => readTensorFile('a.pt', text('hello'))).toThrow('its format is unknown');
});

describe.each([
  ['a.npy', npyFile('<f4', [2, 3], float32(values))],
  ['t.npy', npyFile('<U3', [2], pack([65, 66, 0, 67, 0, 0], 'Uint32'))],
  ['a.npz', zipFile(npzEntries(false))],
  ['b.npz', zipFile(npzEntries(true))],
  ['a.safetensors', safetensorsFile([floats, { ...floats, name: 'k' }])],
  ['tokens.json', text('["The", "cell"]')],
])('%s, damaged', (file, bytes) => {
  const survives = (damaged: Uint8Array) => {
    const started = performance.now();
    try {
      for (const tensor of readTensorFile(file, damaged).tensors) tensor.read();
    } catch (error) {
      expect(error).toBeInstanceOf(FileError);
      expect((error as FileError).message).toMatch(/^[^]+: [^]+; expected [^]+\.$/);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  };

  it('is read or refused, cut off anywhere', () => {
    for (let end = 0; end < bytes.length; end++) survives(bytes.subarray(0, end));
  });

  it('is read or refused, whatever bytes change', () => {
    const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        survives(damaged);
      }),
      { numRuns: 2000 },
    );
  });
});
