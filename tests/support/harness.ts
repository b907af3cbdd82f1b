import * as library from '../../src/attention/index';
import { environmentOf } from './kernel-runner';

/** What tests reach from outside the page: the kernel suites on this page's device, and the library. */
const harness = { ...environmentOf(), library };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
