import { afterEach, describe, expect, it } from 'vitest';
import {
  attentionOf,
  defaultLessonState,
  type LessonState,
  withNumber,
  withSentence,
} from '../../model/state';
import { formatFixed } from '../../../../numeric/format';
import { MountedLesson } from '../../../../../tests/support/lesson';

let lesson: MountedLesson;

afterEach(async () => {
  await lesson.close();
  expect(lesson.errors).toEqual([]);
});

const STEPS = 'lesson-steps >>>';
const table = (name: string) => `${STEPS} [data-table=${name}]`;
/** As it is typeset: of a fraction the lower part comes first; without the spaces that have no width. */
const formula = (name: string) => lesson.text(`${STEPS} tex-formula[data-of=${name}]`);
const caption = () => lesson.captions('steps');

/** Every computed table is what the state's attention is. */
async function expectSteps(state: LessonState) {
  const steps = attentionOf(state);
  const written = (places: number) => (row: readonly number[]) =>
    row.map((value) => formatFixed(value, places));
  for (const name of ['query', 'key', 'value', 'scores', 'masked', 'output'] as const) {
    await expect.poll(() => lesson.numbers(table(name))).toEqual(steps[name].map(written(2)));
  }
  await expect.poll(() => lesson.numbers(table('weights'))).toEqual(steps.weights.map(written(3)));
}

/** Types over a number of an editable table. */
async function edit(name: string, row: number, column: number, text: string) {
  const inputs = await lesson.page.$$(`>>> ${table(name)} >>> input`);
  const input = inputs[row * 6 + column];
  await input.click({ count: 3 });
  await input.type(text);
  await lesson.page.keyboard.press('Enter');
}

describe.each([true, false])('all of it at once, WebGPU %s', (webgpu) => {
  const open = async (entries = '') => {
    lesson = await MountedLesson.open(`at=steps${entries && `&${entries}`}`, { webgpu });
    await lesson.section('steps');
  };
  const computed = () => lesson.text(`${STEPS} computed-by`);

  it('has the deck’s row 14 as computed, and who computed it', async () => {
    await open();
    expect(await caption()).toContain(
      'Prisoner gives itself 0.300; cell 0.234; The 0.135; sat, in and his 0.110 each.',
    );
    await expectSteps(defaultLessonState);
    await expect
      .poll(computed, { timeout: 30_000 })
      .toMatch(
        webgpu
          ? /^Computed on the GPU by \S+ ?, within \d × 10 ?⁻?−?\d+ of the float64 reference/
          : /^Computed on the processor, in float64/,
      );
  });

  it('has .562 and .438 once the others are hidden, and .58 and .42 at temperature .775', async () => {
    await open();
    for (const place of [0, 2, 3, 4]) {
      await (await lesson.page.$$(`>>> ${STEPS} input[name=hidden]`))[place].click();
    }
    await expect.poll(caption).toContain('itself 0.562; cell 0.438; 4 words are hidden');
    const hidden = [0, 2, 3, 4];
    await expectSteps({ ...defaultLessonState, hidden });
    await expect.poll(() => lesson.hash()).toContain('hidden=0,2,3,4');
    await lesson.close();

    await open('hidden=0,2,3,4&temperature=0.775');
    expect(await caption()).toContain('itself 0.580; cell 0.420');
    await expectSteps({ ...defaultLessonState, hidden, temperature: 0.775 });
    await expect.poll(computed, { timeout: 30_000 }).toMatch(/^Computed on/);
  });

  it('has every later table follow a number, and the kernel compute it again', async () => {
    await open('query=5&scaled=yes&causal=yes');
    const state = { ...defaultLessonState, query: 5, scaled: true, causal: true };
    await expectSteps(state);
    await edit('x', 1, 2, '-2.5');
    await edit('wk', 2, 3, '0,5');
    const edited = withNumber(withNumber(state, 'x', 1, 2, -2.5), 'wk', 2, 3, 0.5);
    await expectSteps(edited);
    await edit('wv', 0, 0, '−3');
    await expectSteps(withNumber(edited, 'wv', 0, 0, -3));
    await expect.poll(computed, { timeout: 30_000 }).toMatch(/^Computed on/);
  });
});

