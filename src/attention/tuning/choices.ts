import type { Gpu } from '../../webgpu/device';
import { kernels } from '../kernels/index';
import type { Kernel } from '../kernels/kernel';
import { sharedSources } from '../kernels/module';
import type { Target } from '../kernels/tile';
import type { Shape } from '../layout';
import type { Problem } from '../problem';
import type { TuningStore } from './stores';

/** How a candidate fared. */
export interface CandidateResult {
  readonly name: string;
  /**
   * `timed`; `slower`: clearly slower after its first run, or a slice of it, and not measured further;
   * `wrong`: its result is not what float64 gives; `failed`: it did not compile or run; `skipped`: the time
   * was up before its turn.
   */
  readonly status: 'timed' | 'slower' | 'wrong' | 'failed' | 'skipped';
  /** Milliseconds of one whole call: a median, or for a slower one an estimate; null without any. */
  readonly ms: number | null;
  /**
   * Wall-clock milliseconds its pipelines took to compile when first asked for, and its first unit, with which
   * some drivers compile in earnest; not counted in any time.
   */
  readonly compileMs: number | null;
  /** Whether all that it computed agrees with float64 and the others. */
  readonly verified: boolean;
  readonly message?: string;
}

/** What tuning one class of problems found. */
export interface TuningResult {
  readonly shapeClass: string;
  /** The representative problem that was measured. */
  readonly shape: Shape;
  /** In the order in which the plan would try them. */
  readonly candidates: readonly CandidateResult[];
  /** The fastest of those that are right; null where none was measured in time. */
  readonly winner: string | null;
  /** What the plan picks without tuning. */
  readonly usual: string;
  /** Wall-clock milliseconds that it all took, compiling left out. */
  readonly spentMs: number;
}

/** A kernel that may be chosen; one with options is a candidate for each of their values, named apart. */
export interface Candidate {
  /** Unique, and stored: the kernel's own name, with its options behind it where it has any. */
  readonly name: string;
  readonly kernel: Kernel;
}

export const allCandidates: readonly Candidate[] = kernels.map((kernel) => ({
  name: kernel.name,
  kernel,
}));

export const findCandidate = (name: string): Candidate | undefined =>
  allCandidates.find((candidate) => candidate.name === name);

/** Whether a kernel can compute a problem on a device, memory between its passes included. */
export function isAble(kernel: Kernel, problem: Problem, target: Target): boolean {
  if (kernel.refuses?.(problem) || kernel.missingFeature?.(target)) return false;
  try {
    // Asking what it needs throws where that cannot be had.
    kernel.scratchBytes(problem, target.device.limits);
    return true;
  } catch {
    return false;
  }
}

/** How long a candidate took on a class's representative problem. */
export interface RankedCandidate {
  readonly name: string;
  readonly ms: number;
}

/** What tuning found for a class of problems: the candidates whose results were right, the fastest first. */
export interface TunedChoice {
  readonly ranking: readonly RankedCandidate[];
  /** ISO 8601, UTC. */
  readonly tunedAt: string;
}

/** What plans ask, at once, of what was tuned before. */
export interface TunedChoices {
  choice(shapeClass: string): TunedChoice | undefined;
}

/** Whether something read from a store is a choice: anybody may have written there. */
function isTunedChoice(value: unknown): value is TunedChoice {
  const { ranking, tunedAt } = (value ?? {}) as Partial<TunedChoice>;
  return (
    typeof tunedAt === 'string' &&
    Array.isArray(ranking) &&
    ranking.length > 0 &&
    ranking.every(isRanked)
  );
}

function isRanked(value: unknown): value is RankedCandidate {
  const { name, ms } = (value ?? {}) as Partial<RankedCandidate>;
  return typeof name === 'string' && Number.isFinite(ms) && ms! > 0;
}

const inUse = new WeakMap<Gpu, TunedChoices>();

/** From now on `attention` on this device follows these choices where there is one; none with null. */
export function useTuning(gpu: Gpu, choices: TunedChoices | null): void {
  if (choices) inUse.set(gpu, choices);
  else inUse.delete(gpu);
}

/** What this device's plans follow. */
export const tuningOf = (gpu: Gpu): TunedChoices | undefined => inUse.get(gpu);

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
function runtimeVersion(): string {
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

/**
 * What is known of one device: choices by class, loaded once and then at hand, each kept in a store as it
 * is learnt. A store that fails costs no more than the memory of it.
 */
export class Tuning implements TunedChoices {
  readonly #choices = new Map<string, TunedChoice>();
  readonly #notes: string[] = [];

  private constructor(
    private readonly key: string,
    private readonly store: TuningStore,
  ) {}

  /**
   * Loads what the store has for this device: same adapter, browser and shaders. What is no choice is left
   * alone, with a note.
   * @param runtime - name and version of what runs the shaders; the browser's or Node's unless told.
   */
  static async load(gpu: Pick<Gpu, 'info'>, store: TuningStore, runtime?: string): Promise<Tuning> {
    const tuning = new Tuning(deviceKey(gpu, runtime), store);
    await tuning.#attempt('Nothing could be recalled', async () => {
      for (const [key, value] of await store.entries()) tuning.#adopt(key, value);
    });
    return tuning;
  }

  /** What went wrong with the store, for people. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  choice(shapeClass: string): TunedChoice | undefined {
    return this.#choices.get(shapeClass);
  }

  /** Every class that is known, with its choice. */
  entries(): readonly (readonly [shapeClass: string, choice: TunedChoice])[] {
    return [...this.#choices];
  }

  /** Keeps what tuning found; nothing where it found nothing. */
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

  /** Forgets everything, of other devices and versions too. */
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
      const why = error instanceof Error ? error.message : String(error);
      this.#notes.push(`${trouble}: ${why}`);
    }
  }
}

const SEPARATOR = ' | ';
