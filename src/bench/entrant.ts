/** One timed call. */
export interface Sample {
  /** Milliseconds for one attention call, by the best clock there is. */
  readonly milliseconds: number;
  /** The same by the wall clock. */
  readonly wallMilliseconds: number;
}

export interface RunControl {
  readonly signal?: AbortSignal;
  /** Share of this run that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** A contestant at the start of one case: prepared, but not yet run. */
export interface Entrant {
  readonly name: string;
  /** Milliseconds its first compilation took; undefined where nothing is compiled. */
  readonly compileMs?: number;
  /** Computes the rows to be checked, E values each. */
  compute(rows: Int32Array, control: RunControl): Promise<Float32Array>;
  /** Gets ready to be timed, so that one sample takes about `sampleMs` at most where it can be cut. */
  warmUp(sampleMs: number, control: RunControl): Promise<void>;
  /** One sample; null when the clock gave a bad reading. */
  sample(control: RunControl): Promise<Sample | null>;
  /** Known after `warmUp`. */
  readonly timing: {
    readonly timer: 'timestamps' | 'wall';
    readonly repeats: number;
    readonly extrapolatedFrom?: { readonly rows: number; readonly rowsTotal: number };
  };
  destroy(): void;
}
