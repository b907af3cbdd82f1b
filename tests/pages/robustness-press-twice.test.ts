import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectVerified, BenchmarkDriver } from '../support/benchmark-driver';

let playground: BenchmarkDriver;

beforeEach(async () => {
  playground = await BenchmarkDriver.open(
    '#queries=64&heads=1&head-dim=16&budget=1&contestants=cpu',
  );
});

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

/** The one run there was, after time enough for another. */
async function onlyRun() {
  const report = await playground.ended();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await playground.finished()).toHaveLength(1);
  return report;
}

describe('Run pressed twice', () => {
  it('by a double click runs once, to the end', async () => {
    await playground.page.click('>>> button.primary', { count: 2 });
    expectVerified(await onlyRun());
  });

  it('in the same moment runs once', async () => {
    // As from two sources at once: the button has had no time to say Cancel.
    await playground.page.$eval('>>> benchmark-controls', (controls) => {
      for (let i = 0; i < 2; i++) controls.dispatchEvent(new CustomEvent('run-request'));
    });
    expectVerified(await onlyRun());
  });

  it('and then a link that starts at once runs once', async () => {
    await playground.page.$eval('>>> benchmark-controls', (controls) => {
      controls.dispatchEvent(new CustomEvent('run-request'));
      location.hash += '&run=1';
    });
    expectVerified(await onlyRun());
  });

  it('with time in between starts and cancels', async () => {
    await playground.pressRun();
    await expect.poll(() => playground.text('button.primary'), { interval: 5 }).toBe('Cancel');
    await playground.pressRun();
    expect((await onlyRun()).status).toBe('cancelled');
  });
});

describe('Cancel pressed twice', () => {
  it('by a double click starts nothing', async () => {
    await playground.page.evaluate(() => (location.hash = '#queries=2048&contestants=cpu'));
    await playground.pressRun();
    await playground.reaches({ stage: 'reference' });
    await playground.page.click('>>> button.primary', { count: 2 });
    expect((await onlyRun()).status).toBe('cancelled');
  });
});
