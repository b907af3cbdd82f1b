import { readNpy, isNpy } from './npy';
import { readSafetensors } from './safetensors';
import { type FileContents, FileError } from './tensor-file';
import { isZip, unzip } from './zip';

const MAX_TEXTS = 2 ** 20;

/**
 * Contents of a file: .npy, .npz, .safetensors, or .json with an array of strings (tokens). Recognised by its first bytes,
 * then by its name.
 * @throws FileError, and nothing else, for a file that cannot be read.
 */
export function readTensorFile(file: string, data: ArrayBuffer | Uint8Array): FileContents {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  if (bytes.length === 0) throw new FileError(file, 'it is empty', 'tensors or tokens');
  if (isNpy(bytes) || /\.npy$/i.test(file)) return readNpy(file, bytes, baseName(file));
  if (isZip(bytes) || /\.npz$/i.test(file)) return readNpz(file, bytes);
  if (/\.safetensors$/i.test(file)) return readSafetensors(file, bytes);
  if (/\.json$/i.test(file)) return readTokens(file, bytes);
  throw new FileError(file, 'its format is unknown', '.npy, .npz, .safetensors or tokens as .json');
}

const baseName = (file: string): string =>
  file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || file;

function readNpz(file: string, bytes: Uint8Array): FileContents {
  const entries = unzip(file, bytes);
  const parts = entries.filter(({ name }) => name.endsWith('.npy'));
  if (parts.length === 0) {
    throw new FileError(file, `none of its ${entries.length} entries is .npy`, 'arrays in .npy');
  }
  const read = parts.map((part) =>
    readNpy(`${file}/${part.name}`, part.bytes, part.name.replace(/\.npy$/, '')),
  );
  return {
    file,
    tensors: read.flatMap(({ tensors }) => tensors),
    texts: read.flatMap(({ texts }) => texts),
    skipped: [
      ...read.flatMap(({ skipped }) => skipped),
      ...entries
        .filter((entry) => !parts.includes(entry))
        .map(({ name }) => `${name} is not an array in .npy.`),
    ],
  };
}

/** An array of strings, or an object that has one as `tokens`. */
function readTokens(file: string, bytes: Uint8Array): FileContents {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new FileError(file, 'it is not JSON', 'an array of strings');
  }
  const inside = Array.isArray(parsed) ? parsed : (parsed as { tokens?: unknown } | null)?.tokens;
  if (!Array.isArray(inside) || !inside.every((token) => typeof token === 'string')) {
    throw new FileError(file, 'it contains something else', 'an array of strings');
  }
  if (inside.length > MAX_TEXTS) {
    throw new FileError(file, `it contains ${inside.length} texts`, `at most ${MAX_TEXTS}`);
  }
  return { file, tensors: [], texts: [{ file, name: baseName(file), texts: inside }], skipped: [] };
}
