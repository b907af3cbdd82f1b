import {
  FileError,
  elementCount,
  type FileContents,
  decodeNumbers,
  fromFortranOrder,
  numberTypes,
  viewOf,
} from './tensor-file';

interface NpyHeader {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Offset of the values, in bytes. */
  readonly start: number;
}

const MAGIC = '\x93NUMPY';
const MAX_DIMENSIONS = 32;
const KEYS = ['descr', 'fortran_order', 'shape'];

export const isNpy = (bytes: Uint8Array): boolean =>
  bytes.length >= MAGIC.length && [...MAGIC].every((c, i) => bytes[i] === c.charCodeAt(0));

/** Format versions 1.0 to 3.0, as in NumPy's numpy.lib.format. @throws FileError */
function readNpyHeader(file: string, bytes: Uint8Array): NpyHeader {
  if (!isNpy(bytes)) throw new FileError(file, 'it does not begin with \\x93NUMPY', 'a .npy file');
  const version = bytes[6];
  const first = version === 1 ? 10 : 12;
  if (bytes.length < first) throw new FileError(file, 'it ends within its header', 'a whole file');
  if (version < 1 || version > 3 || bytes[7] !== 0) {
    const found = `its format version is ${version}.${bytes[7]}`;
    throw new FileError(file, found, 'version 1.0, 2.0 or 3.0');
  }
  const view = viewOf(bytes);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = first + length;
  if (start > bytes.length) {
    const found = `its header is said to have ${length} bytes, but ${bytes.length - first} follow`;
    throw new FileError(file, found, 'a whole file');
  }
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(first, start),
  );
  return { ...readDictionary(file, text), start };
}

/** A Python dictionary of a text, a boolean and a tuple of whole numbers, in any order. */
function readDictionary(file: string, text: string): Omit<NpyHeader, 'start'> {
  const body = /^\s*\{([^]*)\}\s*$/.exec(text)?.[1];
  const entry =
    /\s*(?:'(\w+)'|"(\w+)")\s*:\s*(?:'([^']*)'|"([^"]*)"|(True|False)|\(([\d\sL,]*)\)|(\[[^]*))\s*(?:,|$)/y;
  const found = new Map<string, RegExpExecArray>();
  let at = 0;
  while (body !== undefined && body.slice(at).trim() !== '') {
    entry.lastIndex = at;
    const match = entry.exec(body);
    if (!match) break;
    // A structured type: a list of fields.
    if (match[7])
      throw new FileError(file, 'its type has fields', 'numbers or texts, one an element');
    found.set(match[1] ?? match[2], match);
    at = entry.lastIndex;
  }
  const whole = body !== undefined && body.slice(at).trim() === '';
  const descr = found.get('descr')?.[3] ?? found.get('descr')?.[4];
  const order = found.get('fortran_order')?.[5];
  const shape = readTuple(found.get('shape')?.[6]);
  if (!whole || descr === undefined || !order || !shape || found.size !== KEYS.length) {
    const shown = text.trim().slice(0, 80);
    const expected = "{'descr': …, 'fortran_order': …, 'shape': (…)}";
    throw new FileError(file, `its header is ${JSON.stringify(shown)}`, expected);
  }
  return { descr, fortranOrder: order === 'True', shape };
}

/** "3, 4," → [3, 4]; undefined if it is not a tuple of whole numbers. */
function readTuple(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim());
  // A trailing comma is required after a single number and allowed after several.
  if (parts.at(-1) === '') parts.pop();
  else if (parts.length === 1) return undefined;
  if (parts.length > MAX_DIMENSIONS || !parts.every((part) => /^\d+L?$/.test(part)))
    return undefined;
  const numbers = parts.map((part) => Number(part.replace('L', '')));
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

/** The names of number types begin with these. */
const LETTERS: Readonly<Record<string, string>> = { f: 'F', i: 'I', u: 'U' };
const TYPES = 'f2, f4, f8, whole numbers, booleans or texts';
const MAX_TEXTS = 2 ** 20;

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
    if (elementCount(shape) > MAX_TEXTS) {
      throw new FileError(file, `it contains ${elementCount(shape)} texts`, `at most ${MAX_TEXTS}`);
    }
    const texts = Array.from({ length: elementCount(shape) }, (_, i) => {
      const one = body.subarray(i * bytesOfEach, (i + 1) * bytesOfEach);
      return withoutPadding(
        letter === 'U' ? readUnicode(file, one, little) : new TextDecoder('utf-8').decode(one),
      );
    });
    return { ...nothing, texts: [{ file, name, texts }] };
  }
  const isBoolean = letter === 'b' && size === 1;
  const type = numberTypes.get(isBoolean ? 'BOOL' : `${LETTERS[letter]}${8 * size}`);
  if (!type) {
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
  const expected = elementCount(shape) * size;
  if (expected === bytes) return;
  const found = `shape (${shape.join(', ')}) of ${size}-byte values takes ${expected} bytes, but ${bytes} follow the header`;
  throw new FileError(file, found, 'as many as the shape takes');
}

/** UTF-32. */
function readUnicode(file: string, bytes: Uint8Array, little: boolean): string {
  const view = viewOf(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, little);
    if (point > 0x10ffff) throw new FileError(file, `a text has the character ${point}`, 'Unicode');
    text += String.fromCodePoint(point);
  }
  return text;
}

/** Without a regular expression, whose trailing anchor would take quadratic time on zeros in between. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}
