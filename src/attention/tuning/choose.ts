import { errorMessage } from '../../async/error-message';
import { raceAbort } from '../../async/abort';
import type { CandidateResult } from './choices';

/** A prepared candidate. */
export interface KernelRunner {
  readonly compileMs: number;
  /**
   * Runs the whole problem once and resolves with its milliseconds, or with an estimate and
   * `gaveUp` if it became clear that it would exceed `limitMs`.
   */
  runOnce(limitMs: number): Promise<{ readonly ms: number; readonly gaveUp: boolean }>;
  /** Checks the last output; returns the candidates now known to be wrong, this one or earlier ones. */
  check(): Promise<readonly { readonly name: string; readonly message: string }[]>;
  /** Milliseconds of one call; null after a bad clock reading. */
  sample(): Promise<number | null>;
  destroy(): void;
}

/** A candidate that is not prepared yet. */
export interface TuningEntry {
  readonly name: string;
  prepare(): Promise<KernelRunner>;
}

export interface ChooseOptions {
  readonly budgetMs: number;
  readonly signal?: AbortSignal;
  /** Fraction done, 0 to 1, and the current candidate. */
  readonly onProgress?: (fraction: number, name: string) => void;
  /** Errors that end tuning, such as a lost device; others end only their candidate. */
  readonly isFatal?: (error: unknown) => boolean;
  readonly now?: () => number;
}

/** First runs this much slower than the best are given up, however rough the reading. */
const HOPELESS_FACTOR = 3;
/** After the first run, candidates this much slower are dropped: noise cannot make up for it. */
const SLOWER_FACTOR = 1.5;
const ROUNDS = 5;
/** Share of the budget that first runs may use; the rest is for comparing. */
const FIRST_SHARE = 0.7;

/**
 * Runs each entry once and checks it, then the ones near the best in turns, so that other load on
 * the machine affects all alike. Never rejects because of one candidate.
 */
export async function choose(
  entries: readonly TuningEntry[],
  options: ChooseOptions,
): Promise<{ candidates: readonly CandidateResult[]; spentMs: number }> {
  const round = new Tournament(entries, options);
  try {
    await round.firstRuns();
    await round.compare();
    return round.results();
  } finally {
    round.destroy();
  }
}

/** The fastest correct candidate. Within `margin` of it, an earlier one in the list is preferred. */
export function winnerOf(candidates: readonly CandidateResult[], margin = 0.03): string | null {
  const timed = candidates.filter(({ status }) => status === 'timed');
  const best = Math.min(...timed.map(({ ms }) => ms!));
  return timed.find(({ ms }) => ms! <= best * (1 + margin))?.name ?? null;
}

interface CandidateState {
  readonly entry: TuningEntry;
  contender: KernelRunner | null;
  status: CandidateResult['status'];
  estimate: number | null;
  readonly samples: number[];
  compileMs: number | null;
  checked: boolean;
  message?: string;
}

class Tournament {
  readonly #states: readonly CandidateState[];
  readonly #now: () => number;
  readonly #start: number;
  #compiling = 0;

  constructor(
    entries: readonly TuningEntry[],
    private readonly options: ChooseOptions,
  ) {
    this.#states = entries.map((entry) => ({
      entry,
      contender: null,
      status: 'skipped',
      estimate: null,
      samples: [],
      compileMs: null,
      checked: false,
    }));
    this.#now = options.now ?? (() => performance.now());
    this.#start = this.#now();
  }

  async firstRuns(): Promise<void> {
    for (const [i, state] of this.#states.entries()) {
      this.#tell((i / this.#states.length) * FIRST_SHARE, state);
      // Keep at least one result, however long it takes.
      if (this.#active.length > 0 && this.#spent > this.options.budgetMs * FIRST_SHARE) {
        state.message = 'The time was up before its turn.';
        continue;
      }
      await this.#guard(state, () => this.#firstRun(state));
    }
  }

  async #firstRun(state: CandidateState): Promise<void> {
    const before = this.#now();
    // Compilation cannot be cancelled, but nothing has to wait for it.
    const preparing = state.entry.prepare();
    state.contender = await raceAbort(preparing, this.options.signal, (late) => late.destroy());
    this.#compiling += this.#now() - before;
    state.compileMs = state.contender.compileMs;
    const { ms, gaveUp } = await state.contender.runOnce(this.#best * HOPELESS_FACTOR);
    state.estimate = ms;
    state.status = gaveUp ? 'slower' : 'timed';
    if (gaveUp) return;
    state.checked = true;
    for (const { name, message } of await state.contender.check()) {
      const wrong = this.#states.find(({ entry }) => entry.name === name)!;
      Object.assign(wrong, { status: 'wrong', message, checked: false });
    }
  }

  async compare(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      // First samples are more reliable than first runs, which were cold and cut short.
      const limit = this.#best * (round === 0 ? HOPELESS_FACTOR : SLOWER_FACTOR);
      for (const state of this.#active) {
        if (timeOf(state)! > limit) state.status = 'slower';
      }
      const active = this.#active;
      if (isSettled(active) || this.#spent > this.options.budgetMs) return;
      for (let i = 0; i < active.length; i++) {
        const state = active[(i + round) % active.length];
        const done = (round + i / active.length) / ROUNDS;
        this.#tell(FIRST_SHARE + done * (1 - FIRST_SHARE), state);
        await this.#guard(state, async () => {
          const ms = await state.contender!.sample();
          if (ms !== null) state.samples.push(ms);
        });
      }
    }
  }

  results() {
    const candidates = this.#states.map((state) => {
      const { entry, status, compileMs, message, checked: verified } = state;
      const hasTime = status === 'timed' || status === 'slower';
      const ms = hasTime ? timeOf(state) : null;
      return { name: entry.name, status, ms, compileMs, verified, ...(message && { message }) };
    });
    return { candidates, spentMs: this.#spent };
  }

  destroy(): void {
    for (const { contender } of this.#states) contender?.destroy();
  }

  get #active(): readonly CandidateState[] {
    return this.#states.filter(({ status }) => status === 'timed');
  }

  get #best(): number {
    return Math.min(Infinity, ...this.#active.map((state) => timeOf(state)!));
  }

  get #spent(): number {
    return this.#now() - this.#start - this.#compiling;
  }

  #tell(fraction: number, { entry }: CandidateState): void {
    this.options.onProgress?.(fraction, entry.name);
  }

  async #guard(state: CandidateState, work: () => Promise<void>): Promise<void> {
    const { signal, isFatal } = this.options;
    signal?.throwIfAborted();
    try {
      await work();
    } catch (error) {
      if (signal?.aborted || isFatal?.(error)) throw error;
      state.status = 'failed';
      state.message = errorMessage(error);
    }
  }
}

/** No candidate left, or a single one with a measured time. */
const isSettled = (active: readonly CandidateState[]): boolean =>
  active.length === 0 || (active.length === 1 && active[0].samples.length > 0);

/** The median of the samples, or the first run's estimate before there are any. */
function timeOf({ samples, estimate }: CandidateState): number | null {
  if (samples.length === 0) return estimate;
  const sorted = [...samples].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
