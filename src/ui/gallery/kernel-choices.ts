import type { KernelChoice } from '../../bench/kernel-chooser';

/** Made up: a tuned choice, one by rule, and a case that does not fit. */
export const kernelChoices: readonly KernelChoice[] = [
  {
    caseName: '1·8·256·64',
    shapeClass: 'q≤512 k≤512 d64 h≤8 f32 full',
    kernel: 'flash-direct',
    reason:
      'Tuned on this device: flash-direct was 1.8 × as fast as the next (flash) for q≤512 k≤512 d64 h≤8 f32 full.',
    tuned: true,
  },
  {
    caseName: '1·12·512·64 causal',
    shapeClass: 'q≤512 k≤512 d64 h>8 f32 causal-like',
    kernel: 'flash',
    reason: 'flash holds any length and stores no scores.',
    tuned: false,
  },
  {
    caseName: '1·8·4194304·64',
    shapeClass: 'q>512 k>4096 d64 h≤8 f32 full',
    kernel: null,
    reason:
      "query needs 8 GiB, but this device's maxBufferSize is 1 GiB; the largest queryLength that fits is 524288.",
    tuned: false,
  },
];
