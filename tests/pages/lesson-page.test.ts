import { afterEach, describe, expect, it } from 'vitest';
import { defaultLessonState } from '../../src/features/lesson/model/state';
import { stateTables, matrixToCsv } from '../../src/features/lesson/model/tables';
import { LessonDriver } from '../support/lesson-driver';
import { axeFindings, emulateTheme } from '../support/page';

let lesson: LessonDriver;

afterEach(async () => {
  expect(lesson.errors).toEqual([]);
  await lesson.close();
});

const current = () => lesson.text('lesson-page >>> nav a[aria-current]');
const isDisabled = (id: string) =>
  lesson.page.$eval(
    `>>> lesson-page >>> #${id}`,
    (button) => (button as HTMLButtonElement).disabled,
  );
async function keys(
  ...pressed: ('Control' | 'Shift' | 'Alt' | 'KeyZ' | 'ArrowDown' | 'ArrowUp')[]
) {
  const { keyboard } = lesson.page;
  for (const key of pressed) await keyboard.down(key);
  for (const key of pressed.reverse()) await keyboard.up(key);
}

describe('the way through the essay', () => {
  it('is marked in the rail, which leads to each section', async () => {
    lesson = await LessonDriver.open();
    const [first] = await lesson.ids();
    expect(await current()).toBe('A sequence in, a sequence out');
    await lesson.click('lesson-page >>> nav a[href="#lesson&at=softmax"]');
    await expect.poll(() => lesson.focusedId()).toBe('title-softmax');
    await expect.poll(current).toBe('Shares, by exponentials');
    await expect.poll(() => lesson.top('softmax')).toBeLessThan(100);
    await expect.poll(() => lesson.hash()).toBe('#lesson&at=softmax');

    // By scrolling alone.
    await lesson.section('table');
    await expect.poll(current).toBe('A table of similarities');
    await expect.poll(() => lesson.hash()).toBe('#lesson&at=table');
    await lesson.section(first);
    await expect.poll(() => lesson.hash()).toBe('#lesson');

    await keys('Alt', 'ArrowDown');
    await expect.poll(() => lesson.focusedId()).toBe('title-cipher');
    await keys('Alt', 'ArrowUp');
    await expect.poll(() => lesson.focusedId()).toBe(`title-${first}`);
  });
});

describe('the one state', () => {
  it('goes back, forwards, and to the beginning, by button and by key', async () => {
    lesson = await LessonDriver.open('at=steps');
    const at = async (entries: string, disabled: [boolean, boolean, boolean]) => {
      await expect.poll(() => lesson.hash()).toBe(`#lesson&at=steps${entries}`);
      expect(await Promise.all(['undo', 'redo', 'reset'].map(isDisabled))).toEqual(disabled);
    };
    const first = await lesson.steps();
    await at('', [true, true, true]);
    await lesson.hide(0);
    await lesson.hide(2);
    const hidden = await lesson.steps();
    expect(hidden).toContain('2 words are hidden');
    await at('&hidden=0,2', [false, true, false]);

    await lesson.click('lesson-page >>> #undo');
    await at('&hidden=0', [false, false, false]);
    expect(await lesson.steps()).toContain('1 word is hidden');
    await keys('Control', 'KeyZ');
    await at('', [true, false, true]);
    expect(await lesson.steps()).toBe(first);
    await keys('Control', 'Shift', 'KeyZ');
    await at('&hidden=0', [false, false, false]);
    await lesson.click('lesson-page >>> #redo');
    await at('&hidden=0,2', [false, true, false]);
    expect(await lesson.steps()).toBe(hidden);

    await lesson.click('lesson-page >>> #reset');
    await at('', [false, true, true]);
    expect(await lesson.steps()).toBe(first);
    await lesson.click('lesson-page >>> #undo');
    await at('&hidden=0,2', [false, false, false]);
  });

  it('is told of where a link asks for what it cannot have', async () => {
    lesson = await LessonDriver.open('at=steps&temperature=-1&hidden=9&colour=red&query=5');
    await lesson.appears('notice-banner');
    const told = await lesson.text('notice-banner');
    expect(told).toMatch(/temperature: "-1" is not allowed; expected a number from 0.001/);
    expect(told).toMatch(/hidden: "9" is not allowed; expected places from 0 to 5/);
    expect(told).toMatch(/colour: "red" is not allowed; expected one of/);
    // What was right in it is kept.
    expect(await lesson.steps()).toMatch(/^Cell gives itself/);
  });

  it('is there as one file of all tables', async () => {
    lesson = await LessonDriver.open('at=steps&causal=yes&temperature=2', {
      prepare: () => {
        const texts: Promise<string>[] = [];
        Object.assign(window, { texts });
        const { createObjectURL } = URL;
        URL.createObjectURL = (blob: Blob) => {
          texts.push(blob.text());
          return createObjectURL.call(URL, blob);
        };
      },
    });
    await lesson.click('lesson-page >>> #all-csv');
    const [text] = (await lesson.page.evaluate('Promise.all(window.texts)')) as string[];
    const state = { ...defaultLessonState, causal: true, temperature: 2 };
    expect(text).toBe(stateTables(state).map(matrixToCsv).join('\r\n'));
    expect(text).toMatch(/\r\nweights,The,prisoner,sat,in,his,cell\r\nThe,1,0,0,0,0,0\r\n/);
  });
});

