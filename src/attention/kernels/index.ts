import { decode } from './decode';
import { flash } from './flash';
import type { Kernel } from './kernel';
import { threePass } from './three-pass';

/** Every kernel there is, in the order in which the plan tries them. */
export const kernels: readonly Kernel[] = [flash, decode, threePass];

export const findKernel = (name: string): Kernel | undefined =>
  kernels.find((kernel) => kernel.name === name);
