import { afterEach, describe, expect, it } from 'vitest';
import { headsLink } from '../heads/model/link';
import { alignmentMatrix, encipher, translation } from './model/cipher';
import { recallByDistance } from './sections/memory/fixed-state';
import { RECALL_TRIALS } from './sections/memory/recall-run';
import { defaultLessonState } from './model/state';
import { cellPoints } from './sections/timeline/milestones';
import { formatFixed } from '../../numeric/format';
import { MountedLesson } from '../../../tests/support/lesson';

const state = defaultLessonState;

let lesson: MountedLesson;

afterEach(async () => {
  await lesson.close();
  expect(lesson.errors).toEqual([]);
});

/** Pieces of a text stand apart in a template, and together on the page. */
const tidy = (text: string) => text.replace(/ +([.,;:”])/g, '$1').replace(/“ +/g, '“');
const says = (selector: string) =>
  expect.poll(async () => tidy(await lesson.text(selector)), { timeout: 20_000 });
const captions = (id: string) => says(`lesson-${id} >>> figcaption`);

/** Types over what a field holds. */
async function type(field: string, text: string) {
  const input = (await lesson.page.$(`>>> ${field}`))!;
  await input.evaluate((element) => (element as HTMLInputElement).select());
  await lesson.page.keyboard.press('Backspace');
  await input.type(text);
}

const focus = (selector: string) =>
  lesson.page.$eval(`>>> ${selector}`, (element) => (element as HTMLElement).focus());
const value = (selector: string) =>
  lesson.page.$eval(`>>> ${selector}`, (element) => (element as HTMLInputElement).value);
const press = (key: string) => lesson.page.keyboard.press(key);

describe('row 1: a sequence in, a sequence out', () => {
  it('takes a sentence of one’s own, which runs through everything', async () => {
    lesson = await MountedLesson.open('at=sequences', { with: ['timeline'] });
    await captions('sequences').toContain('6 words in, 7 words out. One more comes out');
    await type('lesson-sequences >>> #sentence', 'Every tissue is made of cells');
    await captions('sequences').toContain('The last word in is “cells”');
    await says('lesson-timeline >>> #to-heads').toContain('Every tissue is made of cells');
    await press('Enter');
    await expect.poll(() => lesson.hash()).toContain('sentence=Every+tissue+is+made+of+cells');
    lesson.lesson.undo();
    await expect.poll(() => value('lesson-sequences >>> #sentence')).toBe(state.sentence);
  });

  it('says what is wrong with a text, and loses neither it nor the last one', async () => {
    lesson = await MountedLesson.open('at=sequences');
    await type('lesson-sequences >>> #sentence', '…');
    await says('lesson-sequences >>> #sentence-error').toBe(
      'No word yet: until there is one, the page keeps “The prisoner sat in his cell”.',
    );
    const long = Array.from({ length: 25 }, (_, i) => `w${i}`).join(' ');
    await type('lesson-sequences >>> #sentence', long);
    await says('lesson-sequences >>> #sentence-error').toContain('There is room for 24 words');
    await press('Enter');
    expect(await value('lesson-sequences >>> #sentence')).toBe(long);
    await captions('sequences').toContain('24 words in');
    lesson.lesson.reset();
    await expect.poll(() => value('lesson-sequences >>> #sentence')).toBe(state.sentence);
    await says('lesson-sequences >>> #sentence-error').toBe('');
  });

  it('has ends to drag and to move by keys: words go and come back', async () => {
    lesson = await MountedLesson.open('at=sequences');
    const end = 'lesson-sequences >>> word-row[label="The input"] >>> .end';
    await lesson.appears(end);
    await focus(end);
    await press('ArrowLeft');
    await captions('sequences').toContain('5 words in, 7 words out. 2 more come out than go in.');
    await says('word-row >>> .left-out').toBe('cell');
    const handle = (await lesson.page.$(`>>> ${end}`))!.element;
    const middle = (box: DOMRect) => [box.x + box.width / 2, box.y + box.height / 2];
    const first = handle.parentElement!.querySelector('.word')!;
    const from = middle(handle.getBoundingClientRect());
    const to = middle(first.getBoundingClientRect());
    await lesson.page.mouse.move(from[0], from[1]);
    await lesson.page.mouse.down();
    await lesson.page.mouse.move(to[0] + 60, to[1], { steps: 8 });
    await captions('sequences').toMatch(/^[12] words? in/);
    await lesson.page.mouse.up();
    await press('End');
    await captions('sequences').toContain('6 words in');
    await expect.poll(() => lesson.hash()).not.toContain('sentence');
  });

  it('has three tasks as examples', async () => {
    lesson = await MountedLesson.open('at=sequences');
    await says('lesson-sequences >>> .task').toBe(
      [
        'Translation 6 words in, 7 words out',
        'Summary 21 words in, 5 words out',
        'Conversation 8 words in, 10 words out',
      ].join('\n'),
    );
    await lesson.click('lesson-sequences >>> .task:nth-of-type(2)');
    await captions('sequences').toContain('16 fewer come out than go in.');
  });
});

