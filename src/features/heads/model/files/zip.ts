import { type UnzipFileInfo, unzipSync } from 'fflate';
import { errorMessage } from '../../../../async/error-message';
import { FileError, viewOf } from './tensor-file';

const SIGNATURE = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT_BYTES = 65535;
const STORED = 0;
const DEFLATED = 8;
/** Best ratio of deflate: 258 bytes from two bits. A larger claim is malformed. */
const MAX_RATIO = 1032;
/** Of all entries together. */
const MAX_UNPACKED_BYTES = 2 ** 30;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/**
 * The entries of a zip archive, stored or deflated, each checked against its CRC-32.
 * @throws FileError for what is malformed, encrypted, of several parts or larger than 1 GiB.
 */
export function unzip(file: string, bytes: Uint8Array): { name: string; bytes: Uint8Array }[] {
  const directory = readDirectory(file, bytes, findEnd(file, bytes));
  const accepted = new Map<string, { size: number; crc: number }>();
  let total = 0;
  const fail = (name: string, problem: string, expected = 'what its directory says'): never => {
    throw new FileError(file, `entry ${name} ${problem}`, expected);
  };

  function accept({ name, size: packed, originalSize: size, compression: method }: UnzipFileInfo) {
    const { isEncrypted, crc, offset, isAtOffset } = directory.next().value!;
    if (name.endsWith('/')) return false;
    total += size;
    if (isEncrypted) fail(name, 'is encrypted', 'one that is not');
    if (method !== STORED && method !== DEFLATED) {
      fail(name, `is packed by method ${method}`, 'stored (0) or deflated (8)');
    }
    const largest = method === STORED ? packed : packed * MAX_RATIO;
    if (size > largest) fail(name, `claims ${size} bytes in ${packed}`, `at most ${largest}`);
    if (total > MAX_UNPACKED_BYTES) {
      fail(name, `brings the sum to ${total} bytes`, `at most ${MAX_UNPACKED_BYTES}`);
    }
    if (!isAtOffset) fail(name, `is not at byte ${offset}`);
    if (accepted.has(name)) fail(name, 'is there twice', 'one of a name');
    accepted.set(name, { size, crc });
    return true;
  }

  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(bytes, { filter: accept });
  } catch (error) {
    if (error instanceof FileError) throw error;
    return fail([...accepted.keys()].at(-1) ?? '1', `cannot be unpacked (${errorMessage(error)})`);
  }
  return [...accepted].map(([name, { size, crc }]) => {
    const content = unpacked[name];
    if (content.length !== size) fail(name, `has ${content.length} bytes, not ${size}`);
    if (crc32(content) !== crc) fail(name, 'does not have the checksum');
    return { name, bytes: content };
  });
}

/** What fflate leaves out of the central directory's entries, in their order. */
function* readDirectory(file: string, bytes: Uint8Array, end: number) {
  const view = viewOf(bytes);
  let at = view.getUint32(end + 16, true);
  if (at === 0xffffffff) throw new FileError(file, 'it is of the 64-bit kind', 'less than 4 GiB');
  for (let i = 1; ; i++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== SIGNATURE.entry) {
      throw new FileError(file, `entry ${i} of its directory is broken`, 'a whole archive');
    }
    const field = (from: number) => view.getUint16(at + from, true);
    const offset = view.getUint32(at + 42, true);
    const isAtOffset =
      offset + LOCAL_BYTES <= bytes.length && view.getUint32(offset, true) === SIGNATURE.local;
    const isEncrypted = (field(8) & 1) === 1;
    yield { isEncrypted, crc: view.getUint32(at + 16, true), offset, isAtOffset };
    at += ENTRY_BYTES + field(28) + field(30) + field(32);
  }
}

/** Where the end record is: last, followed only by a comment. */
function findEnd(file: string, bytes: Uint8Array): number {
  const view = viewOf(bytes);
  const last = bytes.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
    if (view.getUint32(at, true) === SIGNATURE.end) return at;
  }
  throw new FileError(file, 'its directory is missing', 'a whole archive');
}

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
