import { html, render } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { axeFindings, themes } from '../../../tests/support/axe';
import { appears, collectErrors, findAll, page } from '../../../tests/support/dom';
import '../../ui/styles/page.css';
import { headPieces } from './head-pieces';

let errors: readonly string[];
let host: HTMLElement;

beforeEach(async () => {
  errors = collectErrors();
  await page.setViewport({ width: 1280, height: 1000 });
  await page.mouse.move(0, 0);
  host = document.createElement('main');
  document.body.append(host);
});

afterEach(() => {
  host.remove();
  vi.restoreAllMocks();
  expect(errors).toEqual([]);
});

/** Mounts the gallery's pieces of these names. */
const mount = (...names: string[]) =>
  render(
    names.map((name) => html`<section id=${name}>${headPieces[name]}</section>`),
    host,
  );

/** The component that stands under this name in the gallery. */
const component = <Tag extends keyof HTMLElementTagNameMap>(name: string) =>
  host.querySelector(`section[id="${name}"] > *`) as HTMLElementTagNameMap[Tag];

const all = (name: string, selector: string) =>
  findAll(selector, component(name).shadowRoot!) as HTMLElement[];
const one = (name: string, selector: string) => all(name, selector)[0];
/** The same as a path, for input by mouse and keys. */
const within = (name: string, selector: string) => `section[id="${name}"] > * >>> ${selector}`;

const oneLine = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const text = (name: string, selector: string) => oneLine(one(name, selector));
const texts = (name: string, selector: string) => all(name, selector).map(oneLine);
const becomes = (name: string, selector: string, expected: string) =>
  expect.poll(() => text(name, selector)).toBe(expected);

/** Details of the events of this type that a component sends from now on. */
function listen(name: string, type: string): unknown[] {
  const details: unknown[] = [];
  component(name).addEventListener(type, (event) => details.push((event as CustomEvent).detail));
  return details;
}

describe('the head grid', () => {
  const values = (name: string) => texts(name, '.caption .number').map((value) => Number(value));

  it('sorts by a metric, either way, and says what it means', async () => {
    mount('head-grid');
    await appears(within('head-grid', '#sort'));
    await page.select(within('head-grid', '#sort >>> select'), 'entropy');
    await expect.poll(() => values('head-grid').length).toBe(32);
    const ascending = values('head-grid');
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    expect(new Set(ascending).size).toBeGreaterThan(8);
    expect(text('head-grid', '#definition')).toContain('−Σ w ln w');

    await page.click(within('head-grid', '#descending'));
    await expect.poll(() => values('head-grid')).toEqual([...ascending].reverse());
  });

  it('filters by metric, layer and name, and says what it does not understand', async () => {
    mount('head-grid');
    await appears(within('head-grid', '#sort'));
    await page.select(within('head-grid', '#sort >>> select'), 'entropy');
    await page.click(within('head-grid', '#filter'));
    await page.keyboard.type('entropy<1 layer:2');
    await expect.poll(() => text('head-grid', '[role="status"]')).toMatch(/^[1-9]\d* of 32 heads$/);
    for (const value of values('head-grid')) expect(value).toBeLessThan(1);
    for (const name of texts('head-grid', '.name')) expect(name).toContain('layer 2');

    await page.keyboard.type(' colour>3');
    await expect.poll(() => text('head-grid', '#issues')).toContain('“colour” is none of');
  });

  it('goes by arrow keys, selects with Enter and compares with C', async () => {
    mount('head-grid');
    await appears(within('head-grid', '[role="option"][tabindex="0"]'));
    const selections = listen('head-grid', 'head-select');
    const comparisons = listen('head-grid', 'head-compare');
    await page.focus(within('head-grid', '[role="option"][tabindex="0"]'));
    // The selected head is the way in; its group has two more to the right.
    const names = all('head-grid', '[role="option"]').map(({ dataset }) => dataset.id);
    const from = names.indexOf('4');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => selections).toEqual([{ id: Number(names[from + 2]) }]);
    expect(one('head-grid', '[role="option"][aria-selected="true"]').matches(':focus')).toBe(true);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('c');
    const below = Number(one('head-grid', '[role="option"]:focus').dataset.id);
    await expect.poll(() => comparisons).toEqual([{ id: below }]);
    await page.keyboard.press('c');
    await expect.poll(() => comparisons).toEqual([{ id: below }, { id: null }]);
  });

  describe('while heads are computed', () => {
    const name = 'head-grid, while computing';
    const order = () => all(name, '[role="option"]').map(({ dataset }) => dataset.id);

    it('keeps tiles where they are until all heads are measured', async () => {
      mount(name);
      await appears(within(name, '.summary'));
      expect(text(name, '.summary')).toContain('Sorting when all heads are measured: 9 of 16');
      const before = order();
      const grid = component<'head-grid'>(name);
      const give = (measured: number) => {
        grid.heads = grid.heads.map((entry, i) => ({
          ...entry,
          metrics: i < measured ? { entropy: 16 - i } : undefined,
        }));
      };
      give(14);
      await expect.poll(() => text(name, '.summary')).toContain('14 of 16');
      expect(order()).toEqual(before);
      give(16);
      const sorted = Array.from({ length: 16 }, (_, i) => String(15 - i));
      // The head at fault has been measured here, and has its place like any other.
      await expect.poll(order).toEqual(sorted);
      expect(text(name, '.summary')).not.toContain('Sorting');
    });

    it('draws what is done of a map, what is not finite in its own colour, and no more', async () => {
      mount(name);
      const colors = (id: number) => {
        const canvas = one(name, `[data-id="${id}"] head-thumbnail >>> canvas`);
        if (!(canvas instanceof HTMLCanvasElement)) return null;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const alpha = (y: number) => data[4 * y * canvas.width + 3];
        let nonFinite = 0;
        for (let i = 0; i < data.length; i += 4) {
          nonFinite += Number(data[i] === 255 && data[i + 1] === 31 && data[i + 2] === 208);
        }
        const { height } = canvas;
        return { height, nonFinite, first: alpha(0), last: alpha(height - 1) };
      };
      await expect.poll(() => colors(9)).toEqual({ height: 48, nonFinite: 0, first: 255, last: 0 });
      const nonFinite = Math.ceil((48 * 48) / 97);
      await expect.poll(() => colors(4)).toEqual({ height: 48, nonFinite, first: 255, last: 255 });
    });
  });
});

