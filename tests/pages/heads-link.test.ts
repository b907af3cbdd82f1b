import { afterEach, describe, expect, it } from 'vitest';
import { fillRandom } from '../../src/numeric/random';
import { HeadsDriver } from '../support/heads-driver';
import { npyFile, zipFile } from '../support/tensor-files';

let heads: HeadsDriver;

afterEach(async () => {
  expect(heads.errors).toEqual([]);
  await heads.close();
});

/** What of a component a link is to bring back. */
const kept: readonly (readonly [panel: string, component: string, ...properties: string[]])[] = [
  ['map', 'attention-map', 'pool', 'scale', 'palette', 'locked', 'pins', 'cursor', 'view'],
  ['lines', 'token-lines', 'mass', 'locked', 'hiddenKeys'],
  ['outputs', 'head-outputs', 'shown', 'against'],
  ['outputs', 'point-scatter', 'kindNames'],
  ['compare', '#compare', 'value'],
  ['compare', '#with-temperature', 'value'],
  ['compare', '#one-scale', 'checked'],
  ['map', 'head-grid', 'sort', 'descending', 'filter', 'selected'],
  ['map', 'head-controls', 'controls'],
];

async function seen() {
  const all: unknown[] = [];
  for (const [panel, component, ...properties] of kept) {
    await heads.click(`#tab-${panel}`);
    await heads.appears(component);
    if (component === 'head-outputs') await heads.appears('head-outputs >>> #shown');
    const values = await heads.page.$eval(
      `>>> ${component}`,
      (element, names) =>
        // A link has four decimals of where the view is: less than a pixel.
        names.map((name) =>
          JSON.stringify(Reflect.get(element, name), (_, value) =>
            typeof value === 'number' ? Number(value.toFixed(4)) : value,
          ),
        ),
      properties,
    );
    all.push(properties.map((name, i) => `${component} ${name} ${values[i]}`));
  }
  return all;
}

