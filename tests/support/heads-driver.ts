import { createHash } from 'node:crypto';
import type { ElementHandle } from 'puppeteer';
import { expect, inject } from 'vitest';
import { boundOptionsOf } from '../../src/attention/error-bound';
import { referenceMaps } from '../../src/attention/maps/cpu-maps';
import { ReferenceRows } from '../../src/attention/reference';
import { weightBound } from './statistics-bound';
import { createProblem } from '../../src/attention/problem';
import {
  defaultControls,
  type HeadControls,
  problemOptions,
} from '../../src/features/heads/model/controls';
import type { HeadsSource } from '../../src/features/heads/model/source';
import type { AttentionMap } from '../../src/ui/heat-map/attention-map';
import { openPage, PageDriver } from './page';

/** The heads page, driven and read as a person would. */
export class HeadsDriver extends PageDriver {
  /** `prepare` runs in the page before its own scripts: it can refer to nothing outside itself. */
  static async open(entries = '', prepare?: () => void, base = inject('siteUrl')) {
    const hash = entries ? `#heads&${entries}` : '#heads';
    const opened = await openPage(hash, base, async (page) => {
      await page.setViewport({ width: 1280, height: 1000 });
      if (prepare) await page.evaluateOnNewDocument(prepare);
    });
    return new HeadsDriver(opened);
  }

  /** All heads of what was asked for are there. */
  async drawn(words = 'weights computed'): Promise<void> {
    await expect.poll(() => this.text('#work'), { timeout: 90_000 }).toContain(words);
  }

  /** What these elements say, without what is in their shadow roots; one line each. */
  override async text(selector: string): Promise<string> {
    const texts = await this.page.$$eval(`>>> ${selector}`, (elements) =>
      elements.map((element) => element.textContent!.replace(/\s+/g, ' ').trim()),
    );
    return texts.join('\n');
  }

  /** Chooses from a native list. */
  async choose(selector: string, value: string): Promise<void> {
    await this.page.$eval(
      `>>> ${selector}`,
      (element, wanted) => {
        (element as HTMLSelectElement).value = wanted;
        element.dispatchEvent(new Event('change', { bubbles: true }));
      },
      value,
    );
  }

  /** Names of the heads in the order that the grid has them, and the metric shown beside each. */
  heads(): Promise<[name: string, metric: string][]> {
    return this.page.$$eval('>>> head-grid >>> [role=option]', (tiles) =>
      tiles.map((tile): [string, string] => [
        tile.querySelector('.name')!.textContent!.trim(),
        tile.querySelector('.number')?.textContent?.trim() ?? '',
      ]),
    );
  }

  /** The microscope, or another map of the page, with what is in view drawn exactly. */
  async map(index = 0): Promise<ElementHandle<AttentionMap>> {
    await this.appears('attention-map');
    const maps = (await this.page.$$('>>> attention-map')) as ElementHandle<AttentionMap>[];
    await maps[index].evaluate((map) => map.complete());
    return maps[index];
  }

  /** The map's weights of this head are those of float64, within what a float32 kernel may be off. */
  async expectExact(source: HeadsSource, head: number, temperature = 1): Promise<void> {
    const map = await this.map();
    const cells = await map.evaluate((element) => element.windowCells());
    const mean = Object.values(cells.mean);
    const { keyLength } = source;
    for (const row of [0, 17, 63]) {
      const controls = { ...defaultControls, temperature };
      const { weights, bound } = exactRow(source, head, row, controls);
      for (let key = 0; key < keyLength; key++) {
        const shown = mean[row * keyLength + key];
        expect(Math.abs(shown - weights[key])).toBeLessThanOrEqual(bound(key));
      }
    }
  }

  /** Gives files to the page as a drop would. */
  async drop(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) {
    const given = files.map(({ name, bytes }) => ({
      name,
      base64: Buffer.from(bytes).toString('base64'),
    }));
    await this.page.evaluate((list) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      }
    }, given);
  }
}

/** Weights of one head in float64, and how far a kernel's may be off. */
export function exactRow(
  source: HeadsSource,
  head: number,
  row: number,
  controls: HeadControls = defaultControls,
) {
  const problem = problemOf(source, controls);
  const found = new ReferenceRows(problem, source, 0, head).row(row);
  const options = boundOptionsOf(problem);
  return {
    weights: found.weights,
    bound: (key: number) => weightBound(found.weights[key], found, options),
  };
}

/** Metrics' raw material of one head in float64. */
export const exactStatistics = (source: HeadsSource, head: number, controls = defaultControls) =>
  referenceMaps(problemOf(source, controls), source, 0, head, source.marks).statistics();

function problemOf(source: HeadsSource, controls: HeadControls) {
  const shape = { ...source, batch: source.layers, valueSize: source.headSize };
  return createProblem(shape, problemOptions(controls, source));
}

/** Pixels of a map's canvas once they change no more, to tell pictures apart. */
export async function pixelsOf(map: ElementHandle<AttentionMap>): Promise<string> {
  const now = async () => {
    const url = await map.evaluate((element) =>
      element.shadowRoot!.querySelector('canvas')!.toDataURL(),
    );
    return createHash('sha256').update(url).digest('hex');
  };
  for (let before = await now(); ;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const after = await now();
    if (after === before) return after;
    before = after;
  }
}
