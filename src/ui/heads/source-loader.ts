import type { HeadsState } from '../../heads/link-state';
import type { HeadsSource } from '../../heads/source';
import { Latest } from './latest';
import { loadSource, sourceKey } from './load-source';
import { TensorFiles } from './tensor-files';
import { badFiles, describeTrouble, NO_FILES, type Trouble } from './trouble';

/** What of the state belongs to one source, and means nothing to another. */
export const ofSource = {
  layer: 1,
  head: 1,
  view: null,
  cursor: null,
  pins: [],
  locks: [],
  hiddenKeys: [],
  linesFrom: null,
  outputsOf: null,
  outputsLess: null,
  filter: '',
  compare: 'none',
} as const satisfies Partial<HeadsState>;

/** Brings the source that the state names: made, planted in a worker, or read from the user's files. */
export class SourceLoader {
  source: HeadsSource | null = null;
  /** Why there is no such source; the one before stays. */
  trouble: Trouble | null = null;
  readonly files = new TensorFiles();
  /** Of the source that is there, or the one on its way. */
  #key = '';
  readonly #loading = new Latest<HeadsState>(
    async (state, signal) => {
      const { trouble } = this;
      this.#adopt(await loadSource(state, signal));
      if (trouble === NO_FILES) this.trouble = trouble;
    },
    (error) => this.#say(describeTrouble(error)),
  );

  /** @param changed Told of a new source, and with none of a new trouble. */
  constructor(private readonly changed: (source: HeadsSource | null) => void) {}

  get isLoading(): boolean {
    return this.#loading.isRunning;
  }

  /** Loads what the state names, unless it is there already. Returns whether it is on its way. */
  follow(state: HeadsState): boolean {
    const key = sourceKey(state);
    if (key === this.#key) return false;
    this.#key = key;
    if (state.source !== 'file') {
      this.#loading.request(state);
      return true;
    }
    this.#loading.stop();
    if (this.files.source) {
      this.#adopt(this.files.source);
      return true;
    }
    // A link of somebody's files: there is something to look at all the same.
    this.trouble = NO_FILES;
    if (this.source) return false;
    this.#loading.request({ ...state, source: 'planted' });
    return true;
  }

  /** Reads the user's files. What was there stays where that cannot be: then it returns false. */
  read(files: readonly File[]): Promise<boolean> {
    return this.#take(() => this.files.read(files));
  }

  /** Sees the user's files another way. */
  choose(reading: number, batch: number): Promise<boolean> {
    return this.#take(() => this.files.choose(reading, batch));
  }

  /** What is given up here is begun again by the next `follow`. */
  stop(): void {
    if (this.isLoading) this.#key = '';
    this.#loading.stop();
  }

  async #take(read: () => Promise<HeadsSource>): Promise<boolean> {
    try {
      const source = await read();
      this.#loading.stop();
      this.#key = 'file';
      this.#adopt(source);
      return true;
    } catch (error) {
      this.#say(badFiles(error));
      return false;
    }
  }

  #adopt(source: HeadsSource): void {
    this.source = source;
    this.trouble = null;
    this.changed(source);
  }

  #say(trouble: Trouble): void {
    this.trouble = trouble;
    this.changed(null);
  }
}
