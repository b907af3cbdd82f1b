import { afterEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../../model/sentence';
import { forward, type ForwardPass, START } from '../../model/seq2seq/forward';
import { untrainedWeights } from '../../model/seq2seq/layers';
import { shuffledOrder } from '../../model/seq2seq/shuffle';
import { defaultLessonState } from '../../model/state';
import { blocks } from '../../sections/model/blocks';
import { MountedLesson } from '../../../../../tests/support/lesson';

let lesson: MountedLesson;

afterEach(async () => {
  await lesson.close();
  expect(lesson.errors).toEqual([]);
});

const MODEL = 'lesson-model >>>';
const source = wordsOf(defaultLessonState.sentence);
const target = wordsOf(defaultLessonState.target);
const referencePass = (options: Partial<Parameters<typeof forward>[0]> = {}) =>
  forward({ source, target, weights: untrainedWeights(defaultLessonState.seed), ...options });

async function open(entries = '', webgpu = true) {
  lesson = await MountedLesson.open(`at=model${entries && `&${entries}`}`, { webgpu });
  await lesson.section('model');
  await lesson.appears(`${MODEL} [aria-busy=false] tensor-view`);
}

const block = (id: string) => `${MODEL} [data-block="${id}"]`;
const title = () => lesson.text(`${MODEL} tensor-view >>> h4`);
const shownTensors = () =>
  lesson.page.$$eval(`>>> ${MODEL} number-table`, (tables) => tables.map(({ name }) => name));

/**
 * Every number of the tensors shown, against the float64 pass. Kernels round to float32: what is written to
 * two or three digits may fall on the other side.
 */
async function expectShown(pass: ForwardPass) {
  const tables = (await lesson.page.$$eval(`>>> ${MODEL} number-table`, (all) =>
    all.map(({ name, rowNames, shadowRoot }) => ({
      name,
      rowNames,
      cells: [...shadowRoot!.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim()),
      ),
    })),
  )) as { name: string; rowNames: string[]; cells: string[][] }[];
  expect(tables.length).toBeGreaterThan(0);
  for (const { name, rowNames, cells } of tables) {
    const [, tensorName, head = '1'] = /^(\S+?)(?:, head (\d))?$/.exec(name)!;
    const tensor = pass.tensors.get(tensorName)!;
    expect(rowNames).toEqual(tensor.rowLabels);
    const want = tensor.matrices[Number(head) - 1];
    expect(cells.map((row) => row.length)).toEqual(want.map((row) => row.length));
    cells.flat().forEach((text, i) => {
      const value = want.flat()[i];
      const got = Number(text.replace('−', '-').replace('∞', 'Infinity').replaceAll(',', ''));
      if (Number.isFinite(value)) expect(Math.abs(got - value), name).toBeLessThan(0.0051);
      else expect(got).toBe(value);
    });
  }
}

describe.each([true, false])('inside encoder and decoder, WebGPU %s', (webgpu) => {
  it('every block opens its tensors, with the numbers of the pass', async () => {
    await open('', webgpu);
    const pass = await referencePass();
    await expect
      .poll(() => lesson.text(`${MODEL} computed-by`), { timeout: 60_000 })
      .toMatch(webgpu ? /^Computed on the GPU by/ : /^Computed on the processor/);
    const seen = new Set<string>();
    for (const { id, label, tower, tensors } of blocks) {
      await lesson.click(block(id));
      await expect.poll(title).toBe(`${label} ${tower}`);
      for (const name of tensors) {
        await lesson.click(`${MODEL} tensor-view >>> [data-tensor="${name}"]`);
        await expect.poll(async () => (await shownTensors())[0]).toMatch(name);
        await expectShown(pass);
        seen.add(name);
      }
    }
    expect([...seen].sort()).toEqual([...pass.tensors.keys()].sort());
  });

  it('without positions a shuffle changes nothing, with them it does', async () => {
    await open('positions=no', webgpu);
    await lesson.click(`${MODEL} #shuffle`);
    const caption = () => lesson.text(`${MODEL} #shuffle-caption`);
    await expect
      .poll(caption, { timeout: 20_000 })
      .toMatch(/^Without positions .* at most \S+ .*, which is rounding/);
    const moved = () => lesson.text(`${MODEL} svg.shuffle text.number`);
    expect((await moved()).split('\n')).toEqual(source.map(() => '0.000'));
    await expect.poll(() => lesson.hash()).toMatch(/shuffle=1/);

    await lesson.click(`${MODEL} #positions`);
    await expect.poll(caption, { timeout: 20_000 }).toMatch(/^With positions, where a word stands/);
    const order = shuffledOrder(source.length, 1);
    const own = await referencePass();
    const mixed = await referencePass({ source: order.map((place) => source[place]) });
    const distances = order
      .map((before, after) => ({
        before,
        away: Math.hypot(...own.memory[before].map((value, i) => value - mixed.memory[after][i])),
      }))
      .sort((a, b) => a.before - b.before);
    const shown = (await moved()).split('\n').map(Number);
    expect(shown).toHaveLength(distances.length);
    distances.forEach(({ away }, i) => expect(shown[i]).toBeCloseTo(away, 2.9));
    await expect
      .poll(() => lesson.text(`${MODEL} model-diagram >>> .sentences p`))
      .toContain(order.map((place) => source[place]).join(' '));
  });
});

