import { afterEach, describe, expect, it } from 'vitest';
import { defaultControls } from '../../src/features/heads/model/controls';
import { plantedSource } from '../../src/features/heads/model/sources/planted';
import { roundToFloat16 } from '../../src/numeric/float16';
import { formatWeight } from '../../src/ui/heat-map/readout';
import { exactRow, HeadsDriver } from '../support/heads-driver';

let heads: HeadsDriver;

afterEach(async () => {
  expect(heads.errors).toEqual([]);
  await heads.close();
});

const small = 'length=64&heads=4&panel=compare';
const source = plantedSource({ length: 64, heads: 4, seed: 1 });

/** Where the exact weights of two rows differ most. */
function largestOf(a: (row: number) => Float64Array, b: (row: number) => Float64Array) {
  let best = { row: 0, column: 0, difference: 0 };
  for (let row = 0; row < 64; row++) {
    const [ofA, ofB] = [a(row).slice(), b(row).slice()];
    ofA.forEach((weight, column) => {
      const difference = weight - ofB[column];
      if (Math.abs(difference) > Math.abs(best.difference)) best = { row, column, difference };
    });
  }
  return best;
}

const row =
  (head: number, temperature = 1) =>
  (at: number) =>
    exactRow(source, head, at, { ...defaultControls, temperature }).weights;

describe('comparing', () => {
  it('two heads goes to where they differ most, on all maps at once', async () => {
    heads = await HeadsDriver.open(`${small}&compare=head&head=2&with-head=4`);
    await heads.drawn();
    const [a, b, difference] = [await heads.map(0), await heads.map(1), await heads.map(2)];
    await heads.click('#largest');
    const { row: at, column, difference: most } = largestOf(row(1), row(3));
    await expect
      .poll(() => heads.text('.found'))
      .toContain(
        `query ${at} ‘${source.queryTokens[at]}’ → key ${column} ‘${source.keyTokens[column]}’`,
      );
    expect(await heads.text('.found')).toContain(`difference ${formatWeight(most, 3)}`);
    for (const map of [a, b, difference]) {
      await expect
        .poll(() => map.evaluate((element) => element.cursor))
        .toEqual({ row: at, column });
      const rows = () => map.evaluate((element) => element.shownView.rows);
      await expect.poll(rows).toBeLessThan(64);
      const view = await map.evaluate((element) => element.shownView);
      expect(view).toEqual(await a.evaluate((element) => element.shownView));
    }
    // One is moved, and the others with it.
    await b.evaluate((element) => element.showWhole());
    for (const map of [a, difference]) {
      await expect.poll(() => map.evaluate((element) => element.shownView.rows)).toBe(64);
    }
    expect(await heads.hash()).toMatch(/compare=head.*with-head=4/);
  });

  it('draws both sides in the same colour scale by default', async () => {
    heads = await HeadsDriver.open(`${small}&compare=head&head=2&with-head=4`);
    await heads.drawn();
    const high = (side: (at: number) => Float64Array) =>
      Math.max(...Array.from({ length: 64 }, (_, at) => Math.max(...side(at))));
    const largest = Math.max(high(row(1)), high(row(3)));
    for (const index of [0, 1]) {
      const map = await heads.map(index);
      await expect
        .poll(() => map.evaluate((element) => element.range?.high ?? 0))
        .toBeCloseTo(largest, 5);
    }
    await heads.click('#one-scale');
    const map = await heads.map(0);
    await expect.poll(() => map.evaluate((element) => element.range ?? null)).toBeNull();
  });

  it('with another temperature follows the control', async () => {
    heads = await HeadsDriver.open(`${small}&compare=temperature&with-temperature=2`);
    await heads.drawn();
    expect(await heads.text('.sides h3')).toMatch(
      /A: head 1, temperature 1\nB: head 1, temperature 2/,
    );
    const cells = async () =>
      Object.values((await (await heads.map(1)).evaluate((map) => map.windowCells())).mean);
    const closeTo = (shown: number[], temperature: number) =>
      shown.every((weight, i) => {
        const controls = { ...defaultControls, temperature };
        const { weights, bound } = exactRow(source, 0, Math.floor(i / 64), controls);
        return Math.abs(weight - weights[i % 64]) <= bound(i % 64);
      });
    const first = (await cells()).slice(0, 256);
    expect(closeTo(first, 2)).toBe(true);
    expect(closeTo(first, 4.06)).toBe(false);
    await heads.page.$eval('>>> #with-temperature', (slider) => {
      (slider as HTMLElementTagNameMap['ui-slider']).value = 4.06;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await expect.poll(() => heads.text('.sides h3')).toContain('head 1, temperature 4.06');
    expect(closeTo((await cells()).slice(0, 256), 4.06)).toBe(true);
  });

  it('with the CPU finds no more than rounding', async () => {
    heads = await HeadsDriver.open(`${small}&compute=gpu&compare=cpu&head=3`);
    await heads.drawn();
    await heads.appears('#largest');
    await heads.map(2);
    await heads.click('#largest');
    await expect.poll(() => heads.text('.found')).toMatch(/difference/);
    const found = (await heads.text('.found')).match(
      /query (\d+) .* key (\d+) .*difference (.+)$/,
    )!;
    const { bound } = exactRow(source, 2, Number(found[1]));
    const difference = Math.abs(Number(found[3].replace('−', '-')));
    // The CPU's weight is rounded to float32 as well.
    expect(difference).toBeLessThanOrEqual(bound(Number(found[2])) + 2 ** -24);
  });

  it('with the other dtype computes from what float16 keeps of the numbers', async (test) => {
    heads = await HeadsDriver.open(`${small}&compute=gpu&compare=type&head=3`);
    await heads.drawn();
    const lacking = await heads.page.$eval('>>> head-controls', (it) => it.f16Unsupported);
    if (lacking) return test.skip(lacking);
    await heads.appears('#largest');
    expect(await heads.text('.sides h3')).toMatch(/A: head 3, float32\nB: head 3, float16/);
    const stored = {
      ...source,
      query: source.query.map(roundToFloat16),
      key: source.key.map(roundToFloat16),
    };
    const cells = await (await heads.map(1)).evaluate((map) => map.windowCells());
    const shown = Object.values(cells.mean);
    for (const at of [0, 30, 63]) {
      const { weights, bound } = exactRow(stored, 2, at);
      for (let key = 0; key < 64; key++) {
        expect(Math.abs(shown[at * 64 + key] - weights[key])).toBeLessThanOrEqual(bound(key));
      }
    }
  });
});
