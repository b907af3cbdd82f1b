import { Breather } from '../attention/maps/breather';

/**
 * For long work on a thread that must answer: call what this returns between short pieces. It lets others
 * have their turn when it is time, and rejects with the signal's reason.
 */
export function breather(signal?: AbortSignal): () => Promise<void> | undefined {
  const rest = new Breather(signal);
  return () => {
    signal?.throwIfAborted();
    return rest.isDue ? rest.breathe() : undefined;
  };
}
