import { assert } from 'vitest';
import type { Gpu } from '../../src/webgpu/device';
import type { PipelineRequest } from '../../src/webgpu/pipelines';
import { shapeOf } from './problems';

/**
 * Runs `work` on a device whose pipelines are compiled from changed sources, under the same requests.
 * @throws where no source had anything to change.
 */
export async function withMutation<T>(
  gpu: Gpu,
  { find, replace }: { readonly find: string; readonly replace: string },
  work: (mutated: Gpu) => Promise<T>,
): Promise<T> {
  let changed = 0;
  const pipelines = new Proxy(gpu.pipelines, {
    get(target, property) {
      if (property !== 'get') return Reflect.get(target, property, target);
      return (request: PipelineRequest) => {
        if (request.code.includes(find)) changed++;
        return target.get({ ...request, code: request.code.replaceAll(find, replace) });
      };
    },
  });
  const mutated = new Proxy(gpu, {
    get: (target, property) => {
      if (property === 'pipelines') return pipelines;
      const value = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const result = await work(mutated);
  assert(changed > 0, `the mutation finds nothing to change: ${find}`);
  return result;
}

/** The same device, taken for a fast one or a slow one. */
export function withArchitecture(gpu: Gpu, architecture: string): Gpu {
  return new Proxy(gpu, {
    get(target, property) {
      if (property === 'info') {
        const { subgroupMinSize, subgroupMaxSize, subgroupMatrixConfigs } = target.info;
        return { architecture, subgroupMinSize, subgroupMaxSize, subgroupMatrixConfigs };
      }
      const value = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Long enough for several parts on a slow device; sums grow and maxima change from part to part. */
export const LONG_KEYS = shapeOf({
  heads: 2,
  kvHeads: 1,
  queryLength: 70,
  keyLength: 4500,
  headSize: 200,
});
