import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create } from 'webgpu';
import { suites, suitesForSwiftShader, suitesNamed } from '../gpu/index';
import { type OpenedPage, openPage } from '../support/page';
import { Tally } from '../support/tally';

/** Each with a device of its own: while one compiles, the other computes. */
const PAGES = 2;
const opened: OpenedPage[] = [];
const idle: OpenedPage[] = [];
const tally = new Tally();

/**
 * Each driver meets all suites once. Where Node finds one of its own, it runs them on that (tests/dawn), and
 * Chrome, on the same driver, these: enough to show that a page can, too.
 */
const ENOUGH = ['shapes', 'float16', 'conformance', 'behaviour', 'roofline'];

async function nodeHasDriver(): Promise<boolean> {
  if (process.env.DRIVER_OF_CHROME) return false;
  const adapter = await create(['backend=vulkan'])
    .requestAdapter()
    .catch(() => null);
  return adapter !== null;
}

async function chooseSuites() {
  if (await nodeHasDriver()) return suitesNamed(...ENOUGH);
  return process.env.ALL_SUITES || !process.env.DRIVER_OF_CHROME ? suites : suitesForSwiftShader();
}

const chosen = await chooseSuites();

beforeAll(async () => {
  for (let i = 0; i < PAGES; i++) {
    const page = await openPage('tests/support/harness.html');
    await page.page.waitForFunction(() => window.harness !== undefined);
    opened.push(page);
    idle.push(page);
  }
  console.log(`Chrome: ${await opened[0].page.evaluate(() => window.harness.describe())}`);
});

afterAll(async () => {
  console.log(`In Chrome, by suite:\n${tally}`);
  for (const page of opened) await page.close();
});

/** Runs a case on a page that has nothing else to do: there are as many as cases at a time. */
async function runCase(suite: string, name: string): Promise<string | null> {
  const page = idle.pop();
  if (!page) throw new Error('more cases at a time than pages');
  try {
    const run = (suite: string, name: string) => window.harness.run(suite, name);
    return await page.page.evaluate(run, suite, name);
  } finally {
    idle.push(page);
  }
}

describe.concurrent.each(chosen)('kernels in Chrome: $name', ({ name: suite, cases }) => {
  it.for(cases)('$name', async ({ name }, { skip }) => {
    const reason = await tally.run(suite, () => runCase(suite, name));
    if (reason) skip(reason);
  });
});

describe('kernels in Chrome: all of them', () => {
  it('compile without a message', async () => {
    const all = opened.map(({ page }) => page.evaluate(() => window.harness.shaderMessages()));
    const messages = (await Promise.all(all)).flat();
    // The one shader that is meant to be broken is the only one to be heard.
    expect(messages.filter((message) => !message.startsWith('broken:'))).toEqual([]);
    expect(messages.length).toBeGreaterThan(0);
  });

  it('leave no error on the console', () => {
    expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
