import { FileError } from './file-error';

export interface NpyHeader {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the values begin. */
  readonly start: number;
}

const MAGIC = '\x93NUMPY';
const MOST_DIMENSIONS = 32;
const KEYS = ['descr', 'fortran_order', 'shape'];

export const isNpy = (bytes: Uint8Array): boolean =>
  bytes.length >= MAGIC.length && [...MAGIC].every((c, i) => bytes[i] === c.charCodeAt(0));

/**
 * The header of a .npy file, format versions 1.0 to 3.0 (NumPy's numpy.lib.format).
 * @throws FileError
 */
export function readNpyHeader(file: string, bytes: Uint8Array): NpyHeader {
  if (!isNpy(bytes)) throw new FileError(file, 'it does not begin with \\x93NUMPY', 'a .npy file');
  if (bytes.length < 10) throw new FileError(file, 'it ends within its header', 'a whole file');
  const version = bytes[6];
  if (version < 1 || version > 3 || bytes[7] !== 0) {
    const found = `its format version is ${version}.${bytes[7]}`;
    throw new FileError(file, found, 'version 1.0, 2.0 or 3.0');
  }
  const first = version === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < first) throw new FileError(file, 'it ends within its header', 'a whole file');
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
    // A list of fields, each with a type of its own.
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

/** "3, 4," → [3, 4]; undefined for what is no tuple of whole numbers. */
function readTuple(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim());
  // A last comma is right behind one number, and allowed behind several.
  if (parts.at(-1) === '') parts.pop();
  else if (parts.length === 1) return undefined;
  if (parts.length > MOST_DIMENSIONS || !parts.every((part) => /^\d+L?$/.test(part)))
    return undefined;
  const numbers = parts.map((part) => Number(part.replace('L', '')));
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}
