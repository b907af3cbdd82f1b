import { render } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { axeFindings } from '../../../tests/support/axe';
import { collectErrors, findAll, Handle, page } from '../../../tests/support/dom';
import type { AttentionMap } from '../../ui/heat-map/attention-map';
import '../../ui/styles/page.css';
import { attentionMaps } from './attention-maps';

let errors: readonly string[];
let host: HTMLElement;

beforeEach(async () => {
  errors = collectErrors();
  await page.mouse.move(0, 0);
  await page.setViewport({ width: 1440, height: 1000 });
  host = document.createElement('main');
  document.body.append(host);
  render(Object.values(attentionMaps), host);
});

afterEach(() => {
  host.remove();
  vi.restoreAllMocks();
  expect(errors).toEqual([]);
});

/** The gallery's map of this name, drawn and in view. */
async function find(name: string): Promise<Handle<AttentionMap>> {
  const selector = `attention-map[data-name="${name}"]`;
  await expect.poll(() => findAll(selector).length, { timeout: 20_000 }).toBe(1);
  const map = findAll(selector)[0] as AttentionMap;
  map.scrollIntoView({ block: 'start' });
  await map.complete();
  return new Handle(map);
}

const text = (map: Handle<AttentionMap>, selector: string) =>
  map.$eval(`>>> ${selector}`, (element) => element.textContent!.replace(/\s+/g, ' ').trim());

/** The weight itself, past all that draws it. */
const weightAt = (map: Handle<AttentionMap>, row: number, column: number) =>
  map.evaluate(
    async (element, i, j) => {
      const region = { row: i, column: j, rows: 1, columns: 1, rowsOfCell: 1, columnsOfCell: 1 };
      return (await element.map!.cells(region)).mean[0];
    },
    row,
    column,
  );

/** Where the middle of a weight is on the screen. */
const pointOf = (map: Handle<AttentionMap>, row: number, column: number) =>
  map.evaluate(
    (element, i, j) => {
      const { x, y } = element.shadowRoot!.querySelector('canvas')!.getBoundingClientRect();
      const { plot } = element.shownLayout!;
      const view = element.shownView;
      return {
        x: x + plot.x + ((j + 0.5 - view.column) / view.columns) * plot.width,
        y: y + plot.y + ((i + 0.5 - view.row) / view.rows) * plot.height,
      };
    },
    row,
    column,
  );

/** The weight at a point of the screen, with its fractions. */
const cellAt = (map: Handle<AttentionMap>, x: number, y: number) =>
  map.evaluate(
    (element, across, down) => {
      const box = element.shadowRoot!.querySelector('canvas')!.getBoundingClientRect();
      const { plot } = element.shownLayout!;
      const view = element.shownView;
      return {
        row: view.row + ((down - box.y - plot.y) / plot.height) * view.rows,
        column: view.column + ((across - box.x - plot.x) / plot.width) * view.columns,
      };
    },
    x,
    y,
  );

/** The colour of the canvas at a weight. */
const colorAt = (map: Handle<AttentionMap>, row: number, column: number) =>
  map.evaluate(
    (element, i, j) => {
      const canvas = element.shadowRoot!.querySelector('canvas')!;
      const { plot } = element.shownLayout!;
      const view = element.shownView;
      const x = plot.x + ((j + 0.3 - view.column) / view.columns) * plot.width;
      const y = plot.y + ((i + 0.3 - view.row) / view.rows) * plot.height;
      const at = [x, y].map((pixel) => Math.round(pixel * devicePixelRatio));
      const { data } = canvas.getContext('2d')!.getImageData(at[0], at[1], 1, 1);
      return [data[0], data[1], data[2]];
    },
    row,
    column,
  );

