/** The benchmark without a page around it. */
export { runBenchmark } from '../../src/bench/benchmark';
export { browserEnvironment } from '../../src/bench/environment';
export { defaultSettings } from '../../src/bench/settings';
