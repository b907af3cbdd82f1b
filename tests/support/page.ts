import type { AxeResults } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { expect, inject } from 'vitest';
import { violationsOf } from './axe-violations';

let connected: Promise<Browser> | null = null;

/** The Chrome that the tests of one worker share. */
export function chrome(): Promise<Browser> {
  const browsers = inject('browsers');
  connected ??= puppeteer.connect({
    browserWSEndpoint: browsers[Number(process.env.VITEST_POOL_ID) % browsers.length],
    protocolTimeout: 600_000,
  });
  return connected;
}

export interface OpenedPage {
  readonly page: Page;
  /** Everything that went wrong in the page: uncaught errors and errors on its console. */
  readonly errors: string[];
  close(): Promise<void>;
}

/**
 * Opens a path of the built site in a browser context of its own: no storage is shared.
 * `prepare` may change what the page will find, before any of its scripts runs.
 */
export async function openPage(
  path: string,
  base = inject('siteUrl'),
  prepare?: (page: Page) => Promise<unknown>,
): Promise<OpenedPage> {
  const context = await (await chrome()).createBrowserContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await prepare?.(page);
  await page.goto(new URL(path, base).href);
  return { page, errors, close: () => context.close() };
}

/** Shows a page in a theme. Colours are there at once, and not on their way from the other theme. */
export const emulateTheme = (page: Page, theme: 'light' | 'dark') =>
  page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds in a page: the broken rules and the elements that break them. */
export async function axeFindings(page: Page, least: 'any' | 'serious' = 'any') {
  // Not through a script element, which the page's security policy forbids.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(await readFile(AXE, 'utf8'));
  return violationsOf((await page.evaluate('axe.run()')) as AxeResults, least);
}

/** A page, driven and read as a person would. In selectors ">>>" leads into shadow roots. */
export class PageDriver {
  constructor(private readonly opened: OpenedPage) {}

  get page(): Page {
    return this.opened.page;
  }

  get errors(): string[] {
    return this.opened.errors;
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  /** Shadow roots change unseen by `waitForSelector`, so this asks again and again. */
  appears(selector: string) {
    return expect.poll(() => this.page.$(`>>> ${selector}`), { timeout: 30_000 }).not.toBeNull();
  }

  /**
   * What these elements say, one line each: shadow roots and slots included; styles, and MathML and
   * sources of formulas, are not words.
   */
  async text(selector: string): Promise<string> {
    const texts = await this.page.$$eval(`>>> ${selector}`, (elements) => {
      const textOf = (node: Node): string => {
        // Spaces of no width, as in formulas, are no words.
        if (node.nodeType === Node.TEXT_NODE) return node.nodeValue!.replace(/\u200b/g, '');
        if (!(node instanceof Element) && !(node instanceof ShadowRoot)) return '';
        if (node instanceof HTMLStyleElement) return '';
        if (node instanceof Element && node.classList.contains('katex-mathml')) return '';
        if (node instanceof HTMLSlotElement) return node.assignedNodes().map(textOf).join(' ');
        const inside = (node instanceof Element && node.shadowRoot) || node;
        // Typeset digits stand in elements of their own, and belong together.
        const isFormula = node instanceof Element && node.closest('.katex') !== null;
        return [...inside.childNodes].map(textOf).join(isFormula ? '' : ' ');
      };
      return elements.map((element) => textOf(element).replace(/\s+/g, ' ').trim());
    });
    return texts.join('\n');
  }

  click(selector: string): Promise<void> {
    return this.page.click(`>>> ${selector}`);
  }

  hash(): Promise<string> {
    return this.page.evaluate(() => location.hash);
  }

  /** Tasks of the page's own thread while `act` runs, in milliseconds, during which a page stutters for everybody. */
  async longTasksDuring(act: () => Promise<unknown>): Promise<number[]> {
    await this.page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(window, { tasks });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      }).observe({ type: 'longtask', buffered: false });
    });
    await act();
    // The last entries come a moment after their tasks.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const tasks = (await this.page.evaluate('window.tasks')) as number[];
    return tasks.filter((milliseconds) => milliseconds >= 100);
  }
}
