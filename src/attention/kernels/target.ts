/** What plans know of a device; a `Gpu` is one. */
export interface Target {
  readonly device: Pick<GPUDevice, 'limits' | 'features'>;
  readonly info: Pick<
    GPUAdapterInfo,
    'architecture' | 'subgroupMinSize' | 'subgroupMaxSize' | 'subgroupMatrixConfigs'
  >;
}

/** Whether a processor plays the GPU. */
export const isSoftware = ({ info }: Pick<Target, 'info'>): boolean =>
  info.architecture === 'swiftshader' || info.architecture === 'software';
