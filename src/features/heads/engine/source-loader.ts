import { LatestTask, type TaskHost } from '../../../async/latest-task';
import { RpcClient } from '../../../async/rpc';
import type { HeadsSource } from '../model/source';
import { plantedSource } from '../model/sources/planted';
import { sentenceSource, textSource } from '../model/sources/words';
import type { HeadsState, SourceKind } from '../model/state';
import { errorNotice, FILES_MISSING, unreadableFiles, type HeadsNotice } from './notices';
import type { FilesRead, SourceTasks } from './source-worker';

/** Values of all queries that are planted on the page's own thread, in less than a frame. */
const MAX_VALUES_ON_PAGE = 2 ** 18;

const openSourceWorker = (name: string, onAbort: 'cancel' | 'terminate') =>
  new RpcClient<SourceTasks>(
    () => new Worker(new URL('./source-worker.ts', import.meta.url), { type: 'module', name }),
    { name: `${name} worker`, onAbort },
  );

/** The fields that a source is made from. Files are not part of a state: they do not fit into a link. */
const sourceFields = {
  planted: ['length', 'heads', 'layers', 'headSize', 'seed'],
  sentence: ['seed', 'sentence'],
  text: ['seed', 'text'],
  file: [],
} as const satisfies Record<SourceKind, readonly (keyof HeadsState)[]>;

export const sourceKey = (state: HeadsState): string =>
  [state.source, ...sourceFields[state.source].map((field) => state[field])].join(' ');

/** Makes the source that the state names. @throws InputError; the signal's reason. */
async function loadSource(state: HeadsState, signal: AbortSignal): Promise<HeadsSource> {
  const { source, length, heads, layers, headSize, seed } = state;
  if (source === 'sentence') return sentenceSource(state.sentence, seed);
  if (source === 'text') return textSource(state.text, seed);
  const options = { length, heads, layers, headSize, seed };
  if (length * heads * layers * headSize <= MAX_VALUES_ON_PAGE) return plantedSource(options);
  const worker = openSourceWorker('source', 'terminate');
  try {
    return await worker.call('plant', options, { signal });
  } finally {
    worker.destroy();
  }
}

/** The user's tensors, in a worker that keeps them and reads them as heads in one way or another. */
export class TensorFiles {
  found: FilesRead = { files: [], readings: [], issues: [] };
  /** The reading that is shown, and its batch element. */
  chosen = { reading: 0, batch: 0 };
  source: HeadsSource | null = null;
  #worker = openSourceWorker('files', 'cancel');

  /**
   * Reads files in the most likely way. Unless that succeeds, the files before are kept.
   * @throws Error that says what is wrong with them.
   */
  async read(files: readonly File[]): Promise<HeadsSource> {
    const contents = await Promise.all(
      files.map(async (file) => ({ name: file.name, data: await file.arrayBuffer() })),
    );
    if (this.#worker.hasStopped) this.#worker = openSourceWorker('files', 'cancel');
    const transfer = contents.map(({ data }) => data);
    const found = await this.#worker.call('readFiles', contents, { transfer });
    if (found.readings.length === 0) throw new Error(found.issues.join(' '));
    this.found = found;
    return this.choose(0, 0);
  }

  async choose(reading: number, batch: number): Promise<HeadsSource> {
    this.source = await this.#worker.call('readAs', { reading, batch });
    this.chosen = { reading, batch };
    return this.source;
  }
}

/** Fields to reset when the source changes. */
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

/** Loads the source that the state names: made here, planted in a worker, or read from the user's files. */
export class SourceLoader {
  source: HeadsSource | null = null;
  /** Why the requested source could not be loaded. */
  notice: HeadsNotice | null = null;
  readonly files = new TensorFiles();
  /** Of the source that is there, or on its way. */
  #key = '';
  readonly #task: LatestTask<{ readonly state: HeadsState; readonly notice: HeadsNotice | null }>;

  /** @param onChange Called when there is another source or notice. */
  constructor(
    host: TaskHost,
    private readonly onChange: () => void,
  ) {
    this.#task = new LatestTask(
      host,
      async ({ state, notice }, { signal }) => this.#show(await loadSource(state, signal), notice),
      { onError: (error) => this.#show(this.source, errorNotice(error)) },
    );
  }

  /** Loads what the state names, unless it is there already. Returns whether another source replaces this one. */
  follow(state: HeadsState): boolean {
    const key = sourceKey(state);
    if (key === this.#key) return false;
    this.#key = key;
    if (state.source !== 'file') {
      this.#task.run({ state, notice: null });
      return true;
    }
    this.#task.reset();
    if (this.files.source) {
      this.#show(this.files.source, null);
      return true;
    }
    this.notice = FILES_MISSING;
    if (this.source) return false;
    // There is something to look at all the same.
    this.#task.run({ state: { ...state, source: 'planted' }, notice: FILES_MISSING });
    return true;
  }

  /** Reads the user's files, or the files there are in another way. Returns false where that failed. */
  async load(read: (files: TensorFiles) => Promise<HeadsSource>): Promise<boolean> {
    try {
      const source = await read(this.files);
      this.#task.reset();
      this.#key = 'file';
      this.#show(source, null);
      return true;
    } catch (error) {
      this.#show(this.source, unreadableFiles(error));
      return false;
    }
  }

  #show(source: HeadsSource | null, notice: HeadsNotice | null): void {
    this.source = source;
    this.notice = notice;
    this.onChange();
  }
}
