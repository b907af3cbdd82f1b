import type { HeadsSource } from '../../heads/source';
import type { FilesRead, FromFilesWorker, Reading, ToFilesWorker } from './files-protocol';

/** The user's tensors: read in a worker that keeps them, seen as heads in one way or another. */
export class TensorFiles {
  /** Names of the files that are kept. */
  names: readonly string[] = [];
  readings: readonly Reading[] = [];
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
    if (answer.readings.length === 0) throw new Error(answer.refusals.join(' '));
    this.names = answer.files;
    this.readings = answer.readings;
    this.notes = answer.refusals;
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
