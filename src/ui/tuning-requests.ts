import type { TuningEvent, TuningRequest } from '../bench/tuning-events';

/** Listens until the function it returns is called. That it listens, it tells by `tuning-ready`. */
export function answerTuningRequests(): () => void {
  const answer = ({ detail }: CustomEvent<TuningRequest>) => void tuneOnRequest(detail);
  window.addEventListener('tuning-request', answer);
  window.dispatchEvent(new Event('tuning-ready'));
  return () => window.removeEventListener('tuning-request', answer);
}

async function tuneOnRequest({ cases, budgetMs, remembered }: TuningRequest): Promise<void> {
  const [{ KernelChooser }, { browserEnvironment, describeDeviceAtHand }, { memoryStore }, words] =
    await Promise.all([
      import('../bench/kernel-chooser'),
      import('../bench/environment'),
      import('../attention/tuning/store'),
      import('../bench/describe'),
    ]);
  const store = memoryStore(remembered);
  let error: string | undefined;
  try {
    await new KernelChooser(browserEnvironment.devices, store).tune(cases, {
      budgetMs: budgetMs ?? undefined,
      onlyNew: true,
      onProgress: (progress) => tell({ type: 'progress', progress }),
      onTuned: (tuned) => tell({ type: 'tuned', tuned }),
    });
  } catch (caught) {
    error = (caught as Error).message;
  }
  const device = words.describeDevice(await describeDeviceAtHand());
  tell({ type: 'done', device, entries: await store.entries(), ...(error && { error }) });
}

function tell(detail: TuningEvent) {
  window.dispatchEvent(new CustomEvent('tuning-event', { detail }));
}

declare global {
  interface WindowEventMap {
    'tuning-request': CustomEvent<TuningRequest>;
    'tuning-event': CustomEvent<TuningEvent>;
    'tuning-ready': Event;
  }
}
