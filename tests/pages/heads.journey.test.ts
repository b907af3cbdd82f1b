import { afterEach, describe, expect, it } from 'vitest';
import { visibleKeyCounts, defaultControls } from '../../src/features/heads/model/controls';
import { headMetrics, metricDescriptions } from '../../src/features/heads/model/metrics';
import { plantedSource } from '../../src/features/heads/model/sources/planted';
import { exactStatistics, HeadsDriver, pixelsOf } from '../support/heads-driver';

let heads: HeadsDriver;

afterEach(async () => {
  expect(heads.errors).toEqual([]);
  await heads.close();
});

/** The default source, and small ones that take no time. */
const usual = plantedSource({ length: 256, seed: 1 });
const small = 'length=64&heads=4';

describe('a visit to the heads page', () => {
  it('opens on all heads, with metrics that float64 agrees with', async () => {
    heads = await HeadsDriver.open();
    await heads.drawn('12 heads of 256 × 256 weights computed');
    expect(await heads.text('h1')).toBe('What does each head look at?');
    expect(await heads.page.evaluate(() => document.title)).toBe('Heads · Attention Playground');
    // In their own order, too, a number stands beside each.
    const before = new Map(await heads.heads());
    await heads.choose('head-grid >>> #sort', 'entropy');
    const { format } = metricDescriptions.find(({ id }) => id === 'entropy')!;
    const visible = visibleKeyCounts(defaultControls, usual);
    const shown = new Map(await heads.heads());
    expect(shown.size).toBe(12);
    for (const [head, name] of usual.headNames.entries()) {
      const rows = await exactStatistics(usual, head);
      expect(shown.get(name)).toBe(format(headMetrics(rows, visible, 256).entropy));
      expect(before.get(name)).toBe(shown.get(name));
    }
  });

  it('is drawn alike when it is opened again by its link', async () => {
    heads = await HeadsDriver.open(small);
    await heads.drawn();
    await heads.click('head-grid >>> [role=option]:nth-of-type(3)');
    await heads.choose('head-controls >>> #mask', 'causal');
    await heads.drawn('weights computed');
    const map = await heads.map();
    await map.evaluate((element) => element.showCell(40, 30));
    await map.evaluate((element) => element.complete());
    await expect.poll(() => heads.hash()).toMatch(/head=3.*mask=causal.*view=.*cursor=40:30/);
    const seen = (await map.evaluate((element) => element.windowCells())).mean;
    // A link has four decimals of where the view is: less than a pixel. From then on it is the same.
    const pictures: string[] = [];
    for (let visit = 0; visit < 2; visit++) {
      await heads.page.reload();
      await heads.drawn();
      const again = await heads.map();
      expect((await again.evaluate((element) => element.windowCells())).mean).toEqual(seen);
      expect(await heads.text('.subject')).toMatch(/head 3.*causal mask/);
      await heads.appears('attention-map >>> .readout .value');
      pictures.push(await pixelsOf(again));
    }
    expect(pictures[1]).toBe(pictures[0]);
  });
});
