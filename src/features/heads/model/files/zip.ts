import { errorMessage } from '../../../../async/error-message';
import { inflateSync } from 'fflate';
import { FileError } from './tensor-file';

interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const SIGNATURE = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };
const MAX_COMMENT_BYTES = 65535;
/** Best ratio of deflate: 258 bytes from two bits. A larger claim is malformed. */
const MAX_RATIO = 1032;
/** Of all entries together. */
const MAX_UNPACKED_BYTES = 2 ** 30;
const STORED = 0;
const DEFLATED = 8;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/**
 * The entries of a zip archive, stored or deflated, each checked against its CRC-32.
 * @throws FileError for what is malformed, encrypted, of several parts or larger than 1 GiB.
 */
export function unzip(file: string, bytes: Uint8Array): { name: string; bytes: Uint8Array }[] {
  const entries = readDirectory(file, bytes).filter(({ name }) => !name.endsWith('/'));
  let total = 0;
  for (const { name, size, packed, flags, method } of entries) {
    const fail = (problem: string, expected: string) => {
      throw new FileError(file, `entry ${name} ${problem}`, expected);
    };
    total += size;
    if (flags & 1) fail('is encrypted', 'one that is not');
    if (method !== STORED && method !== DEFLATED) {
      fail(`is packed by method ${method}`, 'stored (0) or deflated (8)');
    }
    const largest = method === STORED ? packed : packed * MAX_RATIO;
    if (size > largest) fail(`claims ${size} bytes in ${packed}`, `at most ${largest}`);
    if (total > MAX_UNPACKED_BYTES)
      fail(`brings the sum to ${total} bytes`, `at most ${MAX_UNPACKED_BYTES}`);
  }
  return entries.map((entry) => ({ name: entry.name, bytes: unpack(file, bytes, entry) }));
}

/** The entries of the central directory, which the end record points to. */
function readDirectory(file: string, bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw new FileError(file, 'its directory is missing', 'a whole archive');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === 0xffffffff) throw new FileError(file, 'it is of the 64-bit kind', 'less than 4 GiB');
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== SIGNATURE.entry) {
      throw new FileError(file, `entry ${i + 1} of its directory is broken`, `${count} entries`);
    }
    const nameBytes = view.getUint16(at + 28, true);
    const name = bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    entries.push({
      name: new TextDecoder('utf-8').decode(name),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The end record comes last, followed only by a comment. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
    if (view.getUint32(at, true) === SIGNATURE.end) return at;
  }
  return undefined;
}

function unpack(file: string, bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const { name, offset, packed, size, method, crc } = entry;
  const broken = (problem: string) =>
    new FileError(file, `entry ${name} ${problem}`, 'what its directory says');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== SIGNATURE.local) {
    throw broken(`is not at byte ${offset}`);
  }
  // The local header's extra fields may differ from the directory's.
  const fields = view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const start = offset + LOCAL_BYTES + fields;
  if (start + packed > bytes.length) throw broken(`ends after the file does`);
  const data = bytes.subarray(start, start + packed);
  let unpacked: Uint8Array;
  try {
    unpacked = method === STORED ? data : inflateSync(data, { out: new Uint8Array(size) });
  } catch (error) {
    throw broken(`cannot be unpacked (${errorMessage(error)})`);
  }
  if (unpacked.length !== size) throw broken(`has ${unpacked.length} bytes, not ${size}`);
  if (crc32(unpacked) !== crc) throw broken('does not have the checksum');
  return unpacked;
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
