import type { HeadsState } from '../../heads/link-state';
import type { HeadsSource } from '../../heads/source';
import { plantedSource, type PlantedOptions } from '../../heads/sources/planted';
import { sentenceSource } from '../../heads/sources/sentences';
import { textSource } from '../../heads/sources/text';

/** Queries' values that are planted between two frames; more are planted in a worker. */
const FEW_VALUES = 2 ** 18;

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
export async function loadSource(state: HeadsState, signal: AbortSignal): Promise<HeadsSource> {
  const { source, length, heads, layers, headSize, seed } = state;
  if (source === 'sentence') return sentenceSource(state.sentence, { seed });
  if (source === 'text') return textSource(state.text, { seed });
  const options = { length, heads, layers, headSize, seed };
  return length * heads * layers * headSize <= FEW_VALUES
    ? plantedSource(options)
    : plantElsewhere(options, signal);
}

function plantElsewhere(options: PlantedOptions, signal: AbortSignal): Promise<HeadsSource> {
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