describe('the token lines', () => {
  const name = 'token-lines';
  const query = (index: number) => within(name, `.queries [data-index="${index}"]`);
  const key = (index: number) => within(name, `.keys [data-index="${index}"]`);
  /** Weights of a query, as they were given. */
  const given = (index: number): number[] => {
    const { weights, columnTokens } = component<'token-lines'>(name);
    const { length } = columnTokens;
    return [...weights.subarray(index * length, (index + 1) * length)];
  };
  const rightOf = (index: number) => text(name, `.keys [data-index="${index}"] .value`);

  beforeEach(async () => {
    mount(name);
    await appears(query(4));
  });

  it('locks a token on a click, and unlocks it on another', async () => {
    const events = listen(name, 'token-lock');
    const pressed = () => texts(name, '.token[aria-pressed="true"]');
    await page.click(query(4));
    await expect.poll(pressed).toEqual(['cell (5), query']);
    await page.click(key(2));
    await expect.poll(pressed).toEqual(['cell (5), query 0.35', 'in, key']);
    await page.click(query(4));
    // The query is still under the pointer.
    await expect.poll(pressed).toEqual(['in, key 0.35']);
    expect(events).toHaveLength(3);
    expect(text(name, '.readout')).toMatch(/^cell \(5\) attends to: /);
  });

  it('shares out the weight of a hidden key among the others', async () => {
    const weights = given(4);
    await page.click(query(4));
    await expect.poll(() => rightOf(1)).toBe(weights[1].toFixed(2));
    await page.focus(key(0));
    await page.keyboard.press('h');
    await page.focus(query(4));
    const expected = weights[1] / (1 - weights[0]);
    expect(expected.toFixed(2)).not.toBe(weights[1].toFixed(2));
    await expect.poll(() => rightOf(1)).toBe(expected.toFixed(2));
    expect(text(name, '.readout')).toContain('Hidden keys had 0.');

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
    const weights = given(6);
    const strongest = weights.indexOf(Math.max(...weights));
    await page.focus(query(5));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => all(name, '.keys .hovered').map(({ dataset }) => dataset.index))
      .toEqual([String(strongest)]);
  });

  it('draws the edges that hold the share asked for, with a table behind', async () => {
    const summary = () => text(name, '.summary');
    const count = () => Number(summary().split(' ')[0].replaceAll(',', ''));
    const inked = () => pixelsOf(one(name, 'canvas.all')).filter((alpha) => alpha > 0).length;
    await expect.poll(summary).toMatch(/^161 of 276 edges, with 9\d\.\d% of the weight\.$/);
    await expect.poll(inked).toBeGreaterThan(0);
    const ink = inked();
    await page.focus(within(name, '#mass'));
    await page.keyboard.press('Home');
    await expect.poll(count).toBe(23);
    await expect.poll(inked).toBeLessThan(ink);
    expect(inked()).toBeGreaterThan(0);
    await page.click(within(name, 'summary'));
    await expect.poll(() => texts(name, 'tbody tr').length).toBe(23);
  });
});

