import { afterEach, describe, expect, it, vi } from 'vitest';
import { appears, collectErrors, findAll, page } from '../../../../tests/support/dom';
import './page';

let errors: readonly string[] = [];
let host: HTMLElement;

/** The benchmark's page as its link has it, without the app around it. */
async function open(hash: string) {
  errors = collectErrors();
  history.replaceState(null, '', hash || location.pathname + location.search);
  host = document.createElement('main');
  host.append(document.createElement('benchmark-page'));
  document.body.append(host);
  await appears('#queries');
}

afterEach(() => {
  host.remove();
  history.replaceState(null, '', location.pathname + location.search);
  vi.restoreAllMocks();
  expect(errors).toEqual([]);
});

/** Types over what a field holds. */
async function type(field: string, text: string) {
  await page.click(`>>> #${field}`, { count: 3 });
  await page.keyboard.press('Backspace');
  await page.keyboard.type(text);
}

const read = (selector: string, property: string) =>
  page.$eval(selector, (element) => String(Reflect.get(element, property)));

const hash = async () => location.hash;
const invalid = (field: string) => read(`#${field}`, 'ariaInvalid');

describe('bad numbers in the controls', () => {
  it.each(['0', '-1', '1e9', '1000000000', 'NaN', 'text', '', '1.5'])('%j', async (text) => {
    await open('#seed=7');
    await type('queries', text);
    expect(await invalid('queries')).toBe('true');
    expect(await read('#queries-help', 'textContent')).toContain('whole number from 1');

    await page.click('button.primary');
    expect(await read('benchmark-controls', 'running')).toBe('false');
    expect(await read('#queries', 'value')).toBe(text);
    expect(await read('[role=alert].error', 'textContent')).toContain('Not started');
    const [controls] = findAll('benchmark-controls');
    expect(controls.shadowRoot!.activeElement!.id).toBe('queries');
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
    const choose = (mask: string) => page.select('#mask', mask);
    expect(findAll('#window')).toEqual([]);
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
    expect(findAll('#window')).toEqual([]);
    expect(findAll('[aria-invalid=true]')).toEqual([]);
  });

  it('follow the address', async () => {
    await open('');
    location.hash = '#preset=sweep&contestants=cpu';
    await expect.poll(() => read('#preset', 'value')).toBe('sweep');
    const boxes = findAll('input[name=contestants]:checked');
    expect(boxes).toHaveLength(1);
  });

  it('ask for at least one contestant', async () => {
    await open('');
    for (const box of await page.$$('input[name=contestants]')) await box.click();
    expect(await read('#contestants-error', 'textContent')).toContain('one or more of');
  });
});
