import type { Shape } from '../../layout';
import { BLOCK_ROWS } from './problem';

/** As in assembly/block.ts. */
export const STRIP_ROWS = 8;
export const CPU_TILE_KEYS = 64;
const STRIPS = BLOCK_ROWS / STRIP_ROWS;

/** Fields of `Block`, in order, four bytes each. */
const FIELDS = [
  'rows',
  'headSize',
  'valueSize',
  'keys',
  'keyStride',
  'values',
  'valueStride',
  'scale',
  'firstKey',
  'endKey',
  'queryRows',
  'outputRows',
  'firstKeys',
  'endKeys',
  'strips',
  'queries',
  'scores',
  'outputs',
  'maxima',
  'sums',
  'corrections',
] as const;

type Field = (typeof FIELDS)[number];

/** Words of each table and scratch space that follows the fields. */
const spaces = ({ headSize, valueSize }: Pick<Shape, 'headSize' | 'valueSize'>) =>
  ({
    queryRows: BLOCK_ROWS,
    outputRows: BLOCK_ROWS,
    firstKeys: BLOCK_ROWS,
    endKeys: BLOCK_ROWS,
    strips: 4 * STRIPS,
    maxima: BLOCK_ROWS,
    sums: BLOCK_ROWS,
    corrections: STRIP_ROWS,
    scores: CPU_TILE_KEYS * STRIP_ROWS,
    queries: BLOCK_ROWS * headSize,
    outputs: BLOCK_ROWS * 8 * Math.ceil(valueSize / 8),
  }) satisfies Partial<Record<Field, number>>;

/** Words, in whole cache lines. */
const FIELD_WORDS = 16 * Math.ceil(FIELDS.length / 16);
const inLines = (words: number) => 16 * Math.ceil(words / 16);

/** Bytes of one thread's scratch space. */
export function blockBytes(shape: Shape): number {
  const words = Object.values(spaces(shape)).reduce((total, n) => total + inLines(n), FIELD_WORDS);
  return 4 * words;
}

/** A `Block` in WebAssembly's memory, with views of its tables. */
export class BlockWriter {
  readonly #words: Int32Array;
  readonly #floats: Float32Array;
  readonly queryRows: Int32Array;
  readonly outputRows: Int32Array;
  readonly firstKeys: Int32Array;
  readonly endKeys: Int32Array;
  /** For each strip: anyFirst, anyEnd, allFirst, allEnd. */
  readonly strips: Int32Array;
  readonly maxima: Float32Array;
  readonly sums: Float32Array;
  /** Scores of the strip under way, as key × row. */
  readonly scores: Float32Array;

  constructor(
    memory: WebAssembly.Memory,
    readonly address: number,
    { headSize, valueSize }: Shape,
  ) {
    this.#words = new Int32Array(memory.buffer, address, FIELD_WORDS);
    this.#floats = new Float32Array(memory.buffer, address, FIELD_WORDS);
    const sizes = spaces({ headSize, valueSize });
    const addresses: Record<string, number> = {};
    let next = address + 4 * FIELD_WORDS;
    for (const [name, words] of Object.entries(sizes)) {
      addresses[name] = next;
      this.set(name as Field, next);
      next += 4 * inLines(words);
    }
    const integers = (name: keyof typeof sizes) =>
      new Int32Array(memory.buffer, addresses[name], sizes[name]);
    const floats = (name: keyof typeof sizes) =>
      new Float32Array(memory.buffer, addresses[name], sizes[name]);
    this.queryRows = integers('queryRows');
    this.outputRows = integers('outputRows');
    this.firstKeys = integers('firstKeys');
    this.endKeys = integers('endKeys');
    this.strips = integers('strips');
    this.maxima = floats('maxima');
    this.sums = floats('sums');
    this.scores = floats('scores');
    this.set('headSize', headSize);
    this.set('valueSize', valueSize);
  }

  set(field: Field, value: number): void {
    this.#words[FIELDS.indexOf(field)] = value;
  }

  set scale(value: number) {
    this.#floats[FIELDS.indexOf('scale')] = value;
  }

  /** Summarises the keys of rows for each strip. Rows beyond `rows` see nothing, and count for nothing. */
  summarise(rows: number): void {
    let blockFirst = 2 ** 30;
    let blockEnd = 0;
    this.firstKeys.fill(0, rows);
    this.endKeys.fill(0, rows);
    for (let start = 0; start < rows; start += STRIP_ROWS) {
      let [anyFirst, anyEnd, allFirst, allEnd] = [2 ** 30, 0, 0, 2 ** 30];
      for (let i = start; i < Math.min(rows, start + STRIP_ROWS); i++) {
        const [first, end] = [this.firstKeys[i], this.endKeys[i]];
        allFirst = Math.max(allFirst, first);
        allEnd = Math.min(allEnd, end);
        if (end <= first) continue;
        anyFirst = Math.min(anyFirst, first);
        anyEnd = Math.max(anyEnd, end);
      }
      this.strips.set([anyFirst, anyEnd, allFirst, allEnd], start / 2);
      blockFirst = Math.min(blockFirst, anyFirst);
      blockEnd = Math.max(blockEnd, anyEnd);
    }
    this.set('firstKey', blockFirst);
    this.set('endKey', blockEnd);
  }
}
