import { html, render, type TemplateResult } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drag } from '../interaction/drag';
import type { NoticeBanner } from './notice-banner';
import type { UiDataTable } from './ui-data-table';
import type { UiNumber } from './ui-number';
import type { UiSelect } from './ui-select';
import type { UiSlider } from './ui-slider';
import type { UiTabs } from './ui-tabs';
import './notice-banner';
import './ui-data-table';
import './ui-number';
import './ui-select';
import './ui-slider';
import './ui-tabs';

const place = document.createElement('div');

async function mount<Element extends HTMLElement>(template: TemplateResult): Promise<Element> {
  document.body.append(place);
  render(template, place);
  const element = place.firstElementChild as Element & { updateComplete?: Promise<unknown> };
  await element.updateComplete;
  return element;
}

afterEach(() => {
  render(html``, place);
  place.remove();
});

const inside = <Element extends HTMLElement>(host: HTMLElement, selector: string) =>
  host.shadowRoot!.querySelector<Element>(selector)!;

describe('ui-slider', () => {
  const create = (log: string[]) =>
    html`<ui-slider
      label="Temperature"
      value="2"
      min="0.05"
      max="20"
      step="0.05"
      digits="3"
      logarithmic
      .format=${(value: number) => `${value} K`}
      @input=${(event: Event) => log.push(`input ${(event.target as UiSlider).value}`)}
      @change=${(event: Event) => log.push(`change ${(event.target as UiSlider).value}`)}
    ></ui-slider>`;

  it('shows its name and its value with the unit', async () => {
    const slider = await mount<UiSlider>(create([]));
    expect(inside(slider, 'label').innerText.replace(/\s+/g, ' ')).toBe('Temperature 2 K');
    expect(inside(slider, 'input').getAttribute('aria-valuetext')).toBe('2 K');
  });

  it('goes a step by an arrow key, and reports both events', async () => {
    const log: string[] = [];
    const slider = await mount<UiSlider>(create(log));
    slider.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(log).toEqual(['input 2.1', 'change 2.1', 'input 2', 'change 2']);
  });

  it('goes to its ends by Home and End', async () => {
    const slider = await mount<UiSlider>(create([]));
    slider.focus();
    await userEvent.keyboard('{End}');
    expect(slider.value).toBe(20);
    await userEvent.keyboard('{Home}');
    expect(slider.value).toBe(0.05);
  });

  it('may have a value beyond its ends until it is moved', async () => {
    const slider = await mount<UiSlider>(create([]));
    slider.value = 50;
    await slider.updateComplete;
    expect(slider.value).toBe(50);
    slider.focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(slider.value).toBe(20);
  });
});

