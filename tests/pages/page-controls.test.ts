import { afterEach, describe, expect, it } from 'vitest';
import { type OpenedPage, openPage } from '../support/page';

let opened: OpenedPage;

afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** Shadow roots change unseen by `waitForSelector`, so this asks again and again. */
const appears = (selector: string) =>
  expect.poll(() => opened.page.$(`>>> ${selector}`), { timeout: 20_000 }).not.toBeNull();

async function open(hash: string) {
  opened = await openPage(hash);
  await appears('#queries');
}

/** Types over what a field holds. */
async function type(field: string, text: string) {
  const input = (await opened.page.$(`>>> #${field}`))!;
  await input.click({ count: 3 });
  await opened.page.keyboard.press('Backspace');
  await input.type(text);
}

const read = (selector: string, property: string) =>
  opened.page.$eval(
    `>>> ${selector}`,
    (element, name) => String(Reflect.get(element, name)),
    property,
  );

const hash = () => opened.page.evaluate(() => location.hash);
const invalid = (field: string) => read(`#${field}`, 'ariaInvalid');

describe('bad numbers in the controls', () => {
  it.each(['0', '-1', '1e9', '1000000000', 'NaN', 'text', '', '1.5'])('%j', async (text) => {
    await open('#seed=7');
    await type('queries', text);
    expect(await invalid('queries')).toBe('true');
    expect(await read('#queries-help', 'textContent')).toContain('whole number from 1');

    await opened.page.click('>>> button.primary');
    expect(await read('benchmark-controls', 'running')).toBe('false');
    expect(await read('#queries', 'value')).toBe(text);
    expect(await read('[role=alert].error', 'textContent')).toContain('Not started');
    const focused = await opened.page.$eval(
      '>>> benchmark-controls',
      (controls) => controls.shadowRoot!.activeElement!.id,
    );
    expect(focused).toBe('queries');
  });

  it('hold up no other field', async () => {
    await open('');
    await type('queries', 'many');
    await type('heads', '12');
    expect(await hash()).toBe('#heads=12');
    expect(await read('#queries', 'value')).toBe('many');
    await type('queries', '300');
    expect(await hash()).toBe('#heads=12&queries=300');
    expect(await invalid('queries')).toBe('false');
  });
});

describe('bad values in the address', () => {
  it('are named, the rest of the link counts, and its run waits', async () => {
    await open('#heads=0&queries=abc&colour=red&seed=7&run=1');
    const notice = await read('notice-banner', 'textContent');
    expect(notice).toContain('heads: "0" is not allowed; expected a whole number from 1');
    expect(notice).toContain('queries: "abc"');
    expect(notice).toContain('colour: "red"');
    expect(await read('#seed', 'value')).toBe('7');
    expect(await read('benchmark-controls', 'running')).toBe('false');
  });
});

describe('the controls', () => {
  it('turn an edited preset into a custom shape that keeps the preset’s values', async () => {
    await open('#preset=llama3-8k');
    await type('queries', '4096');
    expect(await read('#preset', 'value')).toBe('custom');
    expect(await hash()).toBe('#heads=32&kv-heads=8&queries=4096&head-dim=128&mask=causal');
  });

  it('show a window where the mask has one, and let no hidden mistake hold up a run', async () => {
    await open('#mask=causal');
    const choose = async (mask: string) => (await opened.page.$('>>> #mask'))!.select(mask);
    expect(await opened.page.$('>>> #window')).toBeNull();
    await choose('causal-window');
    await appears('#window');
    expect(await read('#window', 'value')).toBe('256');
    expect(await hash()).toBe('#mask=causal-window');
    await type('window', '64');
    expect(await hash()).toBe('#mask=causal-window&window=64');
    await choose('window');
    expect(await hash()).toBe('#mask=window&window=64');
    await type('window', 'wide');
    expect(await invalid('window')).toBe('true');
    await choose('none');
    expect(await hash()).toBe('#preset=custom');
    expect(await opened.page.$('>>> #window')).toBeNull();
    expect(await opened.page.$$('>>> [aria-invalid=true]')).toEqual([]);
  });

  it('follow the address', async () => {
    await open('');
    await opened.page.evaluate(() => void (location.hash = '#preset=sweep&contestants=cpu'));
    await opened.page.waitForFunction(
      (select) => (select as HTMLSelectElement).value === 'sweep',
      {},
      (await opened.page.$('>>> #preset'))!,
    );
    const boxes = await opened.page.$$('>>> input[name=contestants]:checked');
    expect(boxes).toHaveLength(1);
  });

  it('ask for at least one contestant', async () => {
    await open('');
    for (const box of await opened.page.$$('>>> input[name=contestants]')) await box.click();
    expect(await read('#contestants-error', 'textContent')).toContain('one or more of');
  });
});
