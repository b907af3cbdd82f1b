import type { Matrix } from '../matrix';

/** An intermediate of a forward pass, to be opened on a page. */
export interface NamedTensor {
  /** "decoder.cross.weights": part, block, step. */
  readonly name: string;
  /** The part and block it belongs to: "decoder.cross". */
  readonly block: string;
  /** (rows, columns), or (heads, rows, columns). */
  readonly shape: readonly number[];
  /** One matrix, or one a head. */
  readonly matrices: readonly Matrix[];
  readonly rowLabels: readonly string[];
  /** Of columns that are words; others have only numbers. */
  readonly columnLabels: readonly string[] | undefined;
}

/** Collects intermediates in order of computation; adding one hands its rows on. */
export class TensorRecord {
  readonly #tensors = new Map<string, NamedTensor>();

  get tensors(): ReadonlyMap<string, NamedTensor> {
    return this.#tensors;
  }

  add(name: string, rows: Matrix, rowLabels: readonly string[], columnLabels?: readonly string[]) {
    const shape = [rows.length, rows[0].length];
    this.#put({ name, shape, matrices: [rows], rowLabels, columnLabels });
    return rows;
  }

  addHeads(
    name: string,
    heads: readonly Matrix[],
    rowLabels: readonly string[],
    columnLabels: readonly string[],
  ): void {
    const shape = [heads.length, heads[0].length, heads[0][0].length];
    this.#put({ name, shape, matrices: heads, rowLabels, columnLabels });
  }

  #put(tensor: Omit<NamedTensor, 'block'>): void {
    const block = tensor.name.slice(0, tensor.name.lastIndexOf('.'));
    this.#tensors.set(tensor.name, { ...tensor, block });
  }
}
