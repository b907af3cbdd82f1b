import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appears, collectErrors, findAll, page, text } from '../../tests/support/dom';
import type { BenchmarkEvent } from '../bench/report';
import '../features/benchmark/view/page';
import * as fixtures from './gallery/sample-report';

let errors: readonly string[];
let host: HTMLElement;
let benchmark: HTMLElementTagNameMap['benchmark-page'];
let events: BenchmarkEvent['type'][];

const record = ({ detail }: WindowEventMap['benchmark-event']) => events.push(detail.type);

beforeEach(async () => {
  errors = collectErrors();
  await page.setViewport({ width: 1280, height: 1000 });
  events = [];
  window.addEventListener('benchmark-event', record);
  host = document.createElement('main');
  benchmark = document.createElement('benchmark-page');
  host.append(benchmark);
  document.body.append(host);
  await appears('button.primary');
});

afterEach(() => {
  window.removeEventListener('benchmark-event', record);
  host.remove();
  history.replaceState(null, '', location.pathname + location.search);
  vi.restoreAllMocks();
  expect(errors).toEqual([]);
});

/** Puts another benchmark in the real one's place. */
function replace(run: typeof benchmark.runBenchmark) {
  const spy = vi.fn(run);
  benchmark.runBenchmark = spy;
  return spy;
}

const press = () => page.click('button.primary');
const ended = () => expect.poll(() => events.at(-1), { timeout: 30_000 }).toBe('done');
const statuses = () => [...findAll('status-mark')].map((mark) => Reflect.get(mark, 'status'));

describe('a run on the page', () => {
  it('shows what is verified, wrong, failed and refused', async () => {
    replace(fixtures.fakeBenchmark(1));
    await press();
    await ended();
    await expect.poll(() => text('.outcome h2')).toMatch(/^flash is fastest in all 5 cases/);
    expect(new Set(statuses())).toEqual(new Set(['verified', 'wrong', 'failed', 'refused']));
    await appears('sample-chart >>> svg.plot');
    await appears('length-chart >>> svg.plot');
  });

  it('starts once however often it is asked, and is cancelled with its results kept', async () => {
    const run = replace(fixtures.fakeBenchmark(30));
    const [controls] = findAll('benchmark-controls');
    for (let i = 0; i < 3; i++) controls.dispatchEvent(new CustomEvent('run-request'));
    await appears('status-mark[status=verified]');
    expect(await text('button.primary')).toBe('Cancel');
    await press();
    await ended();
    expect(run).toHaveBeenCalledTimes(1);
    await expect.poll(() => text('button.primary')).toBe('Run');
    expect(statuses()).toContain('verified');
    expect(statuses()).toContain('cancelled');
  });

  it('keeps what was measured when it breaks off, says why, and can be followed by another', async () => {
    replace(async (settings, options) => {
      options!.onEvent!({ type: 'report', report: fixtures.sampleReport(settings) });
      throw new Error('the device went away');
    });
    await press();
    await ended();
    await expect.poll(() => text('notice-banner[kind=error]')).toContain('the device went away');
    expect(statuses()).toContain('verified');

    const next = replace(fixtures.fakeBenchmark(1));
    events = [];
    await press();
    await ended();
    expect(next).toHaveBeenCalledTimes(1);
    await expect.poll(() => findAll('notice-banner[kind=error]')).toEqual([]);
  });
});