describe('<attention-map>', () => {
  it('draws each weight in its colour, and what is not finite in its own', async () => {
    const map = await find('not finite');
    expect(await text(map, '.status')).toContain('65 NaN and 1 infinite cells in view.');
    expect(await colorAt(map, 20, 50)).toEqual([255, 31, 208]);
    expect(await colorAt(map, 40, 7)).toEqual([0, 224, 255]);
    // cividis: the largest weight is its last colour, a hidden one none of its colours.
    expect(await colorAt(map, 0, 0)).toEqual([253, 234, 69]);
    expect(await colorAt(map, 3, 60)).toEqual([227, 228, 224]);
  });

  it('has no seam where tiles meet between two pixels', async () => {
    const map = await find('not finite');
    await map.evaluate(async (element) => {
      Object.assign(element, { weights: new Float32Array(512 * 512).fill(1 / 512) });
      Object.assign(element, { rows: 512, columns: 512, rowTokens: [], columnTokens: [] });
      element.view = { row: 100.3, column: 101.7, rows: 301, columns: 301 };
      await element.updateComplete;
      await element.complete();
    });
    // Drawn again, as anything that moves over it makes it: from tiles that were there before.
    await map.evaluate((element) => element.requestUpdate());
    await new Promise((resolve) => setTimeout(resolve, 300));
    const colors = await map.evaluate((element) => {
      const canvas = element.shadowRoot!.querySelector('canvas')!;
      const { x, y, width, height } = element.shownLayout!.plot;
      const part = [x + 2, y + 2, width - 4, height - 4].map((at) =>
        Math.round(at * devicePixelRatio),
      ) as [number, number, number, number];
      const { data } = canvas.getContext('2d')!.getImageData(...part);
      return [...new Set(new Uint32Array(data.buffer))];
    });
    expect(colors).toHaveLength(1);
  });

  it('zooms by wheel from a pooled cell to a weight, and shows its value', async () => {
    const map = await find('large');
    expect(await text(map, '.status')).toContain('Exact: each cell pools 4 × 4 weights');
    // Some way below the diagonal: what is above it is hidden, and has no rank.
    const near = await pointOf(map, 1203, 1195);
    // Whole pixels: what a mouse reports.
    const [x, y] = [Math.round(near.x), Math.round(near.y)];
    const before = await cellAt(map, x, y);
    await page.mouse.move(x, y);
    await expect.poll(() => text(map, '.readout')).toContain('the largest of 4 × 4 weights');
    for (let turn = 0; turn < 12; turn++) await page.mouse.wheel({ deltaY: -240 });
    await map.evaluate((element) => element.complete());
    expect(await text(map, '.status')).toContain('Exact: each cell is one weight.');
    const after = await cellAt(map, x, y);
    expect(after.row).toBeCloseTo(before.row, 6);
    expect(after.column).toBeCloseTo(before.column, 6);
    await page.mouse.move(x + 1, y);
    const cell = await cellAt(map, x + 1, y);
    const [row, column] = [Math.floor(cell.row), Math.floor(cell.column)];
    const weight = await weightAt(map, row, column);
    const index = (at: number) => at.toLocaleString('en-US');
    await expect
      .poll(() => text(map, '.readout'))
      .toContain(
        `query ${index(row)} → key ${index(column)} ${Number(weight.toPrecision(3))}, rank `,
      );
  });

  it('pans by dragging', async () => {
    const map = await find('large');
    await map.evaluate((element) => element.showCell(1000, 900));
    const before = await map.evaluate((element) => element.shownView);
    const { x, y } = await pointOf(map, 1000, 900);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 72, y + 36, { steps: 6 });
    await page.mouse.up();
    const after = await map.evaluate((element) => element.shownView);
    const cell = await map.evaluate((element) => {
      return element.shownLayout!.plot.width / element.shownView.columns;
    });
    expect(after.column).toBeCloseTo(before.column - 72 / cell, 3);
    expect(after.row).toBeCloseTo(before.row - 36 / cell, 3);
  });

  it('announces the cursor that the keyboard moves', async () => {
    const map = await find('small');
    const events = await map.evaluate((element) => {
      const heard: unknown[] = [];
      for (const name of ['map-cursor', 'map-pin', 'map-view'] as const) {
        element.addEventListener(name, (event) => heard.push([name, event.detail]));
      }
      return heard;
    });
    await map.evaluate((element) => {
      element.cursor = { row: 30, column: 4 };
      element.shadowRoot!.querySelector<HTMLElement>('.picture')!.focus();
    });
    await page.keyboard.press('ArrowRight');
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.up('Shift');
    const row = await map.evaluate(async (element) => {
      const region = { row: 40, column: 0, rows: 1, columns: 64, rowsOfCell: 1, columnsOfCell: 1 };
      return [...(await element.map!.cells(region)).largest];
    });
    const tokens = await map.evaluate((element) => [
      element.rowTokens[40],
      element.columnTokens[5],
    ]);
    const rank = 1 + row.filter((weight) => weight > row[5]).length;
    const of = row.filter((weight) => weight > 0).length;
    const value = Number(row[5].toPrecision(3));
    await expect
      .poll(() => text(map, '[role=status]'))
      .toBe(`${tokens[0]} to ${tokens[1]}, ${value}, rank ${rank} of ${of}`);
    await expect.poll(() => text(map, '.readout')).toContain('no difference');
    await page.keyboard.press('p');
    await page.keyboard.press('Enter');
    expect(await map.evaluate((element) => element.shownView.rows)).toBeLessThan(40);
    await page.keyboard.press('Escape');
    expect(await map.evaluate((element) => element.view)).toBeUndefined();
    const heard = events as [string, object][];
    expect(heard.map(([name]) => name)).toEqual([
      'map-cursor',
      'map-cursor',
      'map-pin',
      'map-view',
      'map-view',
    ]);
    expect(heard[1][1]).toEqual({ row: 40, column: 5 });
  });

  it('holds the cell that is clicked, until it is clicked again', async () => {
    const map = await find('small');
    const [here, there] = [await pointOf(map, 30, 4), await pointOf(map, 50, 40)];
    const cursor = () => map.evaluate((element) => element.cursor);
    await page.mouse.click(here.x, here.y);
    await page.mouse.move(there.x, there.y);
    expect(await cursor()).toEqual({ row: 30, column: 4 });
    await expect.poll(() => text(map, '.readout')).toContain('Selected');
    await (await map.$('>>> .readout button'))!.click();
    await expect.poll(() => text(map, '.pins')).toContain('query 30');
    await page.mouse.click(here.x, here.y);
    await page.mouse.move(there.x, there.y);
    expect(await cursor()).toEqual({ row: 50, column: 40 });
  });

  it('reports what is missing, what is out of date and what failed, and tries again', async () => {
    const map = await find('plain');
    // A map that answers row by row, on request.
    await map.evaluate((element) => {
      const steps: (() => void)[] = [];
      const aborted: string[] = [];
      let failing = false;
      const cells: NonNullable<typeof element.map>['cells'] = async (region, options = {}) => {
        const { signal, onPart } = options;
        if (failing) throw new Error('The device was lost.');
        const size = 64 * 64;
        const values = Float32Array.from({ length: size }, (_, i) => i / size);
        const done = new Uint8Array(64);
        const made = { region, height: 64, width: 64, largest: values, mean: values, done };
        done.fill(1, 0, 16);
        onPart?.(made);
        await new Promise<void>((resolve) => {
          steps.push(resolve);
          signal?.addEventListener('abort', () => {
            aborted.push('aborted');
            resolve();
          });
        });
        signal?.throwIfAborted();
        done.fill(1);
        return made;
      };
      const open = () => (element.map = { rows: 64, columns: 64, cells });
      const errors: string[] = [];
      element.addEventListener('map-error', ({ detail }) => errors.push(String(detail.error)));
      Object.assign(window, {
        slow: {
          open,
          answer: () => steps.splice(0).forEach((step) => step()),
          fail: (now: boolean) => (failing = now),
          heard: () => ({ aborted, errors }),
        },
      });
      open();
    });
    const status = () => text(map, '.status');
    const call = async (script: string) => new Function(`return window.slow.${script}`)();
    await expect.poll(status).toMatch(/^Incomplete: computing… 25 %/);
    await call('answer()');
    await expect.poll(status).toBe('Exact: each cell is one weight.');
    await call('open()');
    await expect.poll(status).toMatch(/^Out of date:/);
    await call('fail(true)');
    await call('open()');
    await expect.poll(status).toContain('The device was lost.');
    expect(await call('heard()')).toEqual({
      aborted: ['aborted'],
      errors: ['Error: The device was lost.'],
    });
    await call('fail(false)');
    await (await map.$('>>> .status button'))!.click();
    await expect.poll(status).toMatch(/25 %/);
    await call('answer()');
    await expect.poll(status).toBe('Exact: each cell is one weight.');
  });

  it('has the same numbers in a table', async () => {
    const map = await find('signed');
    await map.evaluate((element) => element.showCell(20, 9));
    await (await map.$('>>> .table > summary'))!.click();
    await expect.poll(() => map.$('>>> table')).not.toBeNull();
    await expect
      .poll(() => map.$eval('>>> tbody th', (header) => header.textContent!.trim()))
      .not.toMatch(/^0 /);
    const rows = await map.$$eval('>>> tbody tr', (lines) =>
      lines.map((line) => [...line.children].map((cell) => cell.textContent!.trim())),
    );
    expect(rows.flat().filter((cell) => cell.startsWith('−')).length).toBeGreaterThan(10);
    const first = Number.parseInt(rows[0][0]);
    const view = await map.evaluate((element) => element.shownView);
    expect(first).toBe(Math.floor(view.row));
    const column = Math.floor(view.column);
    const weight = await weightAt(map, first + 2, column + 1);
    const shown = Number(rows[2][2].replace('−', '-'));
    expect(Math.abs(shown - weight)).toBeLessThanOrEqual(Math.abs(weight) * 5e-3);
  });

  it('exports PNG in any size, and SVG that needs nothing else', async () => {
    const map = await find('small');
    const { canvas, png } = await map.evaluate(async (element) => {
      const { width, height } = element.shownLayout!;
      const image = await createImageBitmap(await element.toPng(2));
      return { canvas: [width, height], png: [image.width, image.height] };
    });
    expect(png).toEqual(canvas.map((side) => 2 * Math.round(side)));
    for (const [name, cells] of [
      ['small', 'rect'],
      ['large', 'image'],
    ]) {
      const svg = await (
        await find(name)
      ).evaluate(async (element, tag) => {
        const source = await element.toSvg();
        const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
        const image = new Image();
        image.src = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
        await image.decode();
        return {
          errors: parsed.querySelectorAll('parsererror').length,
          texts: [...parsed.querySelectorAll('text')].map((node) => node.textContent),
          cells: parsed.querySelectorAll(tag).length,
          outside: source.match(/(?:href="|url\()(?!data:|#)/g),
          width: image.naturalWidth,
        };
      }, cells);
      expect(svg).toMatchObject({ errors: 0, outside: null });
      expect(svg.texts).toContain('keys →');
      expect(svg.texts).toContain('exactly 0');
      expect(svg.cells).toBeGreaterThan(name === 'small' ? 64 * 64 : 0);
      expect(svg.width).toBeGreaterThan(600);
    }
  });

  it('has nothing to complain of for axe, with table and menu open', async () => {
    const map = await find('small');
    await (await map.$('>>> .table > summary'))!.click();
    await (await map.$('>>> .menu > summary'))!.click();
    await expect.poll(() => map.$('>>> table')).not.toBeNull();
    expect((await axeFindings(map.element)).all).toEqual([]);
  });
});
