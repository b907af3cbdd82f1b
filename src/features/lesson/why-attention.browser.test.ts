import { afterEach, describe, expect, it } from 'vitest';
import { embeddingSection } from './sections/embedding/index';
import { wordSimilarities, madeUpNeighbours, madeUpVector } from './sections/embedding/vectors';
import { apply } from './model/linear-map';
import {
  bestRatio,
  fourHeads,
  rankHeads,
  separation,
  topicClusters,
} from './sections/heads/separation';
import { defaultLessonState, type LessonState } from './model/state';
import { fairestPoint, topicDistances } from './model/word-points';
import { contextOf } from './parts/plane/context';
import { formatFixed } from '../../numeric/format';
import { MountedLesson, type LessonOptions } from '../../../tests/support/lesson';

const start = defaultLessonState;
const at = ([x, y]: readonly number[]) => `(${formatFixed(x, 2)}, ${formatFixed(y, 2)})`;

let lesson: MountedLesson;

const open = async (entries: string, options: LessonOptions = {}) => {
  lesson = await MountedLesson.open(entries, options);
};

afterEach(async () => {
  await lesson.close();
  expect(lesson.errors).toEqual([]);
});

/** Presses keys on an element, one after another. */
async function press(selector: string, ...keys: readonly string[]) {
  const element = (await lesson.page.$(`>>> ${selector}`))!;
  // Of pictures too, which puppeteer focuses not.
  await element.evaluate((found) => (found as HTMLElement | SVGElement).focus());
  for (const key of keys) await lesson.page.keyboard.press(key as 'Enter');
}

