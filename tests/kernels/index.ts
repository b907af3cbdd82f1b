import { acceptance } from './acceptance';
import { behaviour } from './behaviour';
import { bindings } from './bindings';
import { wrongTwins } from './mutants';
import { conformance } from './conformance';
import { extremes } from './extremes';
import { float16 } from './float16';
import { properties } from './properties';
import { masks, shapes } from './shapes';
import { skipping } from './lacking';
import type { KernelSuite } from './suite';
import { values } from './values';

/** Everything that is checked on a GPU, wherever there is one. */
export const suites: readonly KernelSuite[] = [
  shapes,
  masks,
  values,
  float16,
  conformance,
  properties,
  acceptance,
  extremes,
  bindings,
  behaviour,
  wrongTwins,
].map(skipping);
