import { countOf, type FileContents } from './contents';
import { FileError } from './file-error';
import { readNpyHeader } from './npy-header';
import { decodeNumbers, fromFortranOrder, isNumberType, type NumberType } from './numbers';

const KINDS: Readonly<Record<string, NumberType['kind']>> = {
  f: 'float',
  i: 'signed',
  u: 'unsigned',
  b: 'boolean',
};
const TYPES = 'f2, f4, f8, whole numbers, booleans or texts';
const MOST_TEXTS = 2 ** 20;

/**
 * A .npy file: numbers as one tensor of that name, or texts (types U and S).
 * @throws FileError for a malformed file; a type that is not read is in `skipped`.
 */
export function readNpy(file: string, bytes: Uint8Array, name: string): FileContents {
  const nothing: FileContents = { file, tensors: [], texts: [], skipped: [] };
  const { descr, fortranOrder, shape, start } = readNpyHeader(file, bytes);
  const [, order, letter, digits] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  const size = Number(digits);
  const body = bytes.subarray(start);
  const little = order !== '>';
  if (letter === 'U' || letter === 'S') {
    const bytesOfEach = letter === 'U' ? 4 * size : size;
    assertSize(file, shape, bytesOfEach, body.length);
    if (countOf(shape) > MOST_TEXTS) {
      throw new FileError(file, `it holds ${countOf(shape)} texts`, `at most ${MOST_TEXTS}`);
    }
    const one = letter === 'U' ? (at: number) => readUnicode(file, body, at, size, little) : null;
    const read = one ?? ((at: number) => readBytes(body.subarray(at, at + size)));
    const texts = Array.from({ length: countOf(shape) }, (_, i) => read(i * bytesOfEach));
    return { ...nothing, texts: [{ file, name, texts }] };
  }
  const type = { kind: KINDS[letter] ?? '', size };
  if (!isNumberType(type)) {
    const why = letter === 'O' ? ' (pickled Python objects are never opened)' : '';
    return { ...nothing, skipped: [`${name} is of type ${descr}${why}, which is not ${TYPES}.`] };
  }
  assertSize(file, shape, size, body.length);
  const read = () => {
    const values = decodeNumbers(body, type, little);
    return fortranOrder ? fromFortranOrder(values, shape) : values;
  };
  return { ...nothing, tensors: [{ file, name, shape, type: descr, read }] };
}

function assertSize(file: string, shape: readonly number[], size: number, bytes: number): void {
  const wanted = countOf(shape) * size;
  if (wanted === bytes) return;
  const found = `shape (${shape.join(', ')}) of ${size}-byte values takes ${wanted} bytes, but ${bytes} follow the header`;
  throw new FileError(file, found, 'as many as the shape takes');
}

/** UTF-32, padded with zeros. */
function readUnicode(
  file: string,
  bytes: Uint8Array,
  at: number,
  length: number,
  little: boolean,
): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let i = 0; i < length; i++) {
    const point = view.getUint32(at + 4 * i, little);
    if (point > 0x10ffff) throw new FileError(file, `a text has the character ${point}`, 'Unicode');
    text += String.fromCodePoint(point);
  }
  return withoutPadding(text);
}

const readBytes = (bytes: Uint8Array): string =>
  withoutPadding(new TextDecoder('utf-8').decode(bytes));

/** By hand: a pattern with a trailing anchor would take quadratic time on zeros in between. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}