describe('the page', () => {
  it('works without WebGPU, and says so', async () => {
    lesson = await LessonDriver.open('at=steps', { webgpu: false });
    for (const id of ['steps', 'model']) {
      await lesson.section(id);
      await expect
        .poll(() => lesson.text(`section[id=${id}] >>> computed-by`), { timeout: 30_000 })
        .toMatch(/Computed on the processor, in float64: there is no WebGPU here/);
    }
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('has nothing that axe finds, in %s at %i px, and fits', async (theme, width) => {
    lesson = await LessonDriver.open('', { webgpu: false, width });
    const { page } = lesson;
    await emulateTheme(page, theme);
    // What is computed only when it is reached is there too.
    for (const id of await lesson.ids()) await lesson.section(id);
    await lesson.appears('lesson-model >>> tensor-view');
    // And what the questions hide.
    for (const question of await page.$$('>>> predict-first')) {
      await question.evaluate((element) => {
        const buttons = [...element.shadowRoot!.querySelectorAll('button')];
        buttons.find(({ textContent }) => textContent.trim() === 'Show me')!.click();
      });
    }
    expect(await page.$$('>>> predict-first >>> .verdict')).toHaveLength(6);
    await page.$$eval('>>> details', (all) => all.forEach((one) => (one.open = true)));
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it('leads on: to the benchmark at the size in view, and to heads', async () => {
    lesson = await LessonDriver.open('at=dilution&words=1024', { webgpu: false });
    // The size is shown once the question before it is answered.
    await lesson.click('section[id=dilution] >>> predict-first >>> .answer button:last-child');
    await lesson.click('lesson-dilution >>> #to-benchmark');
    await lesson.appears('benchmark-page >>> #queries');
    const read = (id: string) =>
      lesson.page.$eval(
        `>>> benchmark-page >>> #${id}`,
        (input) => (input as HTMLInputElement).value,
      );
    expect([await read('queries'), await read('keys'), await read('heads')]).toEqual([
      '1024',
      '1024',
      '1',
    ]);
    await lesson.page.goBack();
    await lesson.section('heads');
    await lesson.click('lesson-heads >>> a[href="#heads"]');
    await lesson.appears('heads-page');
    await lesson.page.goBack();
    await lesson.section('timeline');
    await lesson.click('#to-benchmark');
    await lesson.appears('benchmark-page');
  });

  it('fits a phone without scrolling sideways', async () => {
    lesson = await LessonDriver.open('', { webgpu: false, width: 390 });
    for (const id of await lesson.ids()) {
      await lesson.section(id);
      const width = await lesson.page.evaluate(() => document.documentElement.scrollWidth);
      expect({ id, width }).toEqual({ id, width: 390 });
    }
  });
});