describe('row 2: translation as deciphering', () => {
  it('encodes and decodes, a letter at a time', async () => {
    lesson = await MountedLesson.open('at=cipher');
    await says('lesson-cipher >>> .prose').toContain('4 March 1947');
    await captions('cipher').toContain('becomes “Wkh sulvrqhu vdw lq klv fhoo”');
    for (let i = 0; i < 4; i++) await lesson.click('cipher-desk >>> #next-letter');
    await captions('cipher').toContain('Place 5: “p” becomes “s”, 3 places on in the alphabet.');
    await type('cipher-desk >>> #ciphered', 'Dwwhqwlrq');
    await expect.poll(() => value('cipher-desk >>> #plain')).toBe('Attention');
    await lesson.click('cipher-desk >>> input[value=keyword]');
    await type('cipher-desk >>> #keyword', '123');
    await says('cipher-desk >>> .error').toContain('keyword is "123"; allowed: a word with');
    await type('cipher-desk >>> #keyword', 'kinase');
    const ciphered = encipher('Attention', { ...state, cipher: 'keyword', keyword: 'kinase' });
    await expect.poll(() => value('cipher-desk >>> #ciphered')).toBe(ciphered);
    await lesson.click('cipher-desk >>> input[value=columns]');
    await captions('cipher').toContain('comes from place');
    await expect.poll(() => lesson.hash()).toMatch(/message=Attention&cipher=columns&keyword=kin/);
  });

  it('shows what a decoder has to find: a diagonal, a permutation, neither', async () => {
    lesson = await MountedLesson.open('at=cipher');
    await says('lesson-cipher >>> .alignments h4').toBe(
      'Letters swapped: a diagonal\nLetters moved: a permutation\nA translation: neither',
    );
    const marks = await lesson.page.$$eval('>>> alignment-matrix', (all) =>
      all.map((one) => one.shadowRoot!.querySelectorAll('.mark').length),
    );
    const { source, sources } = translation;
    const count = alignmentMatrix(sources, source.length).flat().filter(Boolean).length;
    expect(marks).toEqual([12, 12, count]);
    const last = 'lesson-cipher >>> .alignments > div:last-child >>> alignment-matrix';
    await focus(`${last} >>> .output`);
    await press('End');
    await captions('cipher').toContain('Pointed at: “exiguë” comes from “small”.');
    await says('lesson-cipher >>> .carries .badge.on').toBe('Encode, then decode');
    await says('lesson-cipher >>> .carries .badge.off').toBe(
      'Confidentiality\nIntegrity\nAuthentication',
    );
  });
});

