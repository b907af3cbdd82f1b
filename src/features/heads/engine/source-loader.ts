import { Latest } from '../../../async/latest';
import type { HeadsSource } from '../model/source';
import { plantedSource, type PlantedOptions } from '../model/sources/planted';
import { sentenceSource } from '../model/sources/sentences';
import { textSource } from '../model/sources/words';
import type { HeadsState } from '../model/state';
import type { FilesRead, FromFilesWorker, TensorReading, ToFilesWorker } from './files-worker';
import { unreadableFiles, errorNotice, FILES_MISSING, type HeadsNotice } from './notices';

/** Queries' values that are planted between two frames; more are planted in a worker. */
const MAX_VALUES_ON_PAGE = 2 ** 18;

/** What of the state decides the source. Files are not among it: they do not fit into a link. */
export function sourceKey(state: HeadsState): string {
  const { source, length, heads, layers, headSize, seed, sentence, text } = state;
  switch (source) {
    case 'planted':
      return JSON.stringify([source, length, heads, layers, headSize, seed]);
    case 'sentence':
      return JSON.stringify([source, sentence, seed]);
    case 'text':
      return JSON.stringify([source, text, seed]);
    case 'file':
      return source;
  }
}

/**
 * Makes the source that the state names.
 * @throws InputError; the signal's reason.
 */
async function loadSource(state: HeadsState, signal: AbortSignal): Promise<HeadsSource> {
  const { source, length, heads, layers, headSize, seed } = state;
  if (source === 'sentence') return sentenceSource(state.sentence, { seed });
  if (source === 'text') return textSource(state.text, { seed });
  const options = { length, heads, layers, headSize, seed };
  return length * heads * layers * headSize <= MAX_VALUES_ON_PAGE
    ? plantedSource(options)
    : plantInWorker(options, signal);
}

function plantInWorker(options: PlantedOptions, signal: AbortSignal): Promise<HeadsSource> {
  const worker = new Worker(new URL('./source-worker.ts', import.meta.url), {
    type: 'module',
    name: 'heads-source',
  });
  const answer = new Promise<HeadsSource>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.addEventListener('message', ({ data }) =>
      data.source ? resolve(data.source) : reject(new Error(data.error)),
    );
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new Error(`The worker crashed: ${event.message || 'no details'}`));
    });
    worker.postMessage(options);
  });
  return answer.finally(() => worker.terminate());
}

/** The user's tensors: read in a worker that keeps them, seen as heads in one way or another. */
export class TensorFiles {
  /** Names of the files that are kept. */
  names: readonly string[] = [];
  readings: readonly TensorReading[] = [];
  /** Which reading of them is shown, and which batch element. */
  chosen = { reading: 0, batch: 0 };
  /** What was left out, a sentence each. */
  notes: readonly string[] = [];
  source: HeadsSource | null = null;
  #worker: Worker | null = null;
  /** One question at a time. */
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Reads files, and sees them the most likely way. What was there before stays unless that succeeds.
   * @throws Error that says what is wrong with them.
   */
  async read(files: readonly File[]): Promise<HeadsSource> {
    const data = await Promise.all(
      files.map(async (file) => ({ name: file.name, data: await file.arrayBuffer() })),
    );
    const transfer = data.map((file) => file.data);
    const answer = (await this.#ask({ task: 'read', files: data }, transfer)) as FilesRead;
    if (answer.readings.length === 0) throw new Error(answer.issues.join(' '));
    this.names = answer.files;
    this.readings = answer.readings;
    this.notes = answer.issues;
    return this.choose(0, 0);
  }

  /** Sees the files another way. @throws Error */
  async choose(reading: number, batch: number): Promise<HeadsSource> {
    const answer = await this.#ask({ task: 'source', reading, batch });
    this.chosen = { reading, batch };
    this.source = (answer as { readonly source: HeadsSource }).source;
    return this.source;
  }

  #ask(question: ToFilesWorker, transfer: Transferable[] = []): Promise<FromFilesWorker> {
    const answer = this.#last.then(() => this.#askNow(question, transfer));
    this.#last = answer.catch(() => {});
    return answer;
  }

  #askNow(question: ToFilesWorker, transfer: Transferable[]): Promise<FromFilesWorker> {
    this.#worker ??= new Worker(new URL('./files-worker.ts', import.meta.url), {
      type: 'module',
      name: 'tensor-files',
    });
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromFilesWorker>) => {
        if (!('error' in data)) return resolve(data);
        reject(Object.assign(new Error(data.error), { name: data.name }));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        // What it kept is gone with it; what is shown stays.
        worker.terminate();
        this.#worker = null;
        reject(new Error(`Reading broke off: ${event.message || 'no details'}.`));
      };
      worker.postMessage(question, transfer);
    });
  }
}

/** What of the state belongs to one source, and means nothing to another. */
export const sourceDefaults = {
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
  notice: HeadsNotice | null = null;
  readonly files = new TensorFiles();
  /** Of the source that is there, or the one on its way. */
  #key = '';
  readonly #loading = new Latest<HeadsState>(
    async (state, signal) => {
      const { notice: trouble } = this;
      this.#adopt(await loadSource(state, signal));
      if (trouble === FILES_MISSING) this.notice = trouble;
    },
    (error) => this.#say(errorNotice(error)),
  );

  /** @param onChange Told of a new source, and with none of a new trouble. */
  constructor(private readonly onChange: (source: HeadsSource | null) => void) {}

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
    this.notice = FILES_MISSING;
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
      this.#say(unreadableFiles(error));
      return false;
    }
  }

  #adopt(source: HeadsSource): void {
    this.source = source;
    this.notice = null;
    this.onChange(source);
  }

  #say(trouble: HeadsNotice): void {
    this.notice = trouble;
    this.onChange(null);
  }
}
