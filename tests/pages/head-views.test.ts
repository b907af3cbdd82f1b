import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedPage, openPage } from '../support/page';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let opened: OpenedPage;
let page: Page;

beforeAll(async () => {
  opened = await openPage(
    'src/app/gallery/index.html?only=head-grid,token-lines,head-outputs,point-scatter',
  );
  ({ page } = opened);
  await page.setViewport({ width: 1280, height: 900 });
});

afterAll(() => opened.close());

/** Each test finds the gallery as it opens; made anew, which is much faster than loaded anew. */
beforeEach(async () => {
  await page.mouse.move(0, 0);
  await page.$eval('component-gallery', (gallery) =>
    gallery.replaceWith(document.createElement('component-gallery')),
  );
  const drawn = () => page.$(within('point-scatter', 'canvas'));
  await expect.poll(drawn, { timeout: 20_000 }).not.toBeNull();
});

afterEach(() => expect(opened.errors).toEqual([]));

/** A path into the shadow root of the component that stands under this name in the gallery. */
const within = (name: string, selector: string) => `>>> section[id="${name}"] > * >>> ${selector}`;

const text = (name: string, selector: string) =>
  page.$eval(within(name, selector), (element) => element.textContent!.replace(/\s+/g, ' ').trim());

const texts = (name: string, selector: string) =>
  page.$$eval(within(name, selector), (elements) =>
    elements.map((element) => element.textContent!.replace(/\s+/g, ' ').trim()),
  );

const attributes = (name: string, selector: string, attribute: string) =>
  page.$$eval(
    within(name, selector),
    (elements, wanted) => elements.map((element) => element.getAttribute(wanted)),
    attribute,
  );

const becomes = (name: string, selector: string, expected: string) =>
  expect.poll(() => text(name, selector)).toBe(expected);

/** Details of the events of this type that a component sends from now on. */
async function listen(name: string, type: string): Promise<() => Promise<unknown[]>> {
  const heard = await page.$eval(
    `>>> section[id="${name}"] > :not(h2)`,
    (element, wanted) => {
      const details: unknown[] = [];
      element.addEventListener(wanted, (event) => details.push((event as CustomEvent).detail));
      Reflect.set(window, `heard-${wanted}`, details);
      return `heard-${wanted}`;
    },
    type,
  );
  return () => page.evaluate((key) => Reflect.get(window, key) as unknown[], heard);
}

const values = async (name: string) =>
  (await texts(name, '.caption .number')).map((value) => Number(value));

describe('the head grid', () => {
  it('sorts by a metric, either way, and says what it means', async () => {
    await page.select(within('head-grid', '#sort >>> select'), 'entropy');
    await expect.poll(async () => (await values('head-grid')).length).toBe(32);
    const ascending = await values('head-grid');
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    expect(new Set(ascending).size).toBeGreaterThan(8);
    expect(await text('head-grid', '#definition')).toContain('−Σ w ln w');

    await page.click(within('head-grid', '#descending'));
    await expect.poll(() => values('head-grid')).toEqual([...ascending].reverse());
  });

  it('filters by metric, layer and name, and says what it does not understand', async () => {
    await page.select(within('head-grid', '#sort >>> select'), 'entropy');
    const field = (await page.$(within('head-grid', '#filter')))!;
    await field.type('entropy<1 layer:2');
    await expect.poll(() => text('head-grid', '[role="status"]')).toMatch(/^[1-9]\d* of 32 heads$/);
    for (const value of await values('head-grid')) expect(value).toBeLessThan(1);
    for (const name of await texts('head-grid', '.name')) expect(name).toContain('layer 2');

    await field.type(' colour>3');
    await expect.poll(() => text('head-grid', '#issues')).toContain('“colour” is none of');
  });

  it('goes by arrow keys, selects with Enter and compares with C', async () => {
    const selections = await listen('head-grid', 'head-select');
    const comparisons = await listen('head-grid', 'head-compare');
    await page.focus(within('head-grid', '[role="option"][tabindex="0"]'));
    // The selected head is the way in; its group has two more to the right.
    const names = await attributes('head-grid', '[role="option"]', 'data-id');
    const from = names.indexOf('4');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(selections).toEqual([{ id: Number(names[from + 2]) }]);
    const chosen = within('head-grid', '[role="option"][aria-selected="true"]');
    const focused = () => page.$$eval(chosen, ([tile]) => tile.matches(':focus'));
    expect(await focused()).toBe(true);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('c');
    const below = await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return Number((active as HTMLElement).dataset.id);
    });
    await expect.poll(comparisons).toEqual([{ id: below }]);
    await page.keyboard.press('c');
    await expect.poll(comparisons).toEqual([{ id: below }, { id: null }]);
  });

  it('keeps tiles where they are until all heads are measured', async () => {
    const name = 'head-grid, while computing';
    const order = () => attributes(name, '[role="option"]', 'data-id');
    expect(await text(name, '.summary')).toContain('Sorting when all heads are measured: 9 of 16');
    const before = await order();
    const give = (measured: number) =>
      page.$eval(
        `>>> section[id="${name}"] > :not(h2)`,
        (grid, count) => {
          const element = grid as HTMLElementTagNameMap['head-grid'];
          element.heads = element.heads.map((entry, i) => ({
            ...entry,
            metrics: i < count ? { entropy: 16 - i } : undefined,
          }));
        },
        measured,
      );
    await give(14);
    await expect.poll(() => text(name, '.summary')).toContain('14 of 16');
    expect(await order()).toEqual(before);
    await give(16);
    const sorted = Array.from({ length: 16 }, (_, i) => String(15 - i));
    // The head at fault has been measured here, and has its place like any other.
    await expect.poll(order).toEqual(sorted);
    expect(await text(name, '.summary')).not.toContain('Sorting');
  });

  it('draws what is done of a map, what is not finite in its own colour, and no more', async () => {
    const name = 'head-grid, while computing';
    const colors = (id: number) =>
      page.$eval(within(name, `[data-id="${id}"] head-thumbnail >>> canvas`), (element) => {
        const canvas = element as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const row = (y: number) => data[4 * y * canvas.width + 3];
        let strange = 0;
        for (let i = 0; i < data.length; i += 4) {
          strange += Number(data[i] === 255 && data[i + 1] === 31 && data[i + 2] === 208);
        }
        return { height: canvas.height, strange, first: row(0), last: row(canvas.height - 1) };
      });
    await page.$eval(`>>> section[id="${name}"]`, (section) => section.scrollIntoView());
    await expect.poll(() => colors(9)).toEqual({ height: 48, strange: 0, first: 255, last: 0 });
    const strange = Math.ceil((48 * 48) / 97);
    await expect.poll(() => colors(4)).toEqual({ height: 48, strange, first: 255, last: 255 });
  });
});

