import { errorMessage } from '../../async/error-message';
import type { Gpu } from '../../webgpu/device';
import { kernels } from '../kernels/index';
import type { Kernel } from '../kernels/kernel';
import { sharedSources } from '../kernels/module';
import type { Target } from '../kernels/tile';
import type { Shape } from '../layout';
import type { Problem } from '../problem';
import type { TuningStore } from './stores';

export interface CandidateResult {
  readonly name: string;
  /**
   * `timed`; `slower`: clearly slower after its first run, or part of it, so not measured further; `wrong`: its
   * result disagrees with float64; `failed`: it did not compile or run; `skipped`: out of time.
   */
  readonly status: 'timed' | 'slower' | 'wrong' | 'failed' | 'skipped';
  /** Milliseconds of one whole call: a median, or an estimate for a slower one; null if not measured. */
  readonly ms: number | null;
  /**
   * Wall-clock milliseconds to compile its pipelines and run its first unit, when some drivers
   * finish compiling. Not part of any measured time.
   */
  readonly compileMs: number | null;
  /** Whether its whole result agrees with float64 and the other candidates. */
  readonly verified: boolean;
  readonly message?: string;
}

/** What tuning found for one class of problems. */
export interface TuningResult {
  readonly shapeClass: string;
  /** The representative problem that was measured. */
  readonly shape: Shape;
  /** In the plan's order. */
  readonly candidates: readonly CandidateResult[];
  /** The fastest correct candidate; null if none was measured in time. */
  readonly winner: string | null;
  /** The plan's choice without tuning. */
  readonly usual: string;
  /** Wall-clock milliseconds spent, without compilation. */
  readonly spentMs: number;
}

/** A kernel that tuning may choose; a kernel with options is one candidate per option value. */
export interface Candidate {
  /** Unique and stored: the kernel's name, followed by its options if any. */
  readonly name: string;
  readonly kernel: Kernel;
}

export const allCandidates: readonly Candidate[] = kernels.map((kernel) => ({
  name: kernel.name,
  kernel,
}));

export const findCandidate = (name: string): Candidate | undefined =>
  allCandidates.find((candidate) => candidate.name === name);

/** Whether a kernel can compute a problem on a device, scratch memory included. */
export function isAble(kernel: Kernel, problem: Problem, target: Target): boolean {
  if (kernel.unsupported?.(problem) || kernel.missingFeature?.(target)) return false;
  try {
    // `scratchBytes` throws if the memory is not available.
    kernel.scratchBytes(problem, target.device.limits);
    return true;
  } catch {
    return false;
  }
}

/** A candidate's time on the representative problem of a class. */
export interface RankedCandidate {
  readonly name: string;
  readonly ms: number;
}

/** The result of tuning for one class: the correct candidates, fastest first. */
export interface TunedChoice {
  readonly ranking: readonly RankedCandidate[];
  /** ISO 8601, UTC. */
  readonly tunedAt: string;
}

/** Earlier tuning results, available synchronously to plans. */
export interface TunedChoices {
  choice(shapeClass: string): TunedChoice | undefined;
}

/** Validates data from a store, which anybody may have written. */
function isTunedChoice(value: unknown): value is TunedChoice {
  const { ranking, tunedAt } = (value ?? {}) as Partial<TunedChoice>;
  if (typeof tunedAt !== 'string' || !Array.isArray(ranking)) return false;
  return ranking.length > 0 && ranking.every(isRanked);
}

function isRanked(value: unknown): value is RankedCandidate {
  const { name, ms } = (value ?? {}) as Partial<RankedCandidate>;
  return typeof name === 'string' && Number.isFinite(ms) && ms! > 0;
}

const inUse = new WeakMap<Gpu, TunedChoices>();

/** Makes `attention` on this device follow these choices; null for none. */
export function useTuning(gpu: Gpu, choices: TunedChoices | null): void {
  if (choices) inUse.set(gpu, choices);
  else inUse.delete(gpu);
}

/** The choices this device's plans follow. */
export const tuningOf = (gpu: Gpu): TunedChoices | undefined => inUse.get(gpu);

