import { plantedSource, type PlantedOptions } from '../model/sources/planted';

/// <reference lib="webworker" />

/** Plants long sequences beside the page: seconds of work at 65,536 tokens. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

scope.addEventListener('message', ({ data }: MessageEvent<PlantedOptions>) => {
  try {
    const source = plantedSource(data);
    const arrays = [source.query, source.key, source.value, source.marks];
    const transfer = new Set(arrays.flatMap((array) => (array ? [array.buffer] : [])));
    scope.postMessage({ source }, [...transfer]);
  } catch (error) {
    scope.postMessage({ error: (error as Error).message });
  }
});
