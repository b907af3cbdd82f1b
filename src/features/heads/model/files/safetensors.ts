import {
  elementCount,
  type FileContents,
  type FileTensor,
  FileError,
  decodeNumbers,
  numberTypes,
  viewOf,
} from './tensor-file';

/** The format's own bound on its header. */
const MAX_HEADER_BYTES = 100_000_000;

interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * A .safetensors file: eight bytes of length, a header of JSON, and the values, which the header's offsets
 * must cover whole and without overlap.
 * @throws FileError for a malformed file; types that are not read are in `skipped`.
 */
export function readSafetensors(file: string, bytes: Uint8Array): FileContents {
  const { entries, start } = readHeader(file, bytes);
  const body = bytes.subarray(start);
  assertCovered(file, entries, body.length);
  const tensors: FileTensor[] = [];
  const skipped: string[] = [];
  for (const { name, dtype, shape, begin, end } of entries) {
    const type = numberTypes.get(dtype);
    if (!type) {
      const known = [...numberTypes.keys()].join(', ');
      skipped.push(`${name} is of type ${dtype}, which is not ${known}.`);
      continue;
    }
    const expectedBytes = elementCount(shape) * type.size;
    if (expectedBytes !== end - begin) {
      const found = `tensor ${name} of shape (${shape.join(', ')}) and type ${dtype} takes ${expectedBytes} bytes, but has ${end - begin}`;
      throw new FileError(file, found, 'as many as the shape takes');
    }
    const read = () => decodeNumbers(body.subarray(begin, end), type, true);
    tensors.push({ file, name, shape, type: dtype, read });
  }
  return { file, tensors, texts: [], skipped };
}

function readHeader(file: string, bytes: Uint8Array): { entries: TensorEntry[]; start: number } {
  const whole = 'a whole .safetensors file';
  if (bytes.length < 8) throw new FileError(file, `it has ${bytes.length} bytes`, whole);
  const view = viewOf(bytes);
  const length = Number(view.getBigUint64(0, true));
  const max = Math.min(MAX_HEADER_BYTES, bytes.length - 8);
  if (length > max) {
    throw new FileError(file, `its header is said to have ${length} bytes`, `at most ${max}`);
  }
  let header: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length));
    header = JSON.parse(text);
  } catch {
    throw new FileError(file, 'its header is not JSON', whole);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new FileError(file, 'its header is not an object', 'tensors by name');
  }
  const named = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return { entries: named.map(([name, entry]) => readEntry(file, name, entry)), start: 8 + length };
}

const isExtent = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

function readEntry(file: string, name: string, entry: unknown): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const right =
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.every(isExtent) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isExtent);
  if (!right) {
    const expected = 'a dtype, a shape and two data_offsets, whole numbers from 0 on';
    throw new FileError(file, `tensor ${name} is not described`, expected);
  }
  const [begin, end] = offsets as number[];
  return { name, dtype, shape: shape as number[], begin, end };
}

function assertCovered(file: string, entries: readonly TensorEntry[], bytes: number): void {
  const ordered = entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of ordered) {
    if (begin !== covered || end < begin || end > bytes) {
      const found = `tensor ${name} lies at bytes ${begin} to ${end} of ${bytes}`;
      throw new FileError(file, found, `it to begin at ${covered}, where the one before it ends`);
    }
    covered = end;
  }
  if (covered !== bytes) {
    throw new FileError(file, `its tensors end at byte ${covered} of ${bytes}`, 'no rest');
  }
}