describe('the model', () => {
  it('shows the decoder’s mask as −∞, and whence cross-attention has its words', async () => {
    await open('', false);
    // Cross-attention stands open at first: the decoder asks, the encoder answers.
    expect(await title()).toBe('Cross-attention decoder');
    const names = await lesson.page.$eval(`>>> ${MODEL} number-table`, (table) => [
      table.rowNames,
      table.columnNames,
    ]);
    expect(names).toEqual([[START, ...target], source]);
    await lesson.click(block('decoder.attention'));
    await lesson.click(`${MODEL} [data-tensor="decoder.attention.scores"]`);
    await expect
      .poll(() => lesson.text(`${MODEL} #words`))
      .toMatch(/^28 of 64 scores of each head/);
    const cells = await lesson.numbers(`${MODEL} number-table`);
    cells.forEach((row, i) =>
      row.forEach((cell, j) => expect(cell === '−∞', `${i}, ${j}`).toBe(j > i)),
    );
  });

  it('writes out a number pointed at', async () => {
    await open('', false);
    const trace = () => lesson.text(`${MODEL} tensor-view >>> tex-formula`);
    const rows = await lesson.page.$$(`>>> ${MODEL} number-table >>> tbody tr`);
    await (await rows[2].$$('td'))[5].hover();
    const pass = await referencePass();
    const weight = pass.tensors.get('decoder.cross.weights')!.matrices[0][2][5];
    await expect.poll(trace).toMatch(new RegExp(`= ?${Number(weight.toFixed(3))}$`));
  });

  it('goes through its blocks by keyboard, in order of computation', async () => {
    await open('', false);
    await (await lesson.page.$(`>>> ${block('decoder.cross')}`))!.focus();
    await lesson.page.keyboard.press('ArrowUp');
    await expect.poll(title).toBe('Add & norm decoder');
    await lesson.page.keyboard.press('ArrowDown');
    await lesson.page.keyboard.press('ArrowDown');
    await lesson.page.keyboard.press('ArrowDown');
    await expect.poll(title).toBe('Masked self-attention decoder');
    const focused = await lesson.page.$eval(`>>> ${block('decoder.attention')}`, (button) =>
      button.matches(':focus'),
    );
    expect(focused).toBe(true);
  });

  it('takes other words and other weights, and says what is wrong with words', async () => {
    await open('', false);
    const type = async (id: string, text: string) => {
      const input = (await lesson.page.$(`>>> ${MODEL} #${id}`))!;
      await input.click({ count: 3 });
      await input.type(text);
      await lesson.page.keyboard.press('Enter');
    };
    await type('target', 'Die Zelle');
    await lesson.click(block('output.probabilities'));
    const words = () => lesson.text(`${MODEL} #words`);
    await expect.poll(words).toMatch(/After “Zelle” .*Neither means anything: .* untrained/);
    const given = { target: ['Die', 'Zelle'] };
    await expectShown(await referencePass(given));
    const note = () => lesson.text(`${MODEL} #pass-caption`);
    expect(await note()).toMatch(/^Untrained: weights drawn from seed 1/);

    await lesson.click(`${MODEL} #seed`);
    await expect.poll(note).toMatch(/^Untrained: weights drawn from seed 2/);
    await expectShown(await referencePass({ ...given, weights: untrainedWeights(2) }));

    await type('target', '?!');
    await expect.poll(() => lesson.text(`${MODEL} [role=alert]`)).toMatch(/^target is "\?!"/);
    await expectShown(await referencePass({ ...given, weights: untrainedWeights(2) }));
  });
});
