/** A kind of subgroup matrices that a device has: (M × K) · (K × N), added to M × N. */
export interface SubgroupMatrixConfig {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly componentType: string;
  readonly resultComponentType: string;
}

/** What `@webgpu/types` does not know yet: an extension of Chrome and Dawn, behind a flag there. */
declare global {
  interface GPUAdapterInfo {
    readonly subgroupMatrixConfigs?: Iterable<SubgroupMatrixConfig>;
  }
}
