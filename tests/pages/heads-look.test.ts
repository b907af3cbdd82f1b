import { describe, expect, it } from 'vitest';
import { HeadsDriver } from '../support/heads-driver';
import { axeFindings, emulateTheme } from '../support/page';

/** Each way to look at a head, and what is there once it is shown. */
const panels = [
  ['map', 'attention-map'],
  ['lines', 'token-lines'],
  ['outputs', 'point-scatter'],
  ['compare', '#largest'],
];
const small = 'length=64&heads=4';

describe('the heads page', () => {
  it.each(['light', 'dark'] as const)(
    'has nothing that axe calls serious, in %s',
    async (theme) => {
      const heads = await HeadsDriver.open(small);
      const { page } = heads;
      await emulateTheme(page, theme);
      await heads.drawn();
      for (const [panel, content] of panels) {
        await heads.click(`#tab-${panel}`);
        await heads.appears(content);
        const found = await axeFindings(page, 'serious');
        expect({ panel, found }).toEqual({ panel, found: [] });
      }
      expect(heads.errors).toEqual([]);
      await heads.close();
    },
  );

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
