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
    await expect.poll(() => this.focusedId(), { timeout: 30_000 }).toBe(`title-${place}`);
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

  /** Ids of all sections, in the page's own order. */
  ids(): Promise<string[]> {
    return this.page.$$eval('>>> lesson-page >>> section', (all) => all.map(({ id }) => id));
  }

  focusedId(): Promise<string> {
    return this.page.evaluate(() => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      return focused?.id ?? '';
    });
  }

  /** Where a section begins, in pixels below the top of the window. */
  top(id: string): Promise<number> {
    return this.page.$eval(
      `>>> section[id=${id}]`,
      (section) => section.getBoundingClientRect().top,
    );
  }

  /** What the steps show of the state: a section's caption follows every change. */
  steps(): Promise<string> {
    return this.captions('steps');
  }

  /** Hides a word from all others, or shows it again. */
  async hide(position: number): Promise<void> {
    const boxes = await this.page.$$('>>> lesson-steps >>> input[name=hidden]');
    await boxes[position].evaluate((box) => (box as HTMLInputElement).click());
  }
}
