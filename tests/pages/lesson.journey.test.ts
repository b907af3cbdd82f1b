import { afterEach, describe, expect, it } from 'vitest';
import { LessonDriver } from '../support/lesson-driver';
import { openPage } from '../support/page';

let lesson: LessonDriver;

afterEach(async () => {
  expect(lesson.errors).toEqual([]);
  await lesson.close();
});

/** Ids of all sections, in the page's own order. */
const ids = () =>
  lesson.page.$$eval('>>> lesson-page >>> section', (all) => all.map(({ id }) => id));
const focusedId = () =>
  lesson.page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused?.id ?? '';
  });
const top = (id: string) =>
  lesson.page.$eval(`>>> section[id=${id}]`, (section) => section.getBoundingClientRect().top);
/** What the steps show of the state: a section's caption follows every change. */
const steps = () => lesson.captions('steps');
const hide = (place: number) =>
  lesson.page
    .$$('>>> lesson-steps >>> input[name=hidden]')
    .then((boxes) => boxes[place].evaluate((box) => (box as HTMLInputElement).click()));

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
    const all = await ids();
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
    await hide(4);
    await lesson.click('lesson-page >>> #copy-link');
    await expect.poll(() => lesson.text('lesson-page >>> .tools [role=status]')).toBe('Copied.');
    const [link] = (await lesson.page.evaluate('window.copied')) as string[];
    expect(new URL(link).hash).toBe('#lesson&at=steps&hidden=4');
    const before = await steps();
    await lesson.close();

    lesson = await LessonDriver.open(new URL(link).hash.slice('#lesson&'.length));
    await expect.poll(focusedId).toBe('title-steps');
    await expect.poll(() => top('steps')).toBeLessThan(100);
    expect(await steps()).toBe(before);
    await lesson.page.reload({ waitUntil: 'domcontentloaded' });
    await lesson.drawn();
    await expect.poll(focusedId).toBe('title-steps');
    expect(await steps()).toBe(before);
  });
});