describe('row 3: the relay', () => {
  it('goes by steps, and plays', async () => {
    lesson = await MountedLesson.open('at=relay');
    await captions('relay').toContain('the receptor in the membrane is empty');
    await lesson.click('#relay-next');
    await captions('relay').toContain('binds to the receptor');
    await lesson.click('#relay-back');
    await lesson.click('#relay-play');
    await says('#relay-play').toBe('Pause');
    await captions('relay').toContain('a copy of a gene leaves');
    await says('#relay-play').toBe('Play');
  });

  it('is still where motion is reduced', async () => {
    lesson = await MountedLesson.open('at=relay');
    await lesson.page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(() => lesson.page.$('>>> #relay-play')).toBeNull();
    await lesson.click('#relay-next');
    await captions('relay').toContain('binds to the receptor');
    await lesson.page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

describe.each([true, false])('row 4: the memory that forgets, WebGPU %s', (webgpu) => {
  it('asks first, then shows what was computed, and follows', async () => {
    lesson = await MountedLesson.open('at=memory', { webgpu });
    const at = (distance: number, stateSize = 16) =>
      recallByDistance({ stateSize, distances: [distance], trials: RECALL_TRIALS, seed: 1 })[0];
    await lesson.section('memory');
    await lesson.appears('lesson-memory >>> predict-first >>> #guess');
    const isHidden = () =>
      lesson.page.$eval('>>> lesson-memory >>> svg.recall', (svg) => !svg.checkVisibility());
    await lesson.appears('lesson-memory >>> svg.recall');
    expect(await isHidden()).toBe(true);
    await (await lesson.page.$('>>> lesson-memory >>> predict-first >>> #guess'))!.type('90 %');
    await press('Enter');
    await says('lesson-memory >>> predict-first >>> .verdict').toContain(
      `You said 90 %; it is ${formatFixed(at(32).state.right)}`,
    );
    expect(await isHidden()).toBe(false);

    const shown = (distance: number, stateSize = 16) => {
      const { state: fixed } = at(distance, stateSize);
      return `in ${Math.round(fixed.right * RECALL_TRIALS)} of 64 tries, ${formatFixed(fixed.right)} with a standard error of ${formatFixed(fixed.rightError)}`;
    };
    await captions('memory').toContain(`Prisoner back ${shown(32)}`);
    await captions('memory').toContain('The direct link gives it back in all 64 tries');
    await captions('memory').toContain('24 × 16 = 384 numbers');
    await focus('lesson-memory >>> svg.recall [role=slider]');
    await press('ArrowRight');
    await captions('memory').toContain(`33 words stand between Prisoner and Cell.`);
    await captions('memory').toContain(shown(33));
    await press('PageUp');
    await captions('memory').toContain(shown(64));
    expect(at(64).state.right).toBeLessThan(at(32).state.right);
    await focus('lesson-memory >>> ui-slider >>> input');
    await press('ArrowRight');
    await captions('memory').toContain('24 × 17 = 408 numbers');
    await captions('memory').toContain(shown(64, 17));
    await expect.poll(() => lesson.hash()).toContain('state-size=17&distance=64');
  });
});

describe('row 17: how it came about', () => {
  const texts = (how: 'fixed' | 'contextual') =>
    cellPoints(state, how).map(
      ({ point }) => `(${formatFixed(point[0], 2)}, ${formatFixed(point[1], 2)})`,
    );

  it('has cell stay put, then move', async () => {
    lesson = await MountedLesson.open('at=timeline');
    for (const place of texts('contextual')) await captions('timeline').toContain(place);
    await captions('timeline').toMatch(/nearest to biology.*to departments.*to prisons\.$/);
    await focus('lesson-timeline >>> [role=slider]');
    // 2014, then 2013.
    await press('PageDown');
    await captions('timeline').toContain('2014: Attention for translation.');
    await press('ArrowLeft');
    await captions('timeline').toBe(
      `2013: word2vec. cell is at ${texts('fixed')[0]} in each of 3 sentences: it stays put, whatever stands around it.`,
    );
    expect(texts('fixed')[0]).toBe('(0.10, 0.20)');
    await press('Home');
    await captions('timeline').toContain('22 words need 22 axes');
    await expect.poll(() => lesson.hash()).toContain('year=1980');
  });

  it('has higher and lower beside the sizes, and the years that the deck leaves out', async () => {
    lesson = await MountedLesson.open('at=timeline');
    await says('lesson-timeline >>> tbody tr').toBe(
      [
        '1986 “a higher dimension space” 24 6',
        '2013 “neural embeddings, lower dimensions” 3,000,000 300',
        '2017 “attention updates the embeddings by context” – –',
      ].join('\n'),
    );
    await says('lesson-timeline >>> .prose').toContain('leaves out 2003, 2014–15 and 2018');
    await lesson.click('lesson-timeline >>> .milestones li:first-child button');
    await says('lesson-timeline >>> .milestones .current').toContain(
      '24 words, an axis each if written one-hot, became vectors of 6 values.',
    );
  });

  it('ends with ways to go on: heads of this sentence, and the benchmark', async () => {
    lesson = await MountedLesson.open('at=timeline&sentence=A+cell+divides');
    await lesson.appears('#to-heads');
    const href = await lesson.page.$eval('>>> #to-heads', (link) => link.getAttribute('href')!);
    const { state: heads, issues } = headsLink.parse(
      new URLSearchParams(href.replace('#heads&', '')),
    );
    expect(issues).toEqual([]);
    expect(heads).toMatchObject({ source: 'text', text: 'A cell divides', panel: 'lines' });
    expect(await lesson.page.$eval('>>> #to-benchmark', (link) => link.getAttribute('href'))).toBe(
      '#',
    );
  });
});
