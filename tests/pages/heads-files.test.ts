import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_MARK, type HeadsSource } from '../../src/features/heads/model/source';
import { fillRandom } from '../../src/numeric/random';
import { exactRow, HeadsDriver } from '../support/heads-driver';
import { npyFile, zipFile } from '../support/tensor-files';

let heads: HeadsDriver;

beforeAll(async () => {
  heads = await HeadsDriver.open('length=64&heads=4&head=2');
});

afterAll(async () => {
  expect(heads.errors).toEqual([]);
  await heads.close();
});

const [HEADS, LENGTH, SIZE] = [3, 20, 8];
const values = (stream: number) =>
  fillRandom(new Float32Array(HEADS * LENGTH * SIZE), { seed: 11, stream });
const query = values(1);
const key = values(2);
const array = (data: Float32Array) =>
  npyFile('<f4', [HEADS, LENGTH, SIZE], new Uint8Array(data.buffer));

/** What the page should see in the file. */
const source = {
  layers: 1,
  heads: HEADS,
  kvHeads: HEADS,
  queryLength: LENGTH,
  keyLength: LENGTH,
  headSize: SIZE,
  valueSize: 0,
  query,
  key,
  marks: new Uint32Array(LENGTH).fill(NO_MARK),
} as unknown as HeadsSource;

describe('the user’s files', () => {
  it('that hold nothing to see are refused with a reason, and all stays as it was', async () => {
    await heads.drawn('4 heads of 64 × 64 weights computed');
    const before = await heads.text('#work');
    await heads.drop([{ name: 'broken.npz', bytes: new TextEncoder().encode('no zip at all') }]);
    await heads.appears('notice-banner[kind=error]');
    expect(await heads.page.$eval('>>> notice-banner', (it) => it.heading)).toBe(
      'Could not read these files.',
    );
    expect(await heads.text('notice-banner')).toMatch(/broken\.npz.*Keeping the current heads/);
    expect(await heads.text('#work')).toBe(before);
    expect(await heads.text('.subject h2')).toBe('head 2');
    expect(await heads.hash()).toContain('head=2');
    await heads.click('notice-banner >>> button');
    await expect.poll(() => heads.page.$('>>> notice-banner')).toBeNull();
  });

  it('are dropped, seen as heads, and their weights are those of float64', async () => {
    const file = zipFile([
      { name: 'q.npy', bytes: array(query), deflate: true },
      { name: 'k.npy', bytes: array(key) },
    ]);
    await heads.drop([{ name: 'mine.npz', bytes: file }]);
    await heads.drawn(`${HEADS} heads of ${LENGTH} × ${LENGTH}`);
    expect(await heads.text('.source-note')).toMatch(/Your own tensors: q \(3, 20, 8\) as queries/);
    expect(await heads.text('source-picker >>> .drop')).toContain('mine.npz');
    const map = await heads.map();
    const cells = await map.evaluate((element) => element.windowCells());
    expect([cells.height, cells.width]).toEqual([LENGTH, LENGTH]);
    for (let row = 0; row < LENGTH; row++) {
      const { weights, bound } = exactRow(source, 0, row);
      for (let column = 0; column < LENGTH; column++) {
        const shown = Object.values(cells.mean)[row * LENGTH + column];
        expect(Math.abs(shown - weights[column])).toBeLessThanOrEqual(bound(column));
      }
    }
  });

  it('of tokens alone go with the tensors that are there', async () => {
    const tokens = Array.from({ length: LENGTH }, (_, i) => `word${i}`);
    const bytes = new TextEncoder().encode(JSON.stringify(tokens));
    await heads.drop([{ name: 'tokens.json', bytes }]);
    await heads.appears('attention-map');
    const map = await heads.map();
    await expect.poll(() => map.evaluate((element) => element.rowTokens[3])).toBe('word3');
  });

  it('that can be seen in several ways are', async () => {
    await heads.appears('file-readings >>> #reading');
    const ways = await heads.page.$$eval('>>> file-readings >>> #reading >>> option', (options) =>
      options.map((option) => option.textContent!.trim()),
    );
    expect(ways.length).toBeGreaterThan(1);
    await heads.choose('file-readings >>> #reading', '1');
    await expect.poll(() => heads.text('.source-note')).toContain(ways[1]);
  });

  it('without values have no outputs, and the page says so', async () => {
    await heads.click('#tab-outputs');
    await heads.appears('point-scatter');
    expect(await heads.text('heads-outputs >>> .soft')).toContain('These tensors have no values');
  });

  it('stay when something else is looked at, and come back', async () => {
    await heads.click('source-picker >>> input[value=planted]');
    await heads.drawn('4 heads of 64 × 64');
    await heads.click('source-picker >>> input[value=file]');
    await expect.poll(() => heads.text('.source-note')).toContain('Your own tensors');
  });

  it('are not in a link: it says so, and there is something to look at all the same', async () => {
    await expect.poll(() => heads.hash()).toContain('source=file');
    await heads.page.reload();
    await heads.drawn();
    expect(await heads.page.$eval('>>> notice-banner', (it) => it.heading)).toBe(
      'This link refers to files that are not part of it.',
    );
  });
});