/** What a stored choice depends on besides its class; if any of it changes, the choice is dropped. */
export function deviceKey(
  { info }: Pick<Gpu, 'info'>,
  runtime = runtimeVersion(),
  candidates: readonly Candidate[] = allCandidates,
): string {
  const { vendor, architecture, device, description } = info;
  const adapter = [vendor, architecture, device, description].filter(Boolean).join(' ');
  return [FORMAT, adapter || 'unnamed adapter', runtime, shaderHash(candidates)].join(' | ');
}

/** Version of the stored format. */
const FORMAT = 'tuning 1';

function runtimeVersion(): string {
  const { process } = globalThis as { readonly process?: { readonly version?: string } };
  return process?.version ? `node ${process.version}` : globalThis.navigator.userAgent;
}

/** A hash of all candidates' sources: 16 hexadecimal digits. */
export function shaderHash(candidates: readonly Candidate[] = allCandidates): string {
  const sources = candidates.flatMap(({ name, kernel }) => [name, ...kernel.sources]);
  const text = [...sources, ...sharedSources].join('\0');
  return [0, 0x9e3779b9].map((seed) => hash(text, seed).toString(16).padStart(8, '0')).join('');
}

/** FNV-1a over UTF-16 code units: enough to distinguish versions, and synchronous everywhere. */
function hash(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/**
 * The tuning results of one device: loaded once, then in memory, and written to a store as they
 * come. If the store fails, results are kept in memory only.
 */
export class Tuning implements TunedChoices {
  readonly #choices = new Map<string, TunedChoice>();
  readonly #notes: string[] = [];

  private constructor(
    private readonly key: string,
    private readonly store: TuningStore,
  ) {}

  /**
   * Loads the store's results for this device: same adapter, browser and shaders. Invalid entries
   * are skipped with a note.
   * @param runtime - name and version of what runs the shaders; by default the browser's or Node's.
   */
  static async load(gpu: Pick<Gpu, 'info'>, store: TuningStore, runtime?: string): Promise<Tuning> {
    const tuning = new Tuning(deviceKey(gpu, runtime), store);
    await tuning.#attempt('Nothing could be recalled', async () => {
      for (const [key, value] of await store.entries()) tuning.#adopt(key, value);
    });
    return tuning;
  }

  /** Problems with the store, as messages for the user. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  choice(shapeClass: string): TunedChoice | undefined {
    return this.#choices.get(shapeClass);
  }

  entries(): readonly (readonly [shapeClass: string, choice: TunedChoice])[] {
    return [...this.#choices];
  }

  /** Stores a tuning result, unless it has no winner. */
  async remember({ shapeClass, candidates, winner }: TuningResult): Promise<void> {
    if (winner === null) return;
    const ranking = candidates
      .filter(({ verified, ms }) => verified && ms)
      .map(({ name, ms }) => ({ name, ms: ms! }))
      .sort((a, b) => Number(b.name === winner) - Number(a.name === winner) || a.ms - b.ms);
    const choice = { ranking, tunedAt: new Date().toISOString() };
    this.#choices.set(shapeClass, choice);
    await this.#attempt('The choice holds for now, but could not be kept', () =>
      this.store.set(`${this.key}${SEPARATOR}${shapeClass}`, choice),
    );
  }

  /** Forgets all results, including those of other devices and versions. */
  async forget(): Promise<void> {
    this.#choices.clear();
    await this.#attempt('What was kept could not be removed', () => this.store.clear());
  }

  #adopt(key: string, value: unknown): void {
    const prefix = `${this.key}${SEPARATOR}`;
    if (!key.startsWith(prefix)) return;
    const shapeClass = key.slice(prefix.length);
    if (isTunedChoice(value)) this.#choices.set(shapeClass, value);
    else this.#notes.push(`What was kept for ${shapeClass} is not understood, and ignored.`);
  }

  async #attempt(trouble: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#notes.push(`${trouble}: ${errorMessage(error)}`);
    }
  }
}

const SEPARATOR = ' | ';
