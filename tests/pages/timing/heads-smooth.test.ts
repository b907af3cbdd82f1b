import { afterEach, describe, expect, it } from 'vitest';
import { plantedSource } from '../../../src/features/heads/model/sources/planted';
import { HeadsDriver } from '../../support/heads-driver';

let heads: HeadsDriver;

afterEach(async () => {
  await heads.close();
  expect(heads.errors).toEqual([]);
});

const small = 'length=64&heads=4';
const source = plantedSource({ length: 64, heads: 4, seed: 1 });

/** On a busy machine another program may hold the page up: only what happens every time is its own. */
const retry = { retry: 2 };

describe('a control that is dragged', () => {
  it.each(['gpu', 'cpu'])(
    'ends with the result of its last step, and never blocks the page: %s',
    retry,
    async (computeOn) => {
      heads = await HeadsDriver.open(`${small}&head=3&compute=${computeOn}`);
      await heads.drawn();
      const slider = (await heads.page.$('>>> head-controls >>> #temperature'))!;
      let temperature = NaN;
      const tasks = await heads.longTasksDuring(async () => {
        temperature = await slider.evaluate(async (element) => {
          const input = element as HTMLElementTagNameMap['ui-slider'];
          for (let step = 0; step <= 60; step++) {
            input.value = Number((0.1 * 50 ** (step / 60)).toPrecision(3));
            input.dispatchEvent(new Event('input', { bubbles: true }));
            await new Promise((resolve) => requestAnimationFrame(resolve));
          }
          return input.value;
        });
        await heads.drawn();
      });
      expect(await heads.text('.subject')).toContain(`temperature ${temperature}`);
      await heads.expectExact(source, 2, temperature);
      expect(tasks).toEqual([]);
    },
  );
});

describe('4,096 tokens', () => {
  it('come head by head, while the page stays responsive and may be stopped', retry, async () => {
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
