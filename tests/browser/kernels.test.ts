import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suites } from '../kernels/index';
import { type OpenedPage, openPage } from '../support/page';

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage('tests/support/harness.html');
  await opened.page.waitForFunction(() => window.harness !== undefined);
  console.log(`Chrome: ${await opened.page.evaluate(() => window.harness.describe())}`);
});

afterAll(() => opened.close());

describe.each(suites)('kernels in Chrome: $name', ({ name: suite, cases }) => {
  it.for(cases)('$name', async ({ name }, { skip }) => {
    const run = (suite: string, name: string) => window.harness.run(suite, name);
    const reason = await opened.page.evaluate(run, suite, name);
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
