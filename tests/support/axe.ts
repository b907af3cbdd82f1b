import axe, { type ElementContext, type RunOptions } from 'axe-core';

/** Each theme, and what of axe to run in it: only colours differ in the second. */
export const themes: readonly ['light' | 'dark', RunOptions][] = [
  ['light', {}],
  ['dark', { runOnly: ['color-contrast'] }],
];

/** What axe finds in elements of the page that a test runs in, and the rules that they pass. */
export async function axeFindings(elements: ElementContext, options: RunOptions = {}) {
  const { violations, passes } = await axe.run(elements, options);
  const found = violations.map(({ id, impact, nodes }) => ({
    impact,
    text: `${id}: ${nodes.map(({ target }) => target.flat().join(' '))}`,
  }));
  return {
    all: found.map(({ text }) => text),
    serious: found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ text }) => text),
    passed: passes.map(({ id }) => id),
  };
}