describe('the token lines', () => {
  const name = 'token-lines';
  const query = (index: number) => within(name, `.queries [data-index="${index}"]`);
  const key = (index: number) => within(name, `.keys [data-index="${index}"]`);
  /** Weights of a query, as they were given. */
  const given = (index: number): Promise<number[]> =>
    page.$eval(
      `>>> section[id="${name}"] > :not(h2)`,
      (element, row) => {
        const { weights, columnTokens } = element as HTMLElementTagNameMap['token-lines'];
        const { length } = columnTokens;
        return [...weights.subarray(row * length, (row + 1) * length)];
      },
      index,
    );
  const rightOf = (index: number) => text(name, `.keys [data-index="${index}"] .value`);

  it('locks a token on a click, and unlocks it on another', async () => {
    const events = await listen(name, 'token-lock');
    const pressed = () => texts(name, '.token[aria-pressed="true"]');
    await page.click(query(4));
    await expect.poll(pressed).toEqual(['cell (5), query']);
    await page.click(key(2));
    await expect.poll(pressed).toEqual(['cell (5), query 0.35', 'in, key']);
    await page.click(query(4));
    // The query is still under the pointer.
    await expect.poll(pressed).toEqual(['in, key 0.35']);
    expect(await events()).toHaveLength(3);
    expect(await text(name, '.readout')).toMatch(/^cell \(5\) attends to: /);
  });

  it('shares out the weight of a hidden key among the others', async () => {
    const weights = await given(4);
    await page.click(query(4));
    await expect.poll(() => rightOf(1)).toBe(weights[1].toFixed(2));
    await page.focus(key(0));
    await page.keyboard.press('h');
    await page.focus(query(4));
    const expected = weights[1] / (1 - weights[0]);
    expect(expected.toFixed(2)).not.toBe(weights[1].toFixed(2));
    await expect.poll(() => rightOf(1)).toBe(expected.toFixed(2));
    expect(await text(name, '.readout')).toContain('Hidden keys had 0.');

    // The first query saw this key alone.
    await page.focus(query(0));
    await expect
      .poll(() => text(name, '.readout'))
      .toContain('all of its weight was on hidden keys');
    await page.click(within(name, '.show-all'));
    // Focus may scroll the page, and put another token under a pointer that rests.
    await page.mouse.move(0, 0);
    await page.focus(query(4));
    await expect.poll(() => rightOf(1)).toBe(weights[1].toFixed(2));
  });

  it('goes along a side and across to the strongest partner', async () => {
    const weights = await given(6);
    const strongest = weights.indexOf(Math.max(...weights));
    await page.focus(query(5));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => attributes(name, '.keys .hovered', 'data-index'))
      .toEqual([String(strongest)]);
  });

  it('draws the edges that hold the share asked for, with a table behind', async () => {
    const summary = () => text(name, '.summary');
    const count = async () => Number((await summary()).split(' ')[0].replaceAll(',', ''));
    const inked = () =>
      page.$eval(within(name, 'canvas.all'), (element) => {
        const { width, height } = element as HTMLCanvasElement;
        const context = (element as HTMLCanvasElement).getContext('2d')!;
        const { data } = context.getImageData(0, 0, width, height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    const [before, ink] = [await count(), await inked()];
    expect(await summary()).toMatch(/^161 of 276 edges, with 9\d\.\d% of the weight\.$/);
    await page.focus(within(name, '#mass'));
    await page.keyboard.press('Home');
    await expect.poll(count).toBe(23);
    expect(before).toBeGreaterThan(23);
    await expect.poll(inked).toBeLessThan(ink);
    expect(await inked()).toBeGreaterThan(0);
    await page.click(within(name, 'summary'));
    await expect.poll(async () => (await texts(name, 'tbody tr')).length).toBe(23);
  });

  it('lets lines follow when a side is scrolled', async () => {
    const long = 'token-lines, locked and hidden';
    const ends = () =>
      page.$eval(within(long, 'canvas.of-keys'), (element) => {
        const { width, height } = element as HTMLCanvasElement;
        const context = (element as HTMLCanvasElement).getContext('2d')!;
        const { data } = context.getImageData(width - 2, 0, 1, height);
        const rows = Array.from({ length: height }, (_, y) => y).filter((y) => data[4 * y + 3] > 0);
        return { first: rows[0], last: rows.at(-1)! };
      });
    const before = await ends();
    await page.$eval(within(long, '.keys'), (list) => (list.scrollTop = 20));
    await expect.poll(async () => (await ends()).last).toBe(before.last - 20);
  });
});

describe('the outputs', () => {
  const name = 'head-outputs, a difference';

  it('tell the value at the cursor, and go to the largest', async () => {
    const cursors = await listen(name, 'output-cursor');
    await page.focus(within(name, '.map'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    const [a, b] = await page.$eval(`>>> section[id="${name}"] > :not(h2)`, (element) => {
      const { sets } = element as HTMLElementTagNameMap['head-outputs'];
      return sets.slice(0, 2).map(({ values, columns }) => values[columns + columns - 1]);
    });
    const value = Math.fround(a - b);
    await expect.poll(cursors).toContainEqual({ row: 1, column: 31, value });
    const told = await text(name, '.readout');
    expect(told).toContain('prisoner (2), column 31: ');
    expect(told).toContain(Math.abs(value).toPrecision(4));

    await page.click(within(name, 'button'));
    const largest = await page.$eval(`>>> section[id="${name}"] > :not(h2)`, (element) => {
      const [x, y] = (element as HTMLElementTagNameMap['head-outputs']).sets;
      const sizes = [...x.values].map((it, i) => Math.abs(it - y.values[i]));
      return Math.max(...sizes.filter((size) => size < Infinity));
    });
    await expect.poll(() => text(name, '.readout')).toContain(largest.toPrecision(4));
  });

  it('show another set when it is chosen', async () => {
    const changes = await listen('head-outputs', 'outputs-change');
    await page.select(within('head-outputs', '#shown >>> select'), 'all');
    await expect.poll(() => text('head-outputs', '.summary')).toContain('64 value columns');
    expect(await changes()).toEqual([{ shown: 'all', against: null }]);
    expect(await text('head-outputs', '.summary')).toContain('1 not finite');
  });
});

it('the scatter tells of the point nearest to the pointer, and of the next by key', async () => {
  const plane = (await page.$(within('point-scatter', '.plane')))!;
  await plane.focus();
  await becomes('point-scatter', '.readout', await told(0));
  await page.keyboard.press('ArrowRight');
  await becomes('point-scatter', '.readout', await told(1));
  // Where the mark of this point is, another is brought up by the pointer.
  const mark = (await (await page.$(within('point-scatter', '.picked')))!.boundingBox())!;
  await page.keyboard.press('End');
  await becomes('point-scatter', '.readout', await told(39));
  await page.mouse.move(mark.x + mark.width / 2 + 1, mark.y + mark.height / 2);
  await becomes('point-scatter', '.readout', await told(1));

  function told(index: number): Promise<string> {
    return page.$eval(
      '>>> section[id="point-scatter"] > :not(h2)',
      (element, i) => {
        const { points, labels, kindNames, kinds } =
          element as HTMLElementTagNameMap['point-scatter'];
        const number = (value: number) =>
          `${value < 0 ? '−' : ''}${Math.abs(value).toPrecision(4)}`;
        const place = `${number(points[2 * i])}, ${number(points[2 * i + 1])}`;
        return `${labels[i]}, ${kindNames[kinds![i]]} (${i + 1} of 40): ${place}`;
      },
      index,
    );
  }
});

it.each(['light', 'dark'])('axe finds nothing in them, in %s', async (theme) => {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    // Colours are there at once, and not on their way from the other theme.
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.evaluate(axe);
  const sections = await page.$$eval('>>> section', (all) =>
    all.map(({ id }) => id).filter((id) => /^(head-|token-|point-)/.test(id)),
  );
  expect(sections.length).toBeGreaterThanOrEqual(8);
  const found = await page.evaluate(`
    axe.run(${JSON.stringify(sections)}.map((id) =>
      document.querySelector('component-gallery').shadowRoot.getElementById(id))).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ target }) => target.flat().join(' '))))`);
  expect(found).toEqual([]);
});
