import { css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { UiElement } from '../../../../ui/element';
import type { Matrix } from '../../model/matrix';
import type { ForwardPass, PassTensor } from '../../model/seq2seq/forward';
import type { ModelWeights } from '../../model/seq2seq/layers';
import { type TensorCell, derivationOf } from '../../model/seq2seq/traces';
import { numberNames } from '../../model/tables';
import type { TableCell } from '../../parts/number-table';
import '../../parts/number-table';
import '../../parts/tex-formula';
import { blockOf } from './blocks';
import { derivationFormula, stepOf, tableStyle, tensorCaption } from './tensor-captions';

@customElement('tensor-view')
export class TensorView extends UiElement {
  static override styles = css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-3);
    }

    h4 {
      font-size: var(--text-large);
    }

    button {
      min-height: 1.75rem;
      padding: 0 var(--space-2);
    }

    button[aria-pressed='true'] {
      background: var(--accent);
      color: var(--on-accent);
    }
  `;

  @property({ attribute: false }) pass!: ForwardPass;
  @property({ attribute: false }) weights!: ModelWeights;
  @property() block = '';
  @state() private chosen = '';
  @state() private cell: TensorCell | null = null;

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('block')) this.chosen = blockOf(this.block).first;
    // There is no tensor of positions while they are switched off.
    if (!this.pass.tensors.has(this.chosen)) this.chosen = blockOf(this.block).tensors.at(-1)!;
    const { cell } = this;
    const exists = cell && this.tensor.matrices[cell.head]?.[cell.row]?.[cell.column] !== undefined;
    if (!exists || cell.name !== this.chosen) this.cell = null;
  }

  private get tensor(): PassTensor {
    return this.pass.tensors.get(this.chosen)!;
  }

  override render() {
    const { label, tower, description, tensors } = blockOf(this.block);
    const { cell, chosen, pass, tensor } = this;
    const available = tensors.filter((name) => pass.tensors.has(name));
    return html`
      <h4>${label} <span class="soft">${tower}</span></h4>
      <p>${description}</p>
      <div class="row gap-1" role="group" aria-label="Tensors of this block">
        ${available.map(
          (name) => html`
            <button
              type="button"
              class="small"
              data-tensor=${name}
              aria-pressed=${name === chosen}
              @click=${() => (this.chosen = name)}
            >
              ${stepOf(name)}
            </button>
          `,
        )}
      </div>
      <div class="matrices row gap-4 start">
        ${tensor.matrices.map((matrix, head) => this.renderMatrix(matrix, head))}
      </div>
      ${
        cell
          ? html`<tex-formula inline .tex=${this.derivation(cell)}></tex-formula>`
          : html`<p class="soft small">
              ${tensor.shape.join(' × ')}. Point at a number to see what made it.
            </p>`
      }
      <p class="soft" id="words">${tensorCaption(tensor, pass)}</p>
    `;
  }

  private renderMatrix(matrix: Matrix, head: number) {
    const { tensor, cell } = this;
    const { name, rowLabels, columnLabels, matrices } = tensor;
    const { role, shading, decimals } = tableStyle(name);
    return html`
      <number-table
        compact
        name=${matrices.length > 1 ? `${name}, head ${head + 1}` : name}
        .rowNames=${rowLabels}
        .columnNames=${columnLabels ?? numberNames(matrix[0].length)}
        .values=${matrix}
        .decimals=${decimals}
        .shading=${shading}
        class=${role}
        .highlighted=${cell?.head === head ? cell : null}
        @cell-point=${({ detail }: CustomEvent<TableCell | null>) => {
          if (detail) this.cell = { name, head, ...detail };
        }}
      ></number-table>
    `;
  }

  private derivation(cell: TensorCell): string {
    const value = this.tensor.matrices[cell.head][cell.row][cell.column];
    return derivationFormula(derivationOf(this.pass, this.weights, cell), value);
  }
}
