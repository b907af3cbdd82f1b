import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, inject, it } from 'vitest';
import { openPage } from '../support/page';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The gallery shows every component in every state; the page shows how they sit together. */
const views = ['', 'src/app/gallery/index.html'];
const themes = ['light', 'dark'];

describe.each(views)('/%s', (view) => {
  it.each(themes)('has nothing that axe calls serious, in %s', async (theme) => {
    const { page, errors, close } = await openPage(view, inject('sourcesUrl'));
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.waitForNetworkIdle();
    await page.evaluate(axe);
    const found = (await page.evaluate(`axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.flat().join(' '))))`)) as string[];
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  it('fits a phone without scrolling sideways', async () => {
    const { page, close } = await openPage(view, inject('sourcesUrl'));
    await page.setViewport({ width: 390, height: 844 });
    await page.waitForNetworkIdle();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await close();
  });
});
