import { decode, decodeDirect } from './decode';
import { flash, flashStaged, flashWide } from './flash';
import { flashDirect } from './flash-direct';
import { flashMatrix } from './flash-matrix';
import type { Kernel } from './kernel';
import { threePass } from './three-pass';

/** Every kernel there is, in the order in which the plan tries them. */
export const kernels: readonly Kernel[] = [
  flash,
  flashWide,
  flashStaged,
  flashDirect,
  flashMatrix,
  decode,
  decodeDirect,
  threePass,
];

export const findKernel = (name: string): Kernel | undefined =>
  kernels.find((kernel) => kernel.name === name);
