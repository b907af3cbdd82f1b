import type { Gpu } from '../../webgpu/device';
import { sharedSources } from '../kernels/module';
import { allCandidates, type Candidate } from './candidate';

/** What a remembered choice depends on besides its class: it is forgotten when any of it changes. */
export function deviceKey(
  { info }: Pick<Gpu, 'info'>,
  runtime = runtimeVersion(),
  candidates: readonly Candidate[] = allCandidates,
): string {
  const { vendor, architecture, device, description } = info;
  const adapter = [vendor, architecture, device, description].filter(Boolean).join(' ');
  return [FORMAT, adapter || 'unnamed adapter', runtime, shaderHash(candidates)].join(' | ');
}

/** Changes when what is stored under a key does. */
const FORMAT = 'tuning 1';

/** The browser's name and version, or Node's. */
export function runtimeVersion(): string {
  const { process } = globalThis as { readonly process?: { readonly version?: string } };
  return process?.version ? `node ${process.version}` : globalThis.navigator.userAgent;
}

/** A hash of everything that the candidates are made of: 16 hexadecimal digits. */
export function shaderHash(candidates: readonly Candidate[] = allCandidates): string {
  const sources = candidates.flatMap(({ name, kernel }) => [name, ...kernel.sources]);
  const text = [...sources, ...sharedSources].join('\0');
  return [0, 0x9e3779b9].map((seed) => hash(text, seed).toString(16).padStart(8, '0')).join('');
}

/** FNV-1a over UTF-16 code units: enough to tell versions apart, and at hand everywhere at once. */
function hash(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