/** Texts come in pieces: what belongs to a word is put back to it. */
const tidy = (text: string) =>
  text
    .replace(/ (?=[,.:;)°])/g, '')
    .replace(/(?<=[(“]) /g, '')
    .replace(/ (?=”)/g, '');
const captions = async (id: string) => tidy(await lesson.captions(id));

/** What the section's pictures say, sooner or later. */
const says = (id: string) => expect.poll(() => captions(id), { timeout: 10_000 });

describe('row 5: words as numbers', () => {
  it('shows the deck’s five facts, printed and computed', async () => {
    await open('at=embedding');
    const text = await lesson.text('lesson-embedding >>> claim-table');
    expect(text).toMatch(/As printed 100 3\.672 49 −0\.99628943 0\.7790246/);
    expect(text).toMatch(/Computed 100 3\.672 49 −0\.99628943 0\.7790246/);
    expect(embeddingSection.claims![0].computed(start)[2]).toBe(49);
    await says('embedding').toContain('100 values of length 3.672 together, 49 of them negative');
    expect(await lesson.text('lesson-embedding')).toContain('No model learned them');
  });

  it('a value changed by keys moves the likenesses, and goes back', async () => {
    await open('at=embedding');
    const bars = 'lesson-embedding >>> vector-bars >>> [role=slider]';
    const value = madeUpVector(start.seed)[2];
    await press(bars, 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp');
    const edits = { 2: Number((Number((value + 0.05).toFixed(2)) + 0.05).toFixed(2)) };
    await says('embedding').toContain(`Value 3 is ${formatFixed(edits[2])}`);
    const edited = madeUpVector(start.seed).map((old, i) => (i === 2 ? edits[2] : old));
    const [tissue] = wordSimilarities(
      edited,
      madeUpNeighbours(madeUpVector(start.seed), start.seed),
    );
    const table = await lesson.text(
      'lesson-embedding >>> number-table[name="Likeness to the vector"]',
    );
    expect(table).toContain(
      `tissue ${formatFixed(tissue.dot)} ${formatFixed(tissue.cosine)} ${formatFixed(tissue.distance)}`,
    );
    await expect.poll(() => lesson.hash()).toContain('edits=2:');
    await press(bars, 'Delete');
    await says('embedding').not.toContain('not as it was');
    const slider = await lesson.page.$eval(`>>> ${bars}`, (element) => element.ariaValueText);
    expect(slider).toBe(`value 3 of 100: ${formatFixed(value)}`);
  });

  it('a mouse drags a bar', async () => {
    await open('at=embedding');
    await lesson.section('embedding');
    const plot = (await lesson.page.$('>>> vector-bars >>> [role=slider]'))!;
    const { x, y, width, height } = (await plot.boundingBox())!;
    await lesson.page.mouse.move(x + width * 0.505, y + height * 0.5);
    await says('embedding').toContain('Value 51 is');
    await lesson.page.mouse.down();
    await lesson.page.mouse.move(x + width * 0.505, y + height * 0.1, { steps: 3 });
    await lesson.page.mouse.up();
    // The scale reaches 1.25 both ways: a tenth from the top is 1.
    await says('embedding').toContain('Value 51 is 1.000');
  });
});

describe('row 6: where to put cell', () => {
  it('says how far it is from each topic, and where it would be fairest', async () => {
    await open('at=place');
    const now = topicDistances([0.1, 0.2]);
    await says('place').toContain(
      `Nearest are the words of biology, ${formatFixed(now.biology, 2)} away in the mean; farthest the words of departments, ${formatFixed(now.department, 2)}`,
    );
    const { point, farthest } = fairestPoint();
    expect(await captions('place')).toContain(`the × at ${at(point)}`);
    expect(await captions('place')).toContain(
      `even there one topic is ${formatFixed(farthest, 2)}`,
    );
    expect(await lesson.text('lesson-place')).toContain('We placed these words by hand');
  });

  it('moves by arrow keys: nearer to one is farther from others', async () => {
    await open('at=place', { with: ['context'] });
    await press('lesson-place >>> .drag-point', ...Array<string>(5).fill('ArrowUp'));
    await says('place').toContain('cell is at (0.10, 0.70)');
    const [before, after] = [topicDistances([0.1, 0.2]), topicDistances([0.1, 0.7])];
    const nearer = formatFixed(before.biology - after.biology, 2);
    const farther = formatFixed(after.prison - before.prison, 2);
    expect(await captions('place')).toContain(`biology ${nearer} nearer`);
    expect(await captions('place')).toContain(`prisons ${farther} farther`);
    await expect.poll(() => lesson.hash()).toContain('moved=cell:0.1,0.7');
    // What follows, follows: the sentence starts from there.
    expect(await captions('context')).toContain('cell moves from (0.10, 0.70)');
    lesson.lesson.undo();
    await says('place').toContain('cell is at (0.10, 0.60)');
  });
});

const topics = ['biology', 'departments', 'prisons'];

describe('row 7: the sentence decides', () => {
  it.each([0, 1, 2])('sentence %i takes cell to its topic', async (i) => {
    await open('at=context');
    await lesson.section('context');
    const radios = await lesson.page.$$('>>> lesson-context >>> input[type=radio]');
    await radios[i].click();
    const text = await radios[i].evaluate((radio) => radio.parentElement!.textContent!.trim());
    const context = contextOf({ ...start, context: text });
    const { weights, point } = context.byQuery[context.subject];
    await says('context').toContain(
      `cell moves from (0.10, 0.20) to ${at(point)}, nearest to ${topics[i]}`,
    );
    const words = await lesson.text('lesson-context >>> .sentence button .number');
    expect(words.split('\n').map((line) => line.replace('weight ', ''))).toEqual(
      weights.map((weight) => formatFixed(weight)),
    );
    expect(await lesson.text('lesson-context >>> figure tex-formula')).toContain(
      at(point).replaceAll(' ', ''),
    );
  });

  it('leaves a word out, and its weight goes to the others', async () => {
    await open('at=context');
    await press('lesson-context >>> .sentence li:nth-child(2) button', 'Enter');
    const state: LessonState = { ...start, excluded: [1] };
    const context = contextOf(state);
    await says('context').toContain(`to ${at(context.byQuery[7].point)}, nearest to`);
    expect(await captions('context')).toContain('Left out: prisoner.');
    expect(await captions('context')).toContain(
      'prisoner adds 0.000 · (2.40, −1.40) = (0.00, 0.00)',
    );
    await expect.poll(() => lesson.hash()).toContain('without=1');
  });

  it('takes a sentence of one’s own, and names what the plane does not know', async () => {
    await open('at=context');
    await lesson.section('context');
    await lesson.click('lesson-context >>> #own');
    const own = (await lesson.page.$('>>> lesson-context >>> #own'))!;
    await own.click({ count: 3 });
    await own.type('Our cell grew a клетка quickly');
    await lesson.page.keyboard.press('Enter');
    await says('context').toContain('The plane does not know Our, grew, клетка and quickly');
    // Words may be put where they belong.
    await press('lesson-context >>> .drag-point[aria-label*="grew"]', 'ArrowUp');
    await says('context').toContain('does not know Our, клетка and quickly');
    await expect.poll(() => lesson.hash()).toContain('moved=grew:');
    await own.click({ count: 3 });
    await lesson.page.keyboard.press('Backspace');
    await lesson.page.keyboard.press('Enter');
    await expect
      .poll(() => lesson.text('lesson-context >>> [role=alert]'))
      .toContain('1 to 24 words');
    await own.click({ count: 3 });
    await own.type('клетка');
    await lesson.page.keyboard.press('Enter');
    await says('context').toContain('клетка moves from');
  });
});

describe.each([true, false])('row 8: all other words, WebGPU %s', (webgpu) => {
  it('any word asks, and all points move', async () => {
    await open('at=others', { webgpu });
    const { byQuery: all, names, words } = contextOf(start);
    await says('others').toContain(
      `sat attends to prisoner with ${formatFixed(all[2].weights[1])}, to alone with ${formatFixed(all[2].weights[3])}, to itself with ${formatFixed(all[2].weights[2])}`,
    );
    await lesson.section('others');
    await press('lesson-others >>> .sentence li:nth-child(2) button', 'Enter');
    await says('others').toContain(
      `prisoner attends to itself with ${formatFixed(all[1].weights[1])}`,
    );
    expect(await captions('others')).toContain(
      `goes from ${at(words[1].point)} to ${at(all[1].point)}`,
    );
    const table = await lesson.text('lesson-others >>> number-table');
    all.forEach(({ weights }, i) =>
      expect(table).toContain(
        `${names[i]} ${weights.map((weight) => formatFixed(weight)).join(' ')}`,
      ),
    );
    const by = webgpu
      ? /Computed on the GPU by \S+ , within .* float64/
      : /on the processor, in float64/;
    await expect
      .poll(() => lesson.text('lesson-others >>> computed-by'), { timeout: 30_000 })
      .toMatch(by);
  });
});

describe('row 9: heads', () => {
  const { points, labels } = topicClusters();

  it('says what the map does, and how well it separates', async () => {
    await open('at=heads');
    const { between, within, ratio } = separation(apply(start.map, points), labels);
    expect([formatFixed(between), formatFixed(within), formatFixed(ratio)]).toEqual([
      '121.894',
      '9.566',
      '12.742',
    ]);
    for (const value of [between, within, ratio]) {
      await expect
        .poll(() => lesson.text('lesson-head-map >>> tex-formula'))
        .toContain(formatFixed(value));
    }
    await says('heads').toContain(`The topics’ separation is 12.742, without a map 11.296`);
    expect(await captions('heads')).toContain(
      `No map gets beyond ${formatFixed(bestRatio(points, labels))}`,
    );
  });

  it('ranks the four heads, and the reader’s own', async () => {
    await open('at=heads');
    const ranked = rankHeads(fourHeads, points, labels);
    const expected = ranked.map(
      ({ name, separation: { ratio } }) => `${name} ${formatFixed(ratio)}`,
    );
    await says('heads').toContain(`Best first: ${expected.join(', ')}.`);
    expect(await captions('heads')).toContain('rotate is worth exactly as much as no map');
    expect(await lesson.text('lesson-head-ranking >>> button')).toBe(expected.join('\n'));
    await press('lesson-head-map >>> .drag-point', 'ArrowRight');
    await expect.poll(() => lesson.text('lesson-head-ranking >>> button')).toContain('yours');
    await expect.poll(() => lesson.hash()).toContain('map=1.1,0.9;0,1');
    await says('heads').toContain('(1, 0) goes to (1.10, 0.00)');
    expect(await lesson.text('lesson-head-ranking')).toContain('their numbers are ours');
  });

  it('mixes heads as the sliders say', async () => {
    await open('at=heads&mix=0,1,0,0');
    const stretched = separation(apply(fourHeads[1].map, points), labels).ratio;
    await says('heads').toContain(`the mix separates the topics by ${formatFixed(stretched)}`);
    expect(await lesson.text('lesson-head-mix >>> number-table')).toContain(
      'new x 1.800 0.000 new y 0.000 0.600',
    );
  });

  it('asks first what a shared rotation changes, then shows that it is nothing', async () => {
    await open('at=heads');
    await lesson.section('heads');
    const shown = () =>
      lesson.page.$eval('>>> lesson-head-rotation', (element) => element.checkVisibility());
    expect(await shown()).toBe(false);
    const buttons = await lesson.page.$$('>>> lesson-heads >>> predict-first >>> button');
    const texts = await Promise.all(buttons.map((b) => b.evaluate((e) => e.textContent!.trim())));
    await buttons[texts.indexOf('the same')].click();
    await expect.poll(shown).toBe(true);
    expect(await lesson.text('lesson-heads >>> predict-first >>> .verdict')).toContain('Yes.');
    const caption = await captions('heads');
    expect(caption).toMatch(/Both turned by 40°, .* which is rounding\./);
    expect(caption).toContain('the largest score is 1.000 before and 1.000 after');
    await lesson.click('lesson-head-rotation >>> input[type=checkbox]');
    await says('heads').toContain('The queries alone turned by 40°');
    expect(await captions('heads')).not.toContain('which is rounding');
    await expect.poll(() => lesson.hash()).toContain('turn-keys=no');
  });
});
