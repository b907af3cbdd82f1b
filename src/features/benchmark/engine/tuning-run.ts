import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { describeDevice } from '../../../bench/format';
import { casesOf } from '../../../bench/presets';
import type { Settings } from '../../../bench/settings';
import type {
  TuningEvent,
  TuningRequest,
  PlannedKernel,
  KernelChooser,
  TuningProgress,
} from '../../../bench/tuning';

/** The modules that tuning needs, loaded when they are first needed. */
async function loadTuning() {
  const [tuning, environment, stores] = await Promise.all([
    import('../../../bench/tuning'),
    import('../../../bench/environment'),
    import('../../../attention/tuning/stores'),
  ]);
  return { ...tuning, ...environment, ...stores };
}

/** Answers a program that drives the page, by events on the window. */
async function tuneOnRequest({ detail }: CustomEvent<TuningRequest>): Promise<void> {
  const { cases, budgetMs, remembered } = detail;
  const { KernelChooser, browserEnvironment, describeCurrentDevice, memoryStore } =
    await loadTuning();
  const store = memoryStore(remembered);
  let error: string | undefined;
  try {
    await new KernelChooser(browserEnvironment.devices, store).tune(cases, {
      budgetMs: budgetMs ?? undefined,
      onlyNew: true,
      onProgress: (progress) => dispatchTuningEvent({ type: 'progress', progress }),
      onTuned: (tuned) => dispatchTuningEvent({ type: 'tuned', tuned }),
    });
  } catch (caught) {
    error = (caught as Error).message;
  }
  const device = describeDevice(await describeCurrentDevice());
  const entries = await store.entries();
  dispatchTuningEvent({ type: 'done', device, entries, ...(error && { error }) });
}

function dispatchTuningEvent(detail: TuningEvent) {
  window.dispatchEvent(new CustomEvent('tuning-event', { detail }));
}

declare global {
  interface WindowEventMap {
    'tuning-request': CustomEvent<TuningRequest>;
    'tuning-event': CustomEvent<TuningEvent>;
    'tuning-ready': Event;
  }
}

/** The page's kernel chooser, with the results stored in this browser; loaded when it is first needed. */
let chooser: Promise<KernelChooser> | null = null;
const openChooser = () => (chooser ??= createChooser());

async function createChooser(): Promise<KernelChooser> {
  const { KernelChooser, browserEnvironment, indexedDbStore } = await loadTuning();
  return new KernelChooser(browserEnvironment.devices, indexedDbStore());
}

/** The kernels chosen for an element's settings, and one tuning at a time. */
export class TuningRun implements ReactiveController {
  /** Null until known, and where there is no device. */
  choices: readonly PlannedKernel[] | null = null;
  progress: TuningProgress | null = null;
  /** Errors and remarks, one sentence each. */
  notes: readonly string[] = [];
  #abort: AbortController | null = null;
  #settings: Settings | null = null;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get running() {
    return this.#abort !== null;
  }

  /** Loads the choices for these settings; a no-op for the same object as before. */
  async follow(settings: Settings) {
    if (settings === this.#settings) return;
    this.#settings = settings;
    await this.#refresh();
  }

  async tune() {
    const settings = this.#settings;
    if (this.#abort || !settings) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.notes = [];
    this.host.requestUpdate();
    await this.#attempt(async (known) => {
      await known.tune(casesOf(settings).cases, {
        signal: abort.signal,
        onProgress: (progress) => {
          this.progress = progress;
          this.host.requestUpdate();
        },
        onTuned: () => void this.#refresh(),
      });
    }, abort.signal);
    this.#abort = null;
    this.progress = null;
    await this.#refresh();
  }

  cancel() {
    this.#abort?.abort();
  }

  async forget() {
    this.notes = [];
    await this.#attempt((known) => known.forget());
    await this.#refresh();
  }

  hostConnected() {
    window.addEventListener('tuning-request', tuneOnRequest);
    window.dispatchEvent(new Event('tuning-ready'));
  }

  hostDisconnected() {
    this.cancel();
    window.removeEventListener('tuning-request', tuneOnRequest);
  }

  async #refresh() {
    const settings = this.#settings!;
    await this.#attempt(async (known) => {
      const choices = await known.choices(casesOf(settings).cases);
      const notes = await known.notes();
      // The settings may have changed meanwhile.
      if (settings === this.#settings) this.choices = choices;
      this.notes = [...new Set([...this.notes, ...notes])];
    });
    this.host.requestUpdate();
  }

  /** Errors become notes, except a missing device, which the page shows elsewhere. */
  async #attempt(work: (chooser: KernelChooser) => Promise<void>, signal?: AbortSignal) {
    try {
      await work(await openChooser());
    } catch (error) {
      if (signal?.aborted) this.notes = ['Cancelled. Earlier results are kept.'];
      else if ((error as Error).name === 'GpuUnavailableError') this.choices = null;
      else this.notes = [(error as Error).message];
    }
  }
}