const slide = (selector: string, value: string) =>
  heads.page.$eval(
    `>>> ${selector}`,
    (input, to) => {
      const field = input as HTMLInputElement | HTMLElementTagNameMap['ui-slider'];
      if (field instanceof HTMLInputElement) field.value = to;
      else field.value = Number(to);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    value,
  );

/** Sets everything that there is to set, as a person would. */
async function setEverything() {
  await heads.choose('head-controls >>> #mask', 'causal');
  await heads.choose('head-grid >>> #sort', 'distance');
  await heads.click('head-grid >>> #descending');
  await slide('head-grid >>> #filter', 'layer:1');
  await heads.click('head-grid >>> [role=option][data-id="2"]');
  await heads.drawn();
  for (const [label, value] of [
    ['Pool', 'mean'],
    ['Scale', 'log'],
    ['Colours', 'magma'],
  ]) {
    await heads.choose(`attention-map >>> ui-select[label="${label}"] >>> #select`, value);
  }
  await heads.click('attention-map >>> .check input');
  const map = await heads.map();
  for (const [row, column] of [
    [40, 30],
    [50, 12],
  ]) {
    await map.evaluate((element, i, j) => element.showCell(i, j), row, column);
    await heads.appears('attention-map >>> .readout .actions button');
    await expect.poll(() => heads.text('attention-map >>> .readout')).toContain(`query ${row}`);
    await heads.click('attention-map >>> .readout .actions button');
  }
  await heads.click('#tab-lines');
  await heads.appears('token-lines');
  await slide('token-lines >>> #mass', '0.6');
  await heads.click('token-lines >>> .queries [data-index="5"]');
  await heads.click('token-lines >>> .keys [data-index="2"]');
  await heads.page.focus('>>> token-lines >>> .keys [data-index="4"]');
  await heads.page.keyboard.press('h');
  await heads.click('#tab-outputs');
  await heads.appears('head-outputs >>> #shown');
  await heads.choose('head-outputs >>> #shown', '1');
  await heads.choose('head-outputs >>> #against', '0');
  await heads.choose('#points', 'queries-keys');
  await heads.click('#tab-compare');
  await heads.choose('#compare', 'temperature');
  await heads.appears('#with-temperature');
  await slide('#with-temperature', '4.06');
  await heads.click('#one-scale');
}

describe('a link', () => {
  it('brings back everything that can be set, and nothing is lost on the way', async () => {
    heads = await HeadsDriver.open('length=64&heads=4');
    await heads.drawn();
    await setEverything();
    await heads.click('#tab-lines');
    await heads.appears('token-lines');
    const hash = await expect
      .poll(() => heads.hash())
      .toMatch(/panel=lines.*pins=40:30,50:12&mass=0\.6&locks=q5,k2&hidden=4.*with-temp/)
      .then(() => heads.hash());
    for (const entry of [
      'mask=causal',
      'head=3',
      'sort=distance',
      'reversed=on',
      'filter=layer',
      'panel=lines',
      'palette=magma',
      'scale=log',
      'span=map',
      'pool=mean',
      'view=',
      'cursor=50:12',
      'outputs-of=2',
      'outputs-less=1',
      'points=queries-keys',
      'one-scale=off',
      'compare=temperature',
      'with-temperature=4.06',
    ]) {
      expect(hash).toContain(entry);
    }
    const before = await seen();
    await heads.page.evaluate((link) => history.replaceState(null, '', link), hash);
    await heads.page.reload();
    await heads.drawn();
    expect(await heads.page.$('>>> notice-banner')).toBeNull();
    await heads.appears('token-lines');
    await expect.poll(() => heads.text('token-lines >>> .summary')).toContain('%');
    expect(await seen()).toEqual(before);
  });

  it('of the user’s files says that they are not in it, and counts once they are there', async () => {
    const count = 3 * 20 * 8;
    const array = (stream: number) => {
      const values = fillRandom(new Float32Array(count), { seed: 11, stream });
      return npyFile('<f4', [3, 20, 8], new Uint8Array(values.buffer));
    };
    const bytes = zipFile([
      { name: 'q.npy', bytes: array(1), deflate: true },
      { name: 'k.npy', bytes: array(2), deflate: true },
    ]);
    heads = await HeadsDriver.open(
      'source=file&head=3&pins=4:5&temperature=2&panel=lines&hidden=7',
    );
    await heads.drawn();
    expect(await heads.page.$eval('>>> notice-banner', (it) => it.heading)).toBe(
      'This link refers to files that are not part of it.',
    );
    await heads.drop([{ name: 'mine.npz', bytes }]);
    await heads.drawn('3 heads of 20 × 20 weights computed');
    expect(await heads.page.$('>>> notice-banner')).toBeNull();
    expect(await heads.text('.subject')).toMatch(/head 3.*temperature 2/);
    expect(await heads.page.$eval('>>> token-lines', (it) => it.hiddenKeys)).toEqual([7]);
    // Other files are another matter.
    await heads.drop([{ name: 'again.npz', bytes }]);
    await expect.poll(() => heads.text('.subject h2')).toBe('head 1');
    await expect.poll(() => heads.hash()).not.toContain('hidden');
    expect(await heads.text('#copy-link')).toBe('Copy link (without your files)');
    await heads.click('#copy-link');
    await expect
      .poll(() => heads.text('heads-progress >>> [role=status]'))
      .toMatch(/not your files|does not let/);
  });
});

describe('pins', () => {
  it('say how they stand to the first, and another may be made the first', async () => {
    heads = await HeadsDriver.open('length=64&heads=4&pins=3:3,40:30,50:12');
    await heads.drawn();
    const map = await heads.map();
    const pins = () => heads.text('attention-map >>> .pins li');
    await expect.poll(pins).not.toContain('–');
    const weights = await map.evaluate(async (element) => {
      const { mean } = await element.map!.cells({
        row: 0,
        column: 0,
        rows: 64,
        columns: 64,
        rowsOfCell: 1,
        columnsOfCell: 1,
      });
      return [mean[3 * 64 + 3], mean[40 * 64 + 30], mean[50 * 64 + 12]];
    });
    const told = async () => (await pins()).split('\n');
    const [first, second, third] = await told();
    expect(first).not.toContain('make first');
    const ratio = (line: string) => Number(line.match(/, × ([\d.e-]+)/)![1]);
    for (const [line, weight] of [
      [second, weights[1]],
      [third, weights[2]],
    ] as const) {
      expect(Math.abs(ratio(line) / (weight / weights[0]) - 1)).toBeLessThan(0.01);
    }
    const lead = await heads.page.$$('>>> attention-map >>> .pins .against button');
    await lead[1].click();
    await expect.poll(() => heads.hash()).toContain('pins=50:12,3:3,40:30');
    await expect.poll(async () => (await told())[0]).toContain('query 50');
    await expect.poll(async () => (await told()).slice(1).join()).not.toContain('–');
    expect(Math.abs(ratio((await told())[1]) / (weights[0] / weights[2]) - 1)).toBeLessThan(0.01);
    // One more is announced with its difference.
    await map.evaluate((element) => element.showCell(10, 11));
    await map.focus();
    await heads.page.focus('>>> attention-map >>> .picture');
    await heads.page.keyboard.press('p');
    await expect
      .poll(() => heads.text('attention-map >>> .visually-hidden[role=status]'))
      .toMatch(/^Pinned\. .*: .* (more|less) than .*times as much$/);
  });
});
