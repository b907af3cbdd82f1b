import { afterEach, describe, expect, it } from 'vitest';
import { LessonDriver } from '../support/lesson-driver';

let lesson: LessonDriver;

afterEach(async () => {
  expect(lesson.errors).toEqual([]);
  await lesson.close();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the lesson’s thread is never blocked', () => {
  it('while the page is drawn and scrolled through', async () => {
    lesson = await LessonDriver.open();
    const tasks = await lesson.longTasksDuring(async () => {
      await lesson.page.reload({ waitUntil: 'domcontentloaded' });
      await lesson.drawn();
      for (const section of await lesson.page.$$('>>> lesson-page >>> section')) {
        await section.evaluate((element) => element.scrollIntoView());
        await pause(200);
      }
    });
    expect(tasks).toEqual([]);
  });

  it('while the temperature is changed, which every table follows', async () => {
    lesson = await LessonDriver.open('at=steps');
    const slider = (await lesson.page.$('>>> lesson-steps >>> ui-slider >>> input'))!;
    await slider.focus();
    const tasks = await lesson.longTasksDuring(async () => {
      for (let i = 0; i < 12; i++) await lesson.page.keyboard.press('ArrowRight');
      await pause(1000);
    });
    expect(await lesson.hash()).toMatch(/temperature=3/);
    expect(tasks).toEqual([]);
  });

  it('without this test seeing it', async () => {
    lesson = await LessonDriver.open('', { webgpu: false });
    const tasks = await lesson.longTasksDuring(async () => {
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
    });
    expect(tasks.length).toBeGreaterThan(0);
  });
});
