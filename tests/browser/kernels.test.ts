import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create } from 'webgpu';
import { suites, suitesNamed } from '../kernels/index';
import { type OpenedPage, openPage } from '../support/page';
import { Tally } from '../support/tally';

let opened: OpenedPage;
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

const chosen = (await nodeHasDriver()) ? suitesNamed(...ENOUGH) : suites;

beforeAll(async () => {
  opened = await openPage('tests/support/harness.html');
  await opened.page.waitForFunction(() => window.harness !== undefined);
  console.log(`Chrome: ${await opened.page.evaluate(() => window.harness.describe())}`);
});

afterAll(async () => {
  console.log(`In Chrome, by suite:\n${tally}`);
  await opened.close();
});

describe.each(chosen)('kernels in Chrome: $name', ({ name: suite, cases }) => {
  it.for(cases)('$name', async ({ name }, { skip }) => {
    const run = (suite: string, name: string) => window.harness.run(suite, name);
    const reason = await tally.run(suite, () => opened.page.evaluate(run, suite, name));
    if (reason) skip(reason);
  });
});

describe('kernels in Chrome: all of them', () => {
  it('compile without a message', async () => {
    const messages = await opened.page.evaluate(() => window.harness.shaderMessages());
    // The one shader that is meant to be broken is the only one to be heard.
    expect(messages.filter((message) => !message.startsWith('broken:'))).toEqual([]);
    expect(messages.length).toBeGreaterThan(0);
  });

  it('leave no error on the console', () => {
    expect(opened.errors).toEqual([]);
  });
});
