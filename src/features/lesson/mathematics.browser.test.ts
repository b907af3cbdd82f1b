import { afterEach, describe, expect, it } from 'vitest';
import { settingsCodec } from '../../bench/settings';
import { softmax } from './model/attention';
import { dilutedShare } from './model/dilution';
import { defaultLessonState } from './model/state';
import { pairShares } from './sections/result/iterated-attention';
import { impossibleMix, deckTable } from './model/similarity-table';
import { readAddress } from '../../ui/address';
import { formatFixed } from '../../numeric/format';
import { MountedLesson } from '../../../tests/support/lesson';

let lesson: MountedLesson;

afterEach(async () => {
  await lesson.close();
  expect(lesson.errors).toEqual([]);
});

/** Asks to see what a section hides until one has guessed. */
const reveal = async (id: string) => {
  await lesson.section(id);
  await lesson.click(`section[id=${id}] >>> predict-first >>> .answer button:last-child`);
};

/** Words as they are read: where templates meet there is no space before a full stop. */
const text = async (selector: string) =>
  (await lesson.text(selector)).replace(/ (?=[.,;:)’])/g, '').replace(/\( /g, '(');

/** The captions will say so. */
const says = (id: string, words: string | RegExp) =>
  expect.poll(() => text(`section[id=${id}] >>> figcaption`), { timeout: 20_000 }).toMatch(words);

/** The claims' numbers, one claim a line: "0.562 0.438". */
const computed = async (id: string) =>
  (await text(`section[id=${id}] >>> claim-table >>> tbody tr:last-child`)).replaceAll(
    'Computed ',
    '',
  );

/** Presses keys on an element. */
const press = async (
  selector: string,
  ...keys: Parameters<typeof lesson.page.keyboard.press>[0][]
) => {
  // Of SVG elements too, which puppeteer does not focus.
  await lesson.page.$eval(`>>> ${selector}`, (element) => (element as HTMLElement).focus());
  for (const key of keys) await lesson.page.keyboard.press(key);
};

/** Slides a range input to a value, as a pointer would: many times on the way, then let go. */
const slide = (selector: string, value: number) =>
  lesson.page.$eval(
    `>>> ${selector}`,
    (input, to) => {
      const range = input as HTMLInputElement;
      range.value = String(to);
      range.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      range.dispatchEvent(new Event('change', { bubbles: true }));
    },
    value,
  );

describe('row 10, similarity', () => {
  it('length changes the dot product, not the cosine', async () => {
    lesson = await MountedLesson.open('at=similarity');
    await says('similarity', 'dot product 4.000, cosine 0.800, scaled dot product 2.828');
    await slide('lesson-similarity >>> ui-slider[label="Length of A"] >>> input', 4);
    await says('similarity', 'A is 4.000 long and B 2.236');
    await says('similarity', `dot product ${formatFixed(4 * Math.sqrt(5) * 0.8)}, cosine 0.800`);
    await expect.poll(() => lesson.hash()).toContain('a=');
  });

  it('points move by keyboard, and one without length is no trouble', async () => {
    lesson = await MountedLesson.open('at=similarity&a=0.1,0&b=0,1');
    await says('similarity', 'with 90.0° between them: dot product 0.000, cosine 0.000');
    const points = 'lesson-similarity >>> .drag-point[aria-label^="Vector A"]';
    await press(points, 'ArrowLeft');
    await says('similarity', 'there is no angle and no cosine');
    await press(points, 'ArrowLeft', 'ArrowDown');
    await says('similarity', 'dot product −0.100');
  });

  it('d evens scores out', async () => {
    lesson = await MountedLesson.open('at=similarity');
    await says('similarity', 'their shares 0.544 and 0.456');
    expect(await computed('similarity')).toBe('0.544 0.456');
    await lesson.close();
    lesson = await MountedLesson.open('at=similarity&head-size=64');
    const wanted = softmax([1 / 8, 0.75 / 8]).map((share) => formatFixed(share));
    expect(wanted).toEqual(['0.508', '0.492']);
    await says('similarity', 'their shares 0.508 and 0.492');
    await says(
      'similarity',
      /larger by as much: [78]\.\d\d in size over 1,024 seeded pairs, where √d is 8\.00/,
    );
    expect(await computed('similarity')).toBe('0.508 0.492');
  });
});

describe('row 11, the table', () => {
  const cell = (row: number, column: number) =>
    `lesson-table >>> #similarities >>> tbody tr:nth-child(${row + 1}) td:not(.other):nth-of-type(${column + 2}) input`;

  it('shows the printed names beside the words’ own, and the slip', async () => {
    lesson = await MountedLesson.open('at=table');
    const rows = 'lesson-table >>> #similarities >>> tbody';
    const names = ['The', 'Prisoner', 'Sat', 'In', 'His', 'Cell', 'Tissue', 'College'];
    await lesson.appears(rows);
    expect((await text(`${rows} td.other`)).split('\n')).toEqual(names.with(4, 'The'));
    expect((await text(`${rows} th`)).split('\n')).toEqual(names);
    await says(
      'table',
      '2 pairs differ from their mirror images: Cell to Tissue is 0, and back 0.8',
    );
    expect(await text('lesson-table >>> details')).toContain('Row 5');
  });

  it('no vectors have it, and the sentence’s six do', async () => {
    lesson = await MountedLesson.open('at=table');
    await reveal('table');
    await lesson.appears('lesson-table >>> #badge-all');
    expect(await text('lesson-table >>> #badge-all')).toBe(
      'All 8 words: no such vectors (smallest eigenvalue −0.362)',
    );
    expect(await text('lesson-table >>> #badge-own')).toBe(
      'The 6 of the sentence: such vectors exist (smallest eigenvalue 0.224)',
    );
    expect(await computed('table')).toBe('−0.362 0.224');
    const { mix } = impossibleMix(deckTable);
    await says('table', `${formatFixed(mix[5])} Cell − 0.414 Tissue`);
    await says('table', 'squared length −0.362, which no vector has');
    expect(await text('lesson-table >>> predict-first >>> .verdict')).toBe('The answer is no.');
    expect(await text('lesson-table >>> tex-formula')).toContain('1.843>1');
    await lesson.click('lesson-table >>> #mean');
    await says('table', 'It is the same on both sides of its diagonal.');
    await expect
      .poll(() => text('lesson-table >>> #badge-all'))
      .toBe('All 8 words: such vectors exist (smallest eigenvalue 0.047)');
  });

  it('can be edited, and queries and keys make it all the same', async () => {
    lesson = await MountedLesson.open('at=table');
    await reveal('table');
    await says('table', 'Cell’s query times Tissue’s key: ');
    await says(
      'table',
      /= 0\.000\. The other way round, Tissue’s query times Cell’s key is 0\.800/,
    );
    await lesson.page.click(`>>> ${cell(5, 6)}`, { count: 3 });
    await lesson.page.keyboard.type('-0,3\n');
    await says('table', 'Cell to Tissue is −0.3, and back 0.8');
    const made = await text('lesson-table >>> #product >>> tbody tr:nth-child(6) td');
    expect(made.split('\n')).toEqual(
      [0, 0.75, 0, 0, 0, 1, -0.3, 0].map((value) => formatFixed(value)),
    );
    await says('table', /largest difference from the table above is \d × 10\s*−1\d/);
    await lesson.click('lesson-table >>> #deck-table');
    await says('table', 'Cell to Tissue is 0, and back 0.8');
  });

  it('judges a guess', async () => {
    lesson = await MountedLesson.open('at=table');
    await lesson.section('table');
    await lesson.click('lesson-table >>> predict-first >>> .answer button:first-child');
    expect(await text('lesson-table >>> predict-first >>> .verdict')).toBe(
      'You said yes; the answer is no.',
    );
  });
});

describe('row 12, dividing by the sum', () => {
  const score = (part: string, name: string) =>
    `lesson-normalisation >>> #${part} >>> input[aria-label="Score of ${name}"]`;

  it('gives .571 and .429, and .103, .513 and .385 of the whole row', async () => {
    lesson = await MountedLesson.open('at=normalisation');
    const shares = async (part: string) =>
      (await text(`lesson-normalisation >>> #${part} >>> td.share`)).split('\n');
    await lesson.appears('lesson-normalisation >>> #row >>> td.share');
    expect(await shares('pair')).toEqual(['0.571', '0.429']);
    expect(await shares('row')).toEqual(['0.103', '0.513', '0.000', '0.000', '0.000', '0.385']);
    expect(await computed('normalisation')).toBe('0.571 0.429\n0.103 0.513 0 0 0 0.385');
    await lesson.page.hover('>>> lesson-normalisation >>> #row >>> tbody tr:nth-child(6)');
    await says('normalisation', 'The whole row. Cell: 0.75 / (0.2 + 1 + 0.75) = 0.385.');
  });

  it('breaks on negative scores', async () => {
    lesson = await MountedLesson.open('at=normalisation', { with: ['softmax'] });
    await slide(score('pair', 'Cell'), -0.5);
    await says('normalisation', 'Cell would get −1.000 of the whole, and Prisoner 2.000');
    expect(await text('lesson-normalisation >>> #pair .badges')).toBe(
      'sums to 1 not all from 0 to 1',
    );
    await slide(score('pair', 'Cell'), -1);
    await says('normalisation', 'The two alone: the scores sum to 0');
    expect(await text('lesson-normalisation >>> #pair .badges')).toBe(
      'sums to nothing not all from 0 to 1',
    );
    // All that comes after follows: e¹ and e⁻¹ are no trouble.
    const [own, other] = softmax([1, -1]);
    await expect
      .poll(() => computed('softmax'))
      .toContain(`${formatFixed(own)} ${formatFixed(other)}`);
    lesson.lesson.undo();
    lesson.lesson.undo();
    await says('normalisation', 'Prisoner: 1 / (1 + 0.75) = 0.571');
  });

  it('goes by keyboard', async () => {
    lesson = await MountedLesson.open('at=normalisation');
    await press(score('row', 'The'), 'ArrowRight', 'ArrowRight');
    await says('normalisation', '1 / (0.3 + 1 + 0.75) = 0.488');
  });
});

describe('row 13, the softmax', () => {
  const badge = () => text('lesson-softmax >>> #sums-to-1');

  it('the printed fractions sum to .840, the right ones to 1', async () => {
    lesson = await MountedLesson.open('at=softmax');
    await reveal('softmax');
    await says('softmax', '0.472 for Prisoner and 0.368 for Cell: together 0.840');
    expect(await badge()).toBe('sums to 0.840, not to 1');
    expect(await text('lesson-softmax >>> predict-first >>> .verdict')).toBe('It is 0.84.');
    await lesson.click('lesson-softmax >>> input[value=correct]');
    await says('softmax', '0.562 for Prisoner and 0.438 for Cell: together 1.000');
    expect(await badge()).toBe('sums to 1');
    const formulas = await text('lesson-softmax >>> tex-formula');
    for (const number of ['2.718', '2.117', '4.835', '0.562', '0.438']) {
      expect(formulas).toContain(number);
    }
    expect(await computed('softmax')).toBe('4.835\n0.562 0.438\n0.472 0.368 0.840');
    expect(await text('lesson-softmax >>> claim-table:first-child >>> tbody tr:first-child')).toBe(
      'As printed 5.755',
    );
  });

  it.each([
    [0.1, '0.924', '0.076'],
    [10, '0.506', '0.494'],
  ])('at temperature %d gives %s and %s', async (temperature, own, other) => {
    lesson = await MountedLesson.open(`at=softmax&temperature=${temperature}`);
    await reveal('softmax');
    const wanted = softmax([1, 0.75], { temperature }).map((share) => formatFixed(share));
    expect(wanted).toEqual([own, other]);
    await says('softmax', `At temperature ${temperature} Prisoner has ${own} and Cell ${other}.`);
  });

  it('.58 needs temperature .775', async () => {
    lesson = await MountedLesson.open('at=softmax');
    await reveal('softmax');
    await says('softmax', 'would need temperature 0.775');
    await lesson.click('lesson-softmax >>> #needed');
    await says('softmax', 'At temperature 0.775 Prisoner has 0.580 and Cell 0.420.');
    await press('lesson-softmax >>> #temperature >>> input', 'ArrowRight');
    await says('softmax', 'At temperature 0.81 ');
  });

  it('takes guesses in numbers', async () => {
    lesson = await MountedLesson.open('at=softmax');
    await lesson.section('softmax');
    await press('lesson-softmax >>> predict-first >>> #guess', '1', 'Enter');
    expect(await text('lesson-softmax >>> predict-first >>> .verdict')).toBe(
      'You said 1; it is 0.84.',
    );
  });
});

describe('row 14, zeros count', () => {
  const shares = async () =>
    (await text('lesson-dilution >>> #masked >>> td.share')).split('\n').map(Number);

  it('over six words, eight columns, and the pair alone', async () => {
    lesson = await MountedLesson.open('at=dilution');
    await says(
      'dilution',
      'Over 6 words: The 0.135, Prisoner 0.300, Cell 0.234, the 3 that score 0 have 0.110 each.',
    );
    expect(await shares()).toEqual([0.135, 0.3, 0.11, 0.11, 0.11, 0.234, 0, 0]);
    await lesson.click('lesson-dilution >>> #see-all');
    await says('dilution', 'Over 8 words: ');
    expect(await shares()).toEqual([0.11, 0.246, 0.09, 0.09, 0.09, 0.191, 0.09, 0.09]);
    await lesson.click('lesson-dilution >>> #see-pair');
    await says('dilution', 'Over 2 words: Prisoner 0.562, Cell 0.438.');
    await expect.poll(() => lesson.hash()).toContain('hidden=0,2,3,4');
    expect(await computed('dilution')).toContain('0.110 0.246 0.090 0.090 0.090 0.191 0.090 0.090');
    const box = 'lesson-dilution >>> #masked >>> tbody tr:nth-child(1) input';
    await press(box, 'Space');
    await says('dilution', 'Over 3 words: The ');
  });

  it.each([true, false])('n words, by the kernel or without one (WebGPU: %s)', async (webgpu) => {
    lesson = await MountedLesson.open('at=dilution', { webgpu });
    await reveal('dilution');
    await says('dilution', 'Among 6 words Prisoner and Cell hold 53 % of the weight (0.534)');
    for (const [i, words] of [6, 64, 1024, 16_384].entries()) {
      const row = `lesson-dilution >>> ui-data-table >>> tbody tr:nth-child(${i + 1})`;
      await expect.poll(() => text(row), { timeout: 30_000 }).not.toContain('…');
      const [n, formula, kernel] = (await text(row)).split(' ');
      expect(n).toBe(formatFixed(words, 0));
      expect(formula).toBe(formatFixed(dilutedShare(words), 7));
      expect(Math.abs(Number(kernel) - dilutedShare(words))).toBeLessThan(1.5e-7);
    }
    const by = webgpu
      ? /Computed on the GPU by \S+, (within|exactly)/
      : /Computed on the processor, in float64/;
    expect(await text('lesson-dilution >>> computed-by')).toMatch(by);
  });

  it.each([
    [64, '7.2 %'],
    [1024, '0.47 %'],
  ])('%d words leave %s, and link to the benchmark at that size', async (words, share) => {
    lesson = await MountedLesson.open(`at=dilution&words=${words}`);
    await reveal('dilution');
    await says('dilution', `Prisoner and Cell hold ${share} of the weight`);
    const link = await lesson.page.$eval('>>> lesson-dilution >>> #to-benchmark', (a) =>
      a.getAttribute('href'),
    );
    const { document } = readAddress(link!);
    const { state: settings, issues } = settingsCodec.parse(new URLSearchParams(document));
    expect(issues).toEqual([]);
    expect(settings).toMatchObject({ queryLength: words, keyLength: words, heads: 1 });
  });

  it('the slider goes by keyboard', async () => {
    lesson = await MountedLesson.open('at=dilution&words=1000');
    await reveal('dilution');
    await press('lesson-dilution >>> #words >>> input', 'ArrowRight');
    await says('dilution', 'Among 1,100 words');
  });
});

describe('row 15, the result', () => {
  it('lies where it was not printed', async () => {
    lesson = await MountedLesson.open('at=result');
    await says('result', '0.562 Prisoner + 0.438 Cell. This is what attention gives.');
    expect(await computed('result')).toBe('0.562 0.438');
    expect(await text('lesson-result >>> claim-table >>> tbody tr:first-child')).toBe(
      'As printed 0.42 0.58',
    );
    await lesson.click('lesson-result >>> #as-printed');
    await says(
      'result',
      /0\.420 Prisoner \+ 0\.580 Cell\..*a score of 1\.323, more than the 1 it gives itself/,
    );
    await press('lesson-result >>> .drag-point', 'ArrowLeft', 'ArrowLeft');
    await says('result', '0.440 Prisoner + 0.560 Cell');
  });

  it.each([
    [2, '0.508', '0.492'],
    [5, '0.500', '0.500'],
  ])('after %d rounds is %s and %s', async (rounds, own, other) => {
    lesson = await MountedLesson.open(`at=result&rounds=${rounds}`);
    await reveal('result');
    await says(
      'result',
      `rounds without a residual path Prisoner is ${own} Prisoner and ${other} Cell`,
    );
    await lesson.click('lesson-result >>> #residual');
    const [slower] = pairShares(rounds, defaultLessonState, true)[rounds];
    await says('result', `with a residual path Prisoner is ${formatFixed(slower)} Prisoner`);
    await says('result', 'with one 0.545 and 0.536');
    await says('result', 'every word attends to itself alone');
  });

  it('asks first', async () => {
    lesson = await MountedLesson.open('at=result');
    await lesson.section('result');
    await press('lesson-result >>> predict-first >>> #guess', '5', '0', '%', 'Enter');
    expect(await text('lesson-result >>> predict-first >>> .verdict')).toBe(
      'Yes. You said 50%; it is 0.500 (50 %).',
    );
    await press('lesson-result >>> #rounds >>> input', 'ArrowRight');
    await says('result', 'After 2 rounds');
  });
});

describe('rows 10 to 15', () => {
  it('follow another sentence', async () => {
    const others = ['softmax', 'dilution', 'result'];
    const open = async (sentence: string) => {
      const entries = `at=table&sentence=${sentence}&query=0`;
      lesson = await MountedLesson.open(entries, { with: others });
      for (const id of ['table', ...others]) await reveal(id);
    };
    await open('One%20cell');
    await says('dilution', /Over 2 words: /);
    await says('result', / One \+ .* cell\./);
    await lesson.close();
    await open('cell');
    await says('dilution', 'Over 1 word: cell 1.000.');
  });
});
