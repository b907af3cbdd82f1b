import { afterEach, describe, expect, it } from 'vitest';
import { LessonDriver } from '../../support/lesson-driver';

let lesson: LessonDriver;

afterEach(async () => {
  expect(lesson.errors).toEqual([]);
  await lesson.close();
});

/** Longer than this and a page stutters for everybody. */
const longestMs = 100;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: wall time, and time that the thread itself had a processor. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Tasks of the page's own thread, in milliseconds of processor time: a machine that does other things too
 * makes tasks last longer, but not cost more.
 */
async function tasksDuring(act: () => Promise<unknown>): Promise<number[]> {
  const { tracing } = lesson.page;
  await tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await act();
  const trace = Buffer.from((await tracing.stop())!).toString();
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  // Of processes that were there before the trace began, too.
  const pages = traceEvents
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`);
  return traceEvents
    .filter(({ ph, name }) => ph === 'X' && name.endsWith('RunTask'))
    .filter(({ pid, tid, tdur }) => tdur !== undefined && pages.includes(`${pid} ${tid}`))
    .map(({ tdur }) => tdur! / 1000);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the lesson’s thread is never blocked', () => {
  it('while the page is drawn and scrolled through', async () => {
    lesson = await LessonDriver.open();
    const tasks = await tasksDuring(async () => {
      await lesson.page.reload({ waitUntil: 'domcontentloaded' });
      await lesson.drawn();
      for (const section of await lesson.page.$$('>>> lesson-page >>> section')) {
        await section.evaluate((element) => element.scrollIntoView());
        await pause(200);
      }
    });
    expect(tasks.length).toBeGreaterThan(100);
    expect(tasks.filter((milliseconds) => milliseconds > longestMs)).toEqual([]);
  });

  it('while the temperature is changed, which every table follows', async () => {
    lesson = await LessonDriver.open('at=steps');
    const slider = (await lesson.page.$('>>> lesson-steps >>> ui-slider >>> input'))!;
    await slider.focus();
    const tasks = await tasksDuring(async () => {
      for (let i = 0; i < 12; i++) await lesson.page.keyboard.press('ArrowRight');
      await pause(1000);
    });
    expect(await lesson.hash()).toMatch(/temperature=3/);
    expect(tasks.length).toBeGreaterThan(20);
    expect(tasks.filter((milliseconds) => milliseconds > longestMs)).toEqual([]);
  });

  it('without this test seeing it', async () => {
    lesson = await LessonDriver.open('', { webgpu: false });
    const tasks = await tasksDuring(async () => {
      await lesson.page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            setTimeout(() => {
              let sum = 0;
              for (let i = 0; i < 2e7; i++) sum += Math.sin(i);
              if (Number.isNaN(sum)) throw new Error('Sines are numbers.');
              resolve();
            });
          }),
      );
      // The task that resolves is not over yet: a trace that ended now would not have it.
      await pause(200);
    });
    expect(tasks.filter((milliseconds) => milliseconds > longestMs).length).toBeGreaterThan(0);
  });
});
