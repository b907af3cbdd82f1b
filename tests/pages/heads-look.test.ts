import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { HeadsDriver } from '../support/heads-driver';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each way to look at a head, and what is there once it is shown. */
const panels = [
  ['map', 'attention-map'],
  ['lines', 'token-lines'],
  ['outputs', 'point-scatter'],
  ['compare', '#largest'],
];
const small = 'length=64&heads=4';

describe('the heads page', () => {
  it.each(['light', 'dark'])('has nothing that axe calls serious, in %s', async (theme) => {
    const heads = await HeadsDriver.open(small);
    const { page } = heads;
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await heads.drawn();
    await page.evaluate(axe);
    for (const [panel, content] of panels) {
      await heads.click(`#tab-${panel}`);
      await heads.appears(content);
      const found = (await page.evaluate(`axe.run().then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.flat().join(' '))))`)) as string[];
      expect({ panel, found }).toEqual({ panel, found: [] });
    }
    expect(heads.errors).toEqual([]);
    await heads.close();
  });

  it('fits a phone without scrolling sideways', async () => {
    const heads = await HeadsDriver.open(small);
    await heads.page.setViewport({ width: 390, height: 844 });
    await heads.drawn();
    for (const [panel, content] of panels) {
      await heads.click(`#tab-${panel}`);
      await heads.appears(content);
      const width = await heads.page.evaluate(() => document.documentElement.scrollWidth);
      expect({ panel, width }).toEqual({ panel, width: 390 });
    }
    await heads.close();
  });
});
