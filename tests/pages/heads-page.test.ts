import { afterEach, describe, expect, it } from 'vitest';
import { plantedSource } from '../../src/features/heads/model/sources/planted';
import { formatWeight } from '../../src/ui/heat-map/readout';
import { exactRow, HeadsDriver } from '../support/heads-driver';

let heads: HeadsDriver;

afterEach(async () => {
  expect(heads.errors).toEqual([]);
  await heads.close();
});

/** The default source, and small ones that take no time. */
const usual = plantedSource({ length: 256, seed: 1 });
const small = 'length=64&heads=4';

describe('the heads page', () => {
  it('lets a visitor find the induction head by its metric', async () => {
    heads = await HeadsDriver.open();
    await heads.drawn();
    const wrong = usual.planted!.findIndex((kind) => kind !== 'induction');
    expect(await heads.text('head-puzzle >>> #ask')).toBe(`Is it ${usual.headNames[wrong]}?`);
    await heads.click('head-puzzle >>> #ask');
    await expect.poll(() => heads.text('head-puzzle >>> .verdict')).toMatch(/^No: head 1 /);
    // The third hint.
    await heads.click('head-puzzle >>> summary');
    const hints = await heads.page.$$('>>> head-puzzle >>> li button');
    await hints.at(-1)!.click();
    await expect.poll(async () => (await heads.heads())[0][1]).toMatch(/%/);
    await heads.click('head-grid >>> [role=option]');
    await heads.click('head-puzzle >>> #ask');
    await expect
      .poll(() => heads.text('head-puzzle >>> .verdict'))
      .toBe(`Yes: ${(await heads.heads())[0][0]} is the induction head.`);
    const index = usual.planted!.indexOf('induction');
    expect((await heads.heads())[0][0]).toBe(usual.headNames[index]);
  });

  it('zooms to a weight and tells its value, which is that of float64 within the bound', async () => {
    heads = await HeadsDriver.open('head=3');
    await heads.drawn();
    const map = await heads.map();
    for (const [row, column] of [
      [0, 0],
      [97, 200],
      [255, 255],
    ]) {
      await map.evaluate((element, i, j) => element.showCell(i, j), row, column);
      const { weights, bound } = exactRow(usual, 2, row);
      const weight = await map.evaluate(
        async (element, i, j) => {
          const one = { rows: 1, columns: 1, rowsOfCell: 1, columnsOfCell: 1 };
          return (await element.map!.cells({ row: i, column: j, ...one })).largest[0];
        },
        row,
        column,
      );
      expect(Math.abs(weight - weights[column])).toBeLessThanOrEqual(bound(column));
      await expect
        .poll(() => heads.text('attention-map >>> .readout'))
        .toContain(`query ${row} ‘${usual.queryTokens[row]}’ → key ${column}`);
      await expect
        .poll(() => heads.text('attention-map >>> .readout'))
        .toContain(`CPU ${formatWeight(weights[column], 7)}, `);
    }
  });

  it('locks a token and hides a key among the token lines', async () => {
    heads = await HeadsDriver.open('source=sentence&panel=lines');
    await heads.drawn('8 heads of 6 × 6');
    await heads.appears('token-lines');
    const lines = (await heads.page.$('>>> token-lines'))!;
    const token = (await lines.$('>>> .queries [data-index="1"], >>> .queries [role=option]'))!;
    await token.click();
    await expect
      .poll(() =>
        lines.evaluate(
          (element) => (element as HTMLElementTagNameMap['token-lines']).locked.length,
        ),
      )
      .toBe(1);
  });

  it('writes what it shows as CSV, number by number', async () => {
    heads = await HeadsDriver.open(`${small}&head=2&view=8,8,8,8`);
    await heads.drawn();
    const map = await heads.map();
    const saved = heads.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const { createObjectURL } = URL;
          URL.createObjectURL = (blob: Blob) => {
            void blob.text().then(resolve);
            return createObjectURL.call(URL, blob);
          };
        }),
    );
    await heads.click('attention-map >>> .menu summary');
    await heads.click('attention-map >>> button[aria-label="Save as CSV"]');
    const source = plantedSource({ length: 64, heads: 4, seed: 1 });
    const [header, ...records] = (await saved).trim().split('\r\n');
    const cells = await map.evaluate((element) => element.windowCells());
    expect(header.split(',')).toHaveLength(cells.width + 1);
    expect(records).toHaveLength(cells.height);
    records.forEach((record, i) => {
      const row = cells.region.row + i;
      const { weights, bound } = exactRow(source, 1, row);
      const values = record.split(',').slice(1).map(Number);
      values.forEach((value, j) => {
        const key = cells.region.column + j;
        expect(Math.abs(value - weights[key])).toBeLessThanOrEqual(bound(key));
      });
    });
  });

  it('goes to the benchmark and back, where it was left', async () => {
    heads = await HeadsDriver.open(`${small}&head=2`);
    await heads.drawn();
    await heads.click('nav a');
    await heads.appears('benchmark-page >>> h1');
    expect(await heads.page.evaluate(() => document.title)).toBe('Attention Playground');
    expect(await heads.page.$('>>> heads-page')).toBeNull();
    await heads.page.goBack();
    await heads.drawn();
    expect(await heads.text('.subject h2')).toBe('head 2');
    expect(await heads.text('nav a[aria-current=page]')).toBe('Heads');
  });

  it('says what of a link it did not understand', async () => {
    heads = await HeadsDriver.open(`${small}&temperature=hot&colour=red`);
    await heads.drawn();
    const notice = await heads.text('notice-banner li');
    expect(notice).toMatch(/temperature: "hot" is not allowed/);
    expect(notice).toMatch(/colour/);
  });
});
