import * as library from '../../src/attention/index';
import { runBenchmark } from '../../src/bench/benchmark';
import { browserEnvironment } from '../../src/bench/environment';
import { reportToText } from '../../src/bench/export';
import { defaultSettings, settingsCodec } from '../../src/bench/settings';
import { environmentOf } from './kernel-runner';

/** What tests reach from outside the page: the kernel suites on a device, the library, the benchmark. */
const harness = {
  ...environmentOf(),
  library,
  bench: { runBenchmark, browserEnvironment, defaultSettings, settingsCodec, toText: reportToText },
};

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
