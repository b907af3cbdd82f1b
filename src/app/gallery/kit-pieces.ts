import { html, type TemplateResult } from 'lit';
import type { DataColumn } from '../../ui/controls/ui-data-table';
import '../../ui/controls/notice-banner';
import '../../ui/controls/ui-data-table';
import '../../ui/controls/ui-number';
import '../../ui/controls/ui-select';
import '../../ui/controls/ui-slider';
import '../../ui/controls/ui-tabs';

interface Word {
  readonly name: string;
  readonly weight: number;
}

const words: readonly Word[] = Array.from({ length: 300 }, (_, i) => ({
  name: `word ${i + 1}`,
  weight: 1 / (i + 1),
}));

const columns: readonly DataColumn<Word>[] = [
  { label: 'Word', value: ({ name }) => name, isRowName: true },
  { label: 'Weight', value: ({ weight }) => weight.toFixed(3), numeric: true },
];

const masks = [
  { value: 'none', label: 'No mask' },
  { value: 'causal', label: 'Causal' },
  { value: 'window', label: 'Window', group: 'With a width' },
  { value: 'causal-window', label: 'Causal window', group: 'With a width' },
  { value: 'sparse', label: 'Sparse (not on this device)', disabled: true },
];

const views = [
  { value: 'map', label: 'Map' },
  { value: 'lines', label: 'Lines' },
  { value: 'outputs', label: 'Outputs' },
];

/** Controls shared by all pages. */
export const kitPieces: Record<string, TemplateResult> = {
  'notice-banner': html`
    <notice-banner heading="About this run"
      >Lengths were halved to keep to the budget.</notice-banner
    >
    <notice-banner kind="caution" heading="Part of this link was not understood" dismissible>
      seed: “abc” is not allowed.
    </notice-banner>
    <notice-banner kind="error" heading="The device was lost">Its driver was reset.</notice-banner>
  `,
  'ui-slider': html`
    <ui-slider label="Degrees" value="30" min="-180" max="180" step="1"></ui-slider>
    <ui-slider
      label="Temperature"
      value="2"
      min="0.05"
      max="20"
      step="0.05"
      logarithmic
      digits="3"
      snap="1"
      ><ui-number label="Temperature, typed" label-hidden short value="2"></ui-number
    ></ui-slider>
    <ui-slider label="Off" value="4" min="1" max="8" disabled></ui-slider>
  `,
  'ui-number': html`
    <div class="row">
      <ui-number label="Queries" value="1024" min="1" max="1048576" whole></ui-number>
      <ui-number label="Soft cap" min="0.25" max="64"></ui-number>
      <ui-number label="Temperature" value="0.5" min="0.01" max="100" short></ui-number>
    </div>
  `,
  'ui-select': html`<ui-select
    label="Mask"
    value="causal"
    note="50 % of pairs visible"
    .options=${masks}
  ></ui-select>`,
  'ui-tabs': html`<ui-tabs label="Views" value="lines" .tabs=${views}>
    <h3 slot="heading">Head 3</h3>
    <p>What the chosen tab shows.</p>
  </ui-tabs>`,
  'ui-data-table': html`
    <ui-data-table
      caption="Weights"
      .columns=${columns}
      .rows=${words.slice(0, 4)}
      .isCurrent=${(_word: Word, index: number) => index === 1}
    ></ui-data-table>
    <ui-data-table summary="300 weights" .columns=${columns} .rows=${words}></ui-data-table>
  `,
  buttons: html`
    <div class="row">
      <button type="button" class="primary">Run</button>
      <button type="button" class="primary stop">Cancel</button>
      <button type="button">Tune</button>
      <button type="button" disabled>Forget</button>
      <button type="button" class="quiet">Copy link</button>
      <label class="check"><input type="checkbox" checked />Causal</label>
      <fieldset class="pills">
        <legend class="visually-hidden">Source</legend>
        <label><input type="radio" name="source" checked />Planted</label>
        <label><input type="radio" name="source" />A text</label>
      </fieldset>
    </div>
  `,
};
