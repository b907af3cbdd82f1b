import axe, { type ElementContext, type RunOptions } from 'axe-core';
import { violationsOf } from './axe-violations';

/** Each theme, and what of axe to run in it: only colours differ in the second. */
export const themes: readonly ['light' | 'dark', RunOptions][] = [
  ['light', {}],
  ['dark', { runOnly: ['color-contrast'] }],
];

/** What axe finds in elements of the page that a test runs in, and the rules that they pass. */
export async function axeFindings(elements: ElementContext, options: RunOptions = {}) {
  const results = await axe.run(elements, options);
  const passed = results.passes.map(({ id }) => id);
  return { all: violationsOf(results), serious: violationsOf(results, 'serious'), passed };
}