describe('the steps', () => {
  it('say what is wrong with a number, and keep the one before', async () => {
    lesson = await MountedLesson.open('at=steps', { webgpu: false });
    await lesson.section('steps');
    await edit('wq', 0, 0, 'one');
    await expect
      .poll(() => lesson.text(`${table('wq')} >>> [role=alert]`))
      .toMatch(/“ ?one ?” is no number. The cell keeps 1 ?\./);
    await edit('wq', 0, 0, '1e9');
    await expect.poll(() => lesson.text(`${STEPS} [role=alert]`)).toContain('wq is 1000000000');
    await expectSteps(defaultLessonState);
    await edit('wq', 0, 0, '2');
    await expect.poll(() => lesson.text(`${STEPS} [role=alert]`)).toBe('');
    await expectSteps(withNumber(defaultLessonState, 'wq', 0, 0, 2));
  });

  it('take another sentence, and say what is wrong with one', async () => {
    lesson = await MountedLesson.open('at=steps', { webgpu: false });
    await lesson.section('steps');
    const type = async (text: string) => {
      const input = (await lesson.page.$(`>>> ${STEPS} #sentence`))!;
      await input.click({ count: 3 });
      await input.type(text);
      await lesson.page.keyboard.press('Enter');
    };
    await type('a cell for his tissue');
    await expectSteps(withSentence(defaultLessonState, 'a cell for his tissue'));
    expect(await caption()).toMatch(/^Cell gives itself/);
    await type('…');
    await expect
      .poll(() => lesson.text(`${STEPS} [role=alert]`))
      .toContain('sentence is "…"; allowed: 1 to 24 words');
    await expectSteps(withSentence(defaultLessonState, 'a cell for his tissue'));
  });

  it('write out a number pointed at, and light up what made it', async () => {
    lesson = await MountedLesson.open('at=steps', { webgpu: false });
    await lesson.section('steps');
    const lit = (name: string) =>
      lesson.page.$$eval(`>>> ${table(name)} >>> tbody tr`, (rows) =>
        rows.flatMap((row, i) =>
          [...row.querySelectorAll('td')].flatMap((cell, j) =>
            cell.classList.contains('highlighted') ? [[i, j]] : [],
          ),
        ),
      );
    // What the asking word does, before anything is pointed at.
    expect(await formula('weights')).toBe('wprisoner→cell=e0.2+e1+3e0+e0.75e0.75=9.0572.117=0.234');
    const rows = await lesson.page.$$(`>>> ${table('output')} >>> tbody tr`);
    await (await rows[5].$$('td'))[0].hover();
    await expect.poll(() => formula('output')).toMatch(/^ocell, ?1/);
    const row = [0, 1, 2, 3, 4, 5];
    await expect.poll(() => lit('weights')).toEqual(row.map((column) => [5, column]));
    expect(await lit('value')).toEqual(row.map((i) => [i, 0]));
    expect(await lit('key')).toEqual([]);
    const { output } = attentionOf(defaultLessonState);
    expect(await formula('output')).toMatch(new RegExp(`= ?${Number(output[5][0].toFixed(3))}$`));

    // By keyboard, from cell to cell.
    const scores = await lesson.page.$$(`>>> ${table('scores')} >>> tbody tr`);
    await (await scores[0].$$('td'))[0].focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight'] as const) {
      await lesson.page.keyboard.press(key);
    }
    await expect.poll(() => formula('scores')).toMatch(/^sprisoner→sat ?= ?0 ?= ?0$/);
    await expect.poll(() => lit('query')).toEqual(row.map((column) => [1, column]));
    expect(await lit('key')).toEqual(row.map((column) => [2, column]));
    // The same pair further on.
    expect(await formula('weights')).toMatch(/^wprisoner→sat.*= ?0\.11$/);
  });

  it('go forwards and back by keyboard, and the word that asks too', async () => {
    lesson = await MountedLesson.open('at=steps', { webgpu: false });
    await lesson.section('steps');
    const now = () => lesson.text(`${STEPS} [role=toolbar] [aria-current]`);
    const top = (step: string) =>
      lesson.page.$eval(`>>> ${STEPS} #step-${step}`, (li) => li.getBoundingClientRect().top);
    await (await lesson.page.$(`>>> ${STEPS} [role=toolbar] [tabindex="0"]`))!.focus();
    await lesson.page.keyboard.press('ArrowRight');
    await lesson.page.keyboard.press('ArrowRight');
    await expect.poll(now).toBe('scores');
    expect(await top('scores')).toBeGreaterThan(0);
    expect(await top('scores')).toBeLessThan(400);
    await lesson.page.keyboard.press('ArrowLeft');
    await expect.poll(now).toBe('Q, K, V');

    const asking = (await lesson.page.$$(`>>> ${STEPS} input[name=query]`))[1];
    await asking.focus();
    await lesson.page.keyboard.press('ArrowRight');
    await expect.poll(caption).toMatch(/^Sat gives itself/);
    await expect.poll(() => lesson.hash()).toContain('query=2');
  });

  it('light up what a word of the prose names', async () => {
    lesson = await MountedLesson.open('at=steps', { webgpu: false });
    await lesson.section('steps');
    await (await lesson.page.$(`>>> ${STEPS} .term.value`))!.hover();
    const lit = (name: string) =>
      lesson.page.$$eval(`>>> ${table(name)} >>> td.highlighted`, (cells) => cells.length);
    await expect.poll(() => lit('value')).toBe(36);
    expect(await lit('key')).toBe(0);
  });
});
