import { afterEach, describe, expect, it } from 'vitest';
import { LessonDriver } from '../support/lesson-driver';
import { openPage } from '../support/page';

let lesson: LessonDriver;

afterEach(async () => {
  expect(lesson.errors).toEqual([]);
  await lesson.close();
});

describe('a way through the lesson', () => {
  it('begins at the link above, and leads through all sections', async () => {
    const opened = await openPage('');
    const { page } = opened;
    await expect.poll(() => page.$('>>> header nav a[href="#lesson"]')).not.toBeNull();
    await page.click('>>> header nav a[href="#lesson"]');
    await expect
      .poll(() => page.$$eval('>>> lesson-page >>> section', (all) => all.length), {
        timeout: 30_000,
      })
      .toBeGreaterThanOrEqual(17);
    expect(await page.evaluate(() => location.hash)).toMatch(/^#lesson/);
    expect(opened.errors).toEqual([]);
    await opened.close();

    lesson = await LessonDriver.open();
    const all = await lesson.ids();
    const links = await lesson.page.$$eval('>>> lesson-page >>> nav a', (found) =>
      found.map((link) => link.getAttribute('href')),
    );
    expect(links).toEqual(all.map((id) => `#lesson&at=${id}`));
    // No section is empty, and each has a picture that says what it shows.
    for (const id of all) {
      expect((await lesson.text(`section[id=${id}]`)).length, id).toBeGreaterThan(300);
      expect((await lesson.captions(id)).length, id).toBeGreaterThan(20);
    }
  });

  it('is in the link, which leads back to it and to the place', async () => {
    lesson = await LessonDriver.open('at=steps', {
      prepare: () => {
        const copied: string[] = [];
        Object.assign(window, { copied });
        navigator.clipboard.writeText = async (text) => void copied.push(text);
      },
    });
    await lesson.hide(4);
    await lesson.click('lesson-page >>> #copy-link');
    await expect.poll(() => lesson.text('lesson-page >>> .tools [role=status]')).toBe('Copied.');
    const [link] = (await lesson.page.evaluate('window.copied')) as string[];
    expect(new URL(link).hash).toBe('#lesson&at=steps&hidden=4');
    const before = await lesson.steps();
    await lesson.close();

    lesson = await LessonDriver.open(new URL(link).hash.slice('#lesson&'.length));
    await expect.poll(() => lesson.focusedId()).toBe('title-steps');
    await expect.poll(() => lesson.top('steps')).toBeLessThan(100);
    expect(await lesson.steps()).toBe(before);
    await lesson.page.reload({ waitUntil: 'domcontentloaded' });
    await lesson.drawn();
    await expect.poll(() => lesson.focusedId()).toBe('title-steps');
    expect(await lesson.steps()).toBe(before);
  });
});