it('lets the lines of tokens follow when a side is scrolled', async () => {
  const name = 'token-lines, locked and hidden';
  mount(name);
  await appears(within(name, 'canvas.of-keys'));
  /** Rows of the canvas that have ink at its right edge. */
  const rows = () => {
    const canvas = one(name, 'canvas.of-keys') as HTMLCanvasElement;
    const alphas = pixelsOf(canvas, canvas.width - 2, 1);
    return [...alphas.keys()].filter((y) => alphas[y] > 0);
  };
  await expect.poll(() => rows().length).toBeGreaterThan(0);
  const last = rows().at(-1)!;
  one(name, '.keys').scrollTop = 20;
  await expect.poll(() => rows().at(-1)).toBe(last - 20);
});

/** How opaque the pixels of a canvas are, or of some of its columns. */
function pixelsOf(element: HTMLElement, x = 0, width?: number): number[] {
  const canvas = element as HTMLCanvasElement;
  const context = canvas.getContext('2d')!;
  const { data } = context.getImageData(x, 0, width ?? canvas.width, canvas.height);
  return [...data].filter((_, i) => i % 4 === 3);
}

describe('the outputs', () => {
  it('show the value at the cursor, and go to the largest', async () => {
    const name = 'head-outputs, a difference';
    mount(name);
    await appears(within(name, '.map'));
    const cursors = listen(name, 'output-cursor');
    await page.focus(within(name, '.map'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    const [x, y] = component<'head-outputs'>(name).sets;
    const [a, b] = [x, y].map(({ values, columns }) => values[columns + columns - 1]);
    const value = Math.fround(a - b);
    await expect.poll(() => cursors).toContainEqual({ row: 1, column: 31, value });
    const readout = () => text(name, '.readout');
    await expect.poll(readout).toContain('prisoner (2), column 31: ');
    expect(readout()).toContain(Math.abs(value).toPrecision(4));

    await page.click(within(name, 'button'));
    const sizes = [...x.values].map((it, i) => Math.abs(it - y.values[i]));
    const largest = Math.max(...sizes.filter((size) => size < Infinity));
    await expect.poll(readout).toContain(largest.toPrecision(4));
  });

  it('show another set when it is chosen', async () => {
    mount('head-outputs');
    await appears(within('head-outputs', '#shown'));
    const changes = listen('head-outputs', 'outputs-change');
    await page.select(within('head-outputs', '#shown >>> select'), 'all');
    await expect.poll(() => text('head-outputs', '.summary')).toContain('64 value columns');
    expect(changes).toEqual([{ shown: 'all', against: null }]);
    expect(text('head-outputs', '.summary')).toContain('1 not finite');
  });
});

it('the scatter shows the point nearest to the pointer, and the next by key', async () => {
  const name = 'point-scatter';
  mount(name);
  await appears(within(name, '.plane'));
  const expected = (index: number) => {
    const { points, labels, kindNames, kinds } = component<'point-scatter'>(name);
    const number = (value: number) => `${value < 0 ? '−' : ''}${Math.abs(value).toPrecision(4)}`;
    const position = `${number(points[2 * index])}, ${number(points[2 * index + 1])}`;
    return `${labels[index]}, ${kindNames[kinds![index]]} (${index + 1} of 40): ${position}`;
  };
  await page.focus(within(name, '.plane'));
  await becomes(name, '.readout', expected(0));
  await page.keyboard.press('ArrowRight');
  await becomes(name, '.readout', expected(1));
  // Where the mark of this point is, another is brought up by the pointer.
  const mark = one(name, '.picked').getBoundingClientRect();
  await page.keyboard.press('End');
  await becomes(name, '.readout', expected(39));
  await page.mouse.move(mark.x + mark.width / 2 + 1, mark.y + mark.height / 2);
  await becomes(name, '.readout', expected(1));
});

it.each(themes)('axe finds nothing in them, in %s', async (colorScheme, options) => {
  // Colours are there at once, and not on their way from the other theme.
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  mount(...Object.keys(headPieces));
  await appears(within('point-scatter, many points', 'canvas'));
  const sections = [...host.querySelectorAll<HTMLElement>('section')];
  expect(sections.length).toBeGreaterThanOrEqual(8);
  const { all: found, passed } = await axeFindings({ include: sections }, options);
  expect(found).toEqual([]);
  expect(passed).toContain('color-contrast');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
});