describe('ui-number', () => {
  const create = (change: () => void) =>
    html`<ui-number
      label="Queries"
      value="8"
      min="1"
      max="64"
      whole
      @change=${change}
    ></ui-number>`;

  async function type(number: UiNumber, text: string) {
    await userEvent.fill(inside<HTMLInputElement>(number, 'input'), text);
    await userEvent.keyboard('{Enter}');
    await number.updateComplete;
  }

  it('takes an allowed number', async () => {
    const change = vi.fn();
    const number = await mount<UiNumber>(create(change));
    await type(number, '16');
    expect(number.value).toBe(16);
    expect(change).toHaveBeenCalledOnce();
    expect(inside(number, '#error').checkVisibility()).toBe(false);
  });

  it('keeps a wrong text and explains it, until there is a new value', async () => {
    const change = vi.fn();
    const number = await mount<UiNumber>(create(change));
    await type(number, 'many');
    const input = inside<HTMLInputElement>(number, 'input');
    expect([number.value, input.value]).toEqual([8, 'many']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(inside(number, '#error').innerText).toBe('“many” is not a whole number from 1 to 64.');
    expect(change).not.toHaveBeenCalled();
    number.value = 9;
    await number.updateComplete;
    expect(input.value).toBe('9');
    expect(input.getAttribute('aria-invalid')).toBe('false');
  });

  it('gets the focus by its label', async () => {
    const number = await mount<UiNumber>(create(() => {}));
    inside(number, 'label').click();
    expect(document.activeElement).toBe(number);
  });
});

describe('ui-select', () => {
  it('reports the chosen option', async () => {
    const change = vi.fn();
    const options = [
      { value: 'none', label: 'None' },
      { value: 'causal', label: 'Causal' },
      { value: 'window', label: 'Window', group: 'With a width' },
      { value: 'odd', label: 'Odd', disabled: true },
    ];
    const select = await mount<UiSelect>(
      html`<ui-select
        label="Mask"
        value="causal"
        .options=${options}
        @change=${change}
      ></ui-select>`,
    );
    const native = inside<HTMLSelectElement>(select, 'select');
    expect(native.value).toBe('causal');
    expect([...native.querySelectorAll('optgroup')].map(({ label }) => label)).toEqual([
      'With a width',
    ]);
    expect(native.options[3].disabled).toBe(true);
    await userEvent.selectOptions(native, 'window');
    expect(select.value).toBe('window');
    expect(change).toHaveBeenCalledOnce();
    select.value = 'none';
    await select.updateComplete;
    expect(native.value).toBe('none');
  });
});

describe('ui-tabs', () => {
  const tabs = ['map', 'lines', 'outputs'].map((value) => ({ value, label: value }));
  const create = (change: () => void) =>
    html`<ui-tabs label="Views" value="map" .tabs=${tabs} @change=${change}><p>panel</p></ui-tabs>`;
  const states = (element: UiTabs) =>
    [...element.shadowRoot!.querySelectorAll<HTMLElement>('[role=tab]')].map(
      (tab) => `${tab.getAttribute('aria-selected')} ${tab.tabIndex}`,
    );

  it('has one tab selected and in the tab order', async () => {
    const element = await mount<UiTabs>(create(() => {}));
    expect(states(element)).toEqual(['true 0', 'false -1', 'false -1']);
    expect(inside(element, '[role=tabpanel]').getAttribute('aria-labelledby')).toBe('tab-map');
  });

  it('selects the next one by an arrow key, and the first after the last', async () => {
    const change = vi.fn();
    const element = await mount<UiTabs>(create(change));
    inside(element, '[aria-selected=true]').focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(element.value).toBe('lines');
    await userEvent.keyboard('{End}{ArrowRight}');
    await element.updateComplete;
    expect(element.value).toBe('map');
    expect(states(element)).toEqual(['true 0', 'false -1', 'false -1']);
    expect(change).toHaveBeenCalledTimes(3);
  });
});

describe('ui-data-table', () => {
  const rows = Array.from({ length: 250 }, (_, i) => i);
  const columns = [
    { label: 'Row', value: (row: number) => `row ${row}`, isRowName: true },
    { label: 'Square', value: (row: number) => row * row, numeric: true },
  ];

  it('renders its rows once it is opened, and no more than are read', async () => {
    const table = await mount<UiDataTable>(
      html`<ui-data-table summary="All rows" .columns=${columns} .rows=${rows}></ui-data-table>`,
    );
    const count = () => table.shadowRoot!.querySelectorAll('tbody tr').length;
    expect(count()).toBe(0);
    inside(table, 'summary').click();
    await expect.poll(count).toBe(200);
    expect(inside(table, '.soft').innerText).toBe('And 50 more.');
    expect(inside(table, 'tbody th').innerText).toBe('row 0');
    // What scrolls can be reached by keyboard.
    await expect.poll(() => inside(table, '.scroll').tabIndex).toBe(0);
  });

  it('marks the current row, and is no tab stop where nothing scrolls', async () => {
    const table = await mount<UiDataTable>(
      html`<ui-data-table
        caption="Squares"
        .columns=${columns}
        .rows=${rows.slice(0, 3)}
        .isCurrent=${(row: number) => row === 1}
      ></ui-data-table>`,
    );
    expect(inside(table, 'caption').innerText).toBe('Squares');
    expect(inside(table, '[aria-current]').innerText).toContain('row 1');
    await new Promise(requestAnimationFrame);
    expect(inside(table, '.scroll').tabIndex).toBe(-1);
  });
});

describe('notice-banner', () => {
  it('asks to be dismissed', async () => {
    const dismiss = vi.fn();
    const notice = await mount<NoticeBanner>(
      html`<notice-banner kind="error" heading="Lost" dismissible @notice-dismiss=${dismiss}
        >The device.</notice-banner
      >`,
    );
    expect(inside(notice, '[role=alert]').innerText).toContain('Lost');
    inside(notice, 'button').click();
    expect(dismiss).toHaveBeenCalledOnce();
  });
});

describe('drag', () => {
  const pointer = (type: string, clientX: number, pointerId = 1) =>
    new PointerEvent(type, { clientX, pointerId, bubbles: true, cancelable: true });

  async function mountHandle() {
    const log: string[] = [];
    const handle = await mount<HTMLElement>(
      html`<button
        ${drag({
          move: ({ clientX }) => log.push(`move ${clientX}`),
          end: ({ clientX }) => log.push(`end ${clientX}`),
        })}
      ></button>`,
    );
    // Made-up events have no active pointer that could be captured.
    handle.setPointerCapture = () => {};
    return { handle, log };
  }

  it('follows the pointer that pressed it, until that is let go', async () => {
    const { handle, log } = await mountHandle();
    handle.dispatchEvent(pointer('pointermove', 1));
    handle.dispatchEvent(pointer('pointerdown', 2));
    handle.dispatchEvent(pointer('pointermove', 3));
    handle.dispatchEvent(pointer('pointermove', 4, 2));
    handle.dispatchEvent(pointer('pointerup', 5));
    handle.dispatchEvent(pointer('pointermove', 6));
    expect(log).toEqual(['move 3', 'end 5']);
    expect(document.activeElement).toBe(handle);
  });

  it('ends where the browser takes the pointer away', async () => {
    const { handle, log } = await mountHandle();
    handle.dispatchEvent(pointer('pointerdown', 2));
    handle.dispatchEvent(pointer('pointercancel', 3));
    handle.dispatchEvent(pointer('pointermove', 4));
    expect(log).toEqual(['end 3']);
  });
});
