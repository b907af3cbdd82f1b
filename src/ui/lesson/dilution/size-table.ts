import { html } from 'lit';
import { diluted, type DilutionOptions } from '../../../lessons/dilution';
import { digits } from '../digits';
import type { KernelAnswer } from '../kernels';

/** The formula beside the kernel, size by size. */
export function sizeTable(
  sizes: readonly number[],
  words: number,
  options: DilutionOptions,
  answers: ReadonlyMap<number, KernelAnswer>,
) {
  return html`
    <table>
      <caption class="spoken">
        Share of the weight by number of words
      </caption>
      <thead>
        <tr>
          <th scope="col">n</th>
          <th scope="col">by formula</th>
          <th scope="col">by the kernel</th>
        </tr>
      </thead>
      <tbody>
        ${sizes.map((size) => {
          const answer = answers.get(size);
          return html`<tr class=${size === words ? 'now' : ''} data-words=${size}>
            <th scope="row" class="number">${digits(size, 0)}</th>
            <td class="number">${digits(diluted(size, options), 7)}</td>
            <td class="number">${answer ? digits(answer.output[0], 7) : '…'}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  `;
}
