import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { casesOf } from '../../../bench/presets';
import type { Settings } from '../../../bench/settings';
import type {
  TuningEvent,
  TuningRequest,
  PlannedKernel,
  KernelChooser,
  TuningProgress,
} from '../../../bench/tuning';

/** Listens until the function it returns is called. That it listens, it tells by `tuning-ready`. */
function answerTuningRequests(): () => void {
  const answer = ({ detail }: CustomEvent<TuningRequest>) => void tuneOnRequest(detail);
  window.addEventListener('tuning-request', answer);
  window.dispatchEvent(new Event('tuning-ready'));
  return () => window.removeEventListener('tuning-request', answer);
}

async function tuneOnRequest({ cases, budgetMs, remembered }: TuningRequest): Promise<void> {
  const [
    { KernelChooser },
    { browserEnvironment, describeCurrentDevice: describeDeviceAtHand },
    { memoryStore },
    words,
  ] = await Promise.all([
    import('../../../bench/tuning'),
    import('../../../bench/environment'),
    import('../../../attention/tuning/stores'),
    import('../../../bench/format'),
  ]);
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
  const device = words.describeDevice(await describeDeviceAtHand());
  dispatchTuningEvent({
    type: 'done',
    device,
    entries: await store.entries(),
    ...(error && { error }),
  });
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

/** The page's chooser, with what this browser remembers; fetched when it is first needed. */
let chooser: Promise<KernelChooser> | null = null;
const openChooser = () => (chooser ??= createChooser());

async function createChooser(): Promise<KernelChooser> {
  const [{ KernelChooser: Chooser }, { browserEnvironment }, { indexedDbStore }] =
    await Promise.all([
      import('../../../bench/tuning'),
      import('../../../bench/environment'),
      import('../../../attention/tuning/stores'),
    ]);
  return new Chooser(browserEnvironment.devices, indexedDbStore());
}

/** Which kernels are chosen for the settings of an element, and one tuning at a time. */
export class TuningRun implements ReactiveController {
  /** Null before it is known, and where there is no device. */
  choices: readonly PlannedKernel[] | null = null;
  progress: TuningProgress | null = null;
  /** What went wrong, or is good to know, one sentence each. */
  notes: readonly string[] = [];
  #abort: AbortController | null = null;
  #settings: Settings | null = null;
  #stopAnswering: (() => void) | null = null;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get running() {
    return this.#abort !== null;
  }

  /** Shows what is chosen for these settings; a no-op for those shown already. */
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
      await known.tune(casesFor(settings), {
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
    this.#stopAnswering = answerTuningRequests();
  }

  hostDisconnected() {
    this.cancel();
    this.#stopAnswering?.();
  }

  async #refresh() {
    const settings = this.#settings!;
    await this.#attempt(async (known) => {
      const choices = await known.choices(casesFor(settings));
      const notes = await known.notes();
      // Meanwhile others may have been asked for.
      if (settings === this.#settings) this.choices = choices;
      this.notes = [...new Set([...this.notes, ...notes])];
    });
    this.host.requestUpdate();
  }

  /** No device is a normal state, which the page tells elsewhere; whatever else goes wrong becomes a note. */
  async #attempt(work: (chooser: KernelChooser) => Promise<void>, signal?: AbortSignal) {
    try {
      await work(await openChooser());
    } catch (error) {
      if (signal?.aborted) this.notes = ['Cancelled: what was found before stays.'];
      else if ((error as Error).name === 'GpuUnavailableError') this.choices = null;
      else this.notes = [(error as Error).message];
    }
  }
}

const casesFor = (settings: Settings) =>
  casesOf(settings).cases.map((item) => ({ ...item, dtype: settings.dtype }));
