import type { Gpu } from '../../webgpu/device';

/** A probe computed something else than it should have: what it measured is no ceiling. */
export class ProbeError extends Error {
  override name = 'ProbeError';
}

/** One way to load one part of the device to its limit. */
export interface Probe {
  /** Which form of it, where there are several: the best of them counts. */
  readonly variant: string;
  /** Compiles and allocates. @throws ShaderError; OutOfMemoryError; DeviceLostError. */
  prepare(gpu: Gpu): Promise<PreparedProbe>;
}

export interface PreparedProbe {
  readonly label: string;
  readonly compileMs: number;
  /** Operations, or bytes, of one unit. */
  readonly workOfUnit: number;
  /** The most units of one dispatch. */
  readonly maxUnits: number;
  encode(pass: GPUComputePassEncoder, units: number): void;
  /** Reads back what the last run of so many units computed. @throws ProbeError where it is wrong. */
  check(units: number): Promise<void>;
  destroy(): void;
}
