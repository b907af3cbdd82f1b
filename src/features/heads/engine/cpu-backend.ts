import { InputError } from '../../../attention/input-error';
import type { MapReadOptions, MapRegion, WeightMap } from '../../../attention/maps/weight-map';
import { createProblem } from '../../../attention/problem';
import { problemOptions, type HeadControls } from '../model/controls';
import type { HeadsSource } from '../model/source';
import type { CpuTask, CpuTasks, FromCpuWorker, ToCpuWorker } from './cpu-worker';
import type { HeadTaskOptions, HeadMaps, MapBackend } from './map-backend';

type CallOptions = HeadTaskOptions & Pick<MapReadOptions, 'onPart'>;

interface Pending extends CallOptions {
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** One worker that answers requests with promises, and lets go of a request when it is aborted. */
class CpuThread {
  #nextId = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #worker = new Worker(new URL('./cpu-worker.ts', import.meta.url), {
    type: 'module',
    name: 'attention-heads',
  });
  #stopped: Error | null = null;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromCpuWorker>) =>
      this.#take(data),
    );
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#stop(new Error(`The CPU worker crashed: ${event.message || 'no details'}`));
    });
  }

  /** A worker that crashed answers nothing any more. */
  get hasStopped(): boolean {
    return this.#stopped !== null;
  }

  /** @throws the signal's reason at once when aborted; what the worker throws, by its name and message. */
  call<T extends CpuTask>(
    task: T,
    request: CpuTasks[T]['request'],
    options: CallOptions = {},
  ): Promise<CpuTasks[T]['result']> {
    const { signal } = options;
    if (this.#stopped) return Promise.reject(this.#stopped);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = this.#nextId++;
    const answer = new Promise<CpuTasks[T]['result']>((resolve, reject) => {
      this.#pending.set(id, { ...options, resolve, reject });
    });
    this.#post({ task, id, ...request } as ToCpuWorker);
    const abort = () => {
      this.#pending.get(id)?.reject(signal!.reason);
      this.#post({ abort: id });
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = () => {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    };
    answer.then(settle, settle);
    return answer;
  }

  destroy(): void {
    this.#stop(new Error('The CPU worker was stopped.'));
  }

  #post(message: ToCpuWorker): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromCpuWorker): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if ('progress' in message) pending.onProgress?.(message.progress);
    else if ('part' in message) pending.onPart?.(message.part);
    else if ('result' in message) pending.resolve(message.result as never);
    else pending.reject(Object.assign(new Error(message.error), { name: message.name }));
  }

  #stop(reason: Error): void {
    this.#stopped ??= reason;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

/** Pairs of queries and keys, over all heads, times the head size: about ten seconds of float64. */
const MAX_PRODUCTS = 2 ** 33;

/** Computes maps in float64, in a worker: the page's own thread stays free. */
export class CpuBackend implements MapBackend {
  #thread: CpuThread | null = null;
  #loaded: HeadsSource | null = null;

  async prepare(
    source: HeadsSource,
    controls: HeadControls,
    signal: AbortSignal,
  ): Promise<HeadMaps> {
    assertAffordable(source);
    if (this.#thread?.hasStopped) this.release();
    this.#thread ??= new CpuThread();
    if (this.#loaded !== source) {
      this.#loaded = source;
      const { layers, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = source;
      const extents = { layers, heads, kvHeads, queryLength, keyLength, headSize, valueSize };
      const { query, key, value, marks } = source;
      await this.#thread.call(
        'load',
        { source: { ...extents, query, key, value, marks } },
        { signal },
      );
    }
    return new CpuMaps(this.#thread, source, controls);
  }

  release(): void {
    this.#thread?.destroy();
    this.#thread = null;
    this.#loaded = null;
  }
}

/** The longest sequence of such heads that the CPU is asked for: a power of two. */
export function maxLengthOnCpu({ layers, heads, headSize }: HeadsSource): number {
  return 2 ** Math.floor(Math.log2(Math.sqrt(MAX_PRODUCTS / (layers * heads * headSize))));
}

function assertAffordable(source: HeadsSource): void {
  const { layers, heads, queryLength, keyLength, headSize } = source;
  if (layers * heads * queryLength * keyLength * headSize <= MAX_PRODUCTS) return;
  const longest = maxLengthOnCpu(source);
  throw new InputError(
    'length',
    `${queryLength} × ${keyLength}`,
    `up to ${longest} tokens for ${layers * heads} such heads without a GPU`,
  );
}

class CpuMaps implements HeadMaps {
  readonly problem;

  constructor(
    private readonly thread: CpuThread,
    private readonly source: HeadsSource,
    private readonly controls: HeadControls,
  ) {
    const shape = { ...source, batch: source.layers, valueSize: Math.max(1, source.valueSize) };
    this.problem = createProblem(shape, problemOptions(controls, source));
  }

  statistics(layer: number, head: number, work?: HeadTaskOptions) {
    const { controls } = this;
    return this.thread.call('statistics', { controls, layer, head }, work);
  }

  map(layer: number, head: number): WeightMap {
    const { thread, controls, source } = this;
    return {
      rows: source.queryLength,
      columns: source.keyLength,
      cells: (region: MapRegion, options?: MapReadOptions) =>
        thread.call('cells', { controls, layer, head, region }, options),
    };
  }

  outputs(work?: HeadTaskOptions) {
    return this.thread.call('outputs', { controls: this.controls }, work);
  }

  /** The worker keeps what it has for whoever asks next. */
  destroy(): void {}
}
