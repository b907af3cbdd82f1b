import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTensorFile } from '../features/heads/model/files/read-file';
import { toNpy } from '../ui/heat-map/export';
import { tableToCsv } from './csv';

fc.configureGlobal({ seed: 904 });

const float32 = fc.float({ noDefaultInfinity: false, noNaN: false });

/** By the grammar of RFC 4180, letter by letter. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      let field = '';
      if (text[at] === '"') {
        at++;
        while (text[at] !== '"' || text[at + 1] === '"') {
          if (text[at] === '"') at++;
          field += text[at++];
        }
        at++;
      } else {
        while (text[at] !== ',' && text[at] !== '\r') field += text[at++];
      }
      record.push(field);
      if (text[at++] !== ',') break;
    }
    expect(text[at++]).toBe('\n');
    records.push(record);
  }
  return records;
}

describe('tableToCsv', () => {
  it('writes labels and numbers', () => {
    const csv = tableToCsv({
      corner: 'query',
      rowLabels: ['The', 'a, "b"'],
      columnLabels: ['x', 'y'],
      values: Float32Array.of(0.1, NaN, -Infinity, 1e-20),
    });
    expect(csv).toBe('query,x,y\r\nThe,0.1,NaN\r\n"a, ""b""",-Infinity,1e-20\r\n');
  });

  it('is read back as it was', () => {
    const labels = fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(labels, labels, fc.infiniteStream(float32), (rowLabels, columnLabels, stream) => {
        const count = rowLabels.length * columnLabels.length;
        const values = Float32Array.from({ length: count }, () => stream.next().value!);
        const [header, ...records] = parseCsv(tableToCsv({ rowLabels, columnLabels, values }));
        expect(header).toEqual(['', ...columnLabels]);
        expect(records.map(([label]) => label)).toEqual(rowLabels);
        const numbers = records.flatMap((record) => record.slice(1).map(Number));
        // CSV has no −0 of its own: it is written 0.
        expect(Float32Array.from(numbers).map((x) => x + 0)).toEqual(values.map((x) => x + 0));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps float64 as it is', () => {
    const table = { rowLabels: ['r'], columnLabels: ['c'], values: [0.1] };
    expect(tableToCsv(table)).toBe(',c\r\nr,0.1\r\n');
    expect(tableToCsv({ ...table, values: [1 / 3] })).toContain('0.3333333333333333');
  });
});

describe('toNpy', () => {
  it('is read back as it was', () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 0, maxLength: 4 });
    fc.assert(
      fc.property(shapes, fc.infiniteStream(float32), (shape, stream) => {
        const count = shape.reduce((a, b) => a * b, 1);
        const values = Float32Array.from({ length: count }, () => stream.next().value!);
        const file = toNpy(values, shape);
        const [tensor] = readTensorFile('a.npy', file).tensors;
        expect(tensor.shape).toEqual(shape);
        expect(tensor.read()).toEqual(values);
        expect((file.length - 4 * count) % 64).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('is what NumPy writes', () => {
    const bytes = toNpy(Float32Array.of(1, 2), [2]);
    const head = Buffer.from(bytes.subarray(0, 128)).toString('latin1');
    expect(head.slice(0, 10)).toBe('\x93NUMPY\x01\x00\x76\x00');
    expect(head.slice(10).trim()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }");
    expect([...bytes.subarray(128)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]);
  });

  it('refuses a shape of other values', () => {
    expect(() => toNpy(new Float32Array(5), [2, 3])).toThrow('values is "5 values"; allowed: 6');
  });
});
