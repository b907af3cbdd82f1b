import type { ElementHandle } from 'puppeteer';
import { expect, inject } from 'vitest';
import { openPage, PageDriver } from './page';

export interface LessonOptions {
  /** False takes WebGPU away before the page starts. */
  readonly webgpu?: boolean;
  readonly width?: number;
  /** Runs in the page before its own scripts: it can refer to nothing outside itself. */
  readonly prepare?: () => void;
  /** Another server of the site. */
  readonly base?: string;
}

/** The lesson's page, driven and read as a person would. */
export class LessonDriver extends PageDriver {
  /** `entries` as after "#lesson&": "at=steps&temperature=2". */
  static async open(
    entries = '',
    { webgpu = true, width = 1280, prepare, base = inject('siteUrl') }: LessonOptions = {},
  ) {
    const hash = entries ? `#lesson&${entries}` : '#lesson';
    const opened = await openPage(hash, base, async (page) => {
      await page.setViewport({ width, height: 1000 });
      if (!webgpu) {
        await page.evaluateOnNewDocument(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
      }
      if (prepare) await page.evaluateOnNewDocument(prepare);
    });
    const driver = new LessonDriver(opened);
    await driver.drawn();
    const place = new URLSearchParams(entries).get('at');
    if (place) await driver.arrived(place);
    return driver;
  }

  /** All sections are there: they are drawn one after another. */
  async drawn(): Promise<void> {
    await this.appears('lesson-page >>> section');
    const waiting = () =>
      this.page.$$eval(
        '>>> lesson-page >>> section > :last-child',
        (all) =>
          all.filter((one) => !(one as unknown as { hasUpdated: boolean }).hasUpdated).length,
      );
    await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
  }

  /** The page has gone to this section, and given its title the focus. */
  async arrived(place: string): Promise<void> {
    const focused = () =>
      this.page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.id;
      });
    await expect.poll(focused, { timeout: 30_000 }).toBe(`title-${place}`);
  }

  /** The element of a section, "steps" say, scrolled into view. */
  async section(id: string): Promise<ElementHandle> {
    await this.appears(`section[id=${id}]`);
    const found = (await this.page.$(`>>> section[id=${id}]`))!;
    await found.evaluate((element) =>
      element.scrollIntoView({ block: 'start', behavior: 'instant' }),
    );
    return found;
  }

  /** What the section's pictures say of themselves now. */
  captions(id: string): Promise<string> {
    return this.text(`section[id=${id}] >>> figcaption`);
  }

  /** The cells of a number-table as they are shown: without its names. */
  numbers(selector: string): Promise<string[][]> {
    return this.page.$eval(`>>> ${selector}`, (table) =>
      [...table.shadowRoot!.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('td')].map(
          (cell) => cell.querySelector('input')?.value ?? cell.textContent!.trim(),
        ),
      ),
    );
  }
}
