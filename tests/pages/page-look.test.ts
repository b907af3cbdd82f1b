import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, emulateTheme, type OpenedPage, openPage } from '../support/page';

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage('');
  await opened.page.waitForNetworkIdle();
});

afterAll(() => opened.close());

/** How the components of the first page sit together; the gallery's tests look at each. */
describe('the first page', () => {
  it.each(['light', 'dark'] as const)(
    'has nothing that axe calls serious, in %s',
    async (theme) => {
      const { page, errors } = opened;
      await emulateTheme(page, theme);
      expect(await axeFindings(page, 'serious')).toEqual([]);
      expect(errors).toEqual([]);
    },
  );

  it('fits a phone without scrolling sideways', async () => {
    await opened.page.setViewport({ width: 390, height: 844 });
    const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});
