import { afterEach, describe, expect, it } from 'vitest';
import { HeadsDriver } from '../../support/heads-driver';

let heads: HeadsDriver;

afterEach(async () => {
  await heads.close();
  expect(heads.errors).toEqual([]);
});

describe('4,096 tokens', () => {
  it('come head by head, while the page stays responsive and may be stopped', async () => {
    heads = await HeadsDriver.open('length=4096&heads=2&compute=gpu');
    await heads.appears('head-grid');
    const tasks = await heads.longTasksDuring(async () => {
      await expect.poll(() => heads.text('#work'), { timeout: 30_000 }).toMatch(/Computing 0 of 2/);
      await heads.map();
      // Something else: what was being computed is given up at once.
      const took = await heads.page.$eval('>>> #work', async (work) => {
        const { host } = work.getRootNode() as ShadowRoot;
        const setup = host.parentNode!.querySelector('heads-setup')!;
        const picker = setup.shadowRoot!.querySelector('source-picker')!;
        const lengths = picker.shadowRoot!.querySelector<HTMLSelectElement>('#length')!;
        lengths.value = '64';
        const start = performance.now();
        lengths.dispatchEvent(new Event('change'));
        while (!work.textContent!.includes('64 × 64')) {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        return performance.now() - start;
      });
      expect(took).toBeLessThan(200);
      await heads.drawn('2 heads of 64 × 64');
    });
    expect(tasks).toEqual([]);
  });
});
