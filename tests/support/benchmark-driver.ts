import { expect, inject } from 'vitest';
import type { BenchmarkProgress, EntryReport, Report } from '../../src/bench/report';
import { openPage, PageDriver } from './page';

/** What the page has told of its runs, kept in the page itself. */
interface RecordedEvents {
  /** Finished runs, in order. */
  readonly done: Report[];
  latest: Report | null;
  progress: BenchmarkProgress | null;
  /** Devices the page was given, in order. */
  readonly devices: GPUDevice[];
  /** Bytes of everything it asked for: buffers of its devices, and memory shared with workers. */
  readonly allocations: number[];
}

declare global {
  interface Window {
    heard: RecordedEvents;
  }
}

/** When in a run: at the first progress of this stage, and of this contestant where one is named. */
export interface Moment {
  readonly stage: BenchmarkProgress['stage'];
  readonly contestant?: string;
  readonly caseIndex?: number;
}

/** The playground's own page on the real engine, driven and read as a person would. */
export class BenchmarkDriver extends PageDriver {
  /** `prepare` runs in the page before its own scripts: it can refer to nothing outside itself. */
  static async open(hash = '', prepare?: () => void, base = inject('siteUrl')) {
    const opened = await openPage(hash, base, async (page) => {
      await page.evaluateOnNewDocument(recordEvents);
      if (prepare) await page.evaluateOnNewDocument(prepare);
    });
    const playground = new BenchmarkDriver(opened);
    await playground.appears('button.primary');
    return playground;
  }

  /** The one large button: Run, and during a run Cancel. */
  pressRun(): Promise<void> {
    return this.page.click('>>> button.primary');
  }

  /** Presses Run and waits for the end of that run. */
  async run(): Promise<Report> {
    const { length } = await this.finished();
    await this.pressRun();
    return this.ended(length + 1);
  }

  /** The report of the `count`th run, once that is over. */
  async ended(count = 1): Promise<Report> {
    const over = (n: number) => window.heard.done.length >= n;
    await this.page.waitForFunction(over, { polling: 50, timeout: 100_000 }, count);
    // The page draws what it was told a moment later.
    await expect.poll(() => this.text('button.primary')).toBe('Run');
    return (await this.finished())[count - 1];
  }

  finished(): Promise<Report[]> {
    return this.page.evaluate(() => window.heard.done);
  }

  /** Runs `action` in the page at the first such moment from now on, at once. */
  at(moment: Moment, action: () => void): Promise<void> {
    return this.page.evaluate(
      ({ stage, contestant, caseIndex }, source) => {
        const act = new Function(`(${source})()`);
        const watch = ({ detail }: WindowEventMap['benchmark-event']) => {
          if (detail.type !== 'progress' || detail.progress.stage !== stage) return;
          if (contestant !== undefined && detail.progress.contestant !== contestant) return;
          if (caseIndex !== undefined && detail.progress.caseIndex !== caseIndex) return;
          window.removeEventListener('benchmark-event', watch);
          act();
        };
        window.addEventListener('benchmark-event', watch);
      },
      moment,
      String(action),
    );
  }

  async reaches(moment: Moment): Promise<void> {
    const reached = ({ stage, contestant, caseIndex }: Moment) => {
      const { progress } = window.heard;
      if (progress?.stage !== stage) return false;
      if (contestant !== undefined && progress.contestant !== contestant) return false;
      return caseIndex === undefined || progress.caseIndex === caseIndex;
    };
    await this.page.waitForFunction(reached, { polling: 20 }, moment);
  }

  /** Changes the settings as a link on the page does. */
  async follow(hash: string): Promise<void> {
    await this.page.evaluate((to) => void (location.hash = to), hash);
  }

  read(selector: string, property: string): Promise<string> {
    return this.page.$eval(
      `>>> ${selector}`,
      (element, name) => String(Reflect.get(element, name)),
      property,
    );
  }

  /** Types over what a field holds. */
  async type(field: string, text: string): Promise<void> {
    const input = (await this.page.$(`>>> #${field}`))!;
    await input.click({ count: 3 });
    await this.page.keyboard.press('Backspace');
    await input.type(text);
  }

  /** Statuses in the table, one for each contestant of each case. */
  statuses(): Promise<string[]> {
    return this.page.$$eval('>>> status-mark', (marks) => marks.map(({ status }) => status));
  }
}

/** All entries of a report, by contestant; one case only. */
export function entriesOf(report: Report): Record<string, EntryReport> {
  expect(report.cases).toHaveLength(1);
  return Object.fromEntries(report.cases[0].entries.map((entry) => [entry.contestant, entry]));
}

/** Every contestant of every case is verified and timed. */
export function expectVerified(report: Report): void {
  expect(report).toMatchObject({ status: 'complete' });
  expect(report.cases.length).toBeGreaterThan(0);
  for (const { entries } of report.cases) {
    for (const { contestant, status, message, timing } of entries) {
      expect({ contestant, status, message }).toEqual({ contestant, status: 'verified' });
      expect(timing!.samples.length).toBeGreaterThan(0);
    }
  }
}

/** Runs in the page before its own scripts: it can refer to nothing outside itself. */
function recordEvents() {
  const heard: RecordedEvents = {
    done: [],
    latest: null,
    progress: null,
    devices: [],
    allocations: [],
  };
  window.heard = heard;
  window.addEventListener('benchmark-event', ({ detail }) => {
    if (detail.type === 'progress') heard.progress = detail.progress;
    else heard.latest = detail.report;
    if (detail.type === 'done') heard.done.push(detail.report);
  });
  // A page that is not isolated has no shared memory.
  if (globalThis.SharedArrayBuffer) {
    window.SharedArrayBuffer = new Proxy(SharedArrayBuffer, {
      construct(target, given: [number]) {
        heard.allocations.push(given[0]);
        return new target(...given);
      },
    });
  }
  if (!globalThis.GPUAdapter) return;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await requestDevice.apply(this, given);
    heard.devices.push(device);
    return device;
  };
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    heard.allocations.push(descriptor.size);
    return createBuffer.call(this, descriptor);
  };
}
