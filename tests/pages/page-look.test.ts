import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedPage, openPage } from '../support/page';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage('');
  await opened.page.waitForNetworkIdle();
});

afterAll(() => opened.close());

/** How the components of the first page sit together; the gallery's tests look at each. */
describe('the first page', () => {
  it.each(['light', 'dark'])('has nothing that axe calls serious, in %s', async (theme) => {
    const { page, errors } = opened;
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    // Not through a script element, which the page's security policy forbids.
    await page.evaluate(axe);
    const found = (await page.evaluate(`axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.flat().join(' '))))`)) as string[];
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('fits a phone without scrolling sideways', async () => {
    await opened.page.setViewport({ width: 390, height: 844 });
    const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});
