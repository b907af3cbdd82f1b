import type { Gpu } from '../../webgpu/device';
import type { TunedChoices } from './choices';

const inUse = new WeakMap<Gpu, TunedChoices>();

/** From now on `attention` on this device follows these choices where there is one; none with null. */
export function useTuning(gpu: Gpu, choices: TunedChoices | null): void {
  if (choices) inUse.set(gpu, choices);
  else inUse.delete(gpu);
}

/** What this device's plans follow. */
export const tuningOf = (gpu: Gpu): TunedChoices | undefined => inUse.get(gpu);
