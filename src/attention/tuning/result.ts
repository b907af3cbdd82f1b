import type { Shape } from '../shape';

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
