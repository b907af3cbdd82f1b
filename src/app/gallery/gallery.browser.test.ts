import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { axeFindings, themes } from '../../../tests/support/axe';
import { appears, collectErrors, page } from '../../../tests/support/dom';
import './gallery';

let errors: readonly string[];
let gallery: HTMLElement;

/** Shows every component in every state. */
async function open(width: number, height: number) {
  await page.setViewport({ width, height });
  gallery = document.createElement('component-gallery');
  document.body.append(gallery);
  await appears('section[id="attention-map, oblong"] attention-map >>> canvas');
  await appears('section[id="sample-chart"] >>> svg.plot');
}

beforeEach(async () => {
  errors = collectErrors();
  await page.mouse.move(0, 0);
});

afterEach(async () => {
  gallery.remove();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  await page.setViewport({ width: 1280, height: 1000 });
  vi.restoreAllMocks();
  expect(errors).toEqual([]);
});

it.each(themes)('has nothing that axe calls serious, in %s', async (colorScheme, options) => {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await open(1280, 1000);
  const { serious, passed } = await axeFindings(gallery, options);
  expect(serious).toEqual([]);
  expect(passed).toContain('color-contrast');
});

it('fits a phone without scrolling sideways', async () => {
  await open(390, 844);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
});
