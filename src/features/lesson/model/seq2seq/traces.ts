import { type Matrix, transpose, type Vector } from '../matrix';
import type { ForwardPass } from './forward';
import { NORM_EPSILON, type AttentionWeights, type ModelWeights } from './layers';

/** How one number of a forward pass was computed, with the numbers that went into it. */
export type Derivation =
  /** Drawn from a seed for this word. */
  | { readonly kind: 'drawn'; readonly word: string }
  /** sin or cos of position / 10000^(exponent) */
  | {
      readonly kind: 'wave';
      readonly wave: 'sin' | 'cos';
      readonly position: number;
      readonly exponent: number;
    }
  | { readonly kind: 'copy'; readonly value: number }
  | { readonly kind: 'sum'; readonly terms: readonly [number, number] }
  /** (Σ aᵢ·bᵢ) / divisor; `rectified` adds a bias and leaves nothing below 0. */
  | {
      readonly kind: 'products';
      readonly a: Vector;
      readonly b: Vector;
      /** The role of each side, or '' for none. */
      readonly sides: readonly [left: string, right: string];
      /** The sum is divided by the root of this. */
      readonly size?: number;
      readonly bias?: number;
    }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'softmax'; readonly scores: Vector; readonly index: number }
  /** (x − mean) / √(variance + ε) */
  | {
      readonly kind: 'norm';
      readonly value: number;
      readonly mean: number;
      readonly variance: number;
      readonly epsilon: number;
    };

export interface TensorCell {
  readonly name: string;
  /** Index of the head, for tensors with one matrix a head. */
  readonly head: number;
  readonly row: number;
  readonly column: number;
}

/** The inputs of each block: where its queries come from, and its keys and values. */
const INPUTS: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'encoder.attention': ['encoder.input', 'encoder.input'],
  'encoder.feed-forward': ['encoder.attention.norm', ''],
  'decoder.attention': ['decoder.input', 'decoder.input'],
  'decoder.cross': ['decoder.attention.norm', 'encoder.feed-forward.norm'],
  'decoder.feed-forward': ['decoder.cross.norm', ''],
};

/** Derives a number of a pass from those one step back. */
export function derivationOf(
  pass: ForwardPass,
  weights: ModelWeights,
  cell: TensorCell,
): Derivation {
  const { name, row, column } = cell;
  const at = name.lastIndexOf('.');
  const [block, step] = [name.slice(0, at), name.slice(at + 1)];
  const rows = (of: string, head = 0): Matrix => pass.tensors.get(of)!.matrices[head];
  switch (step) {
    case 'embedding':
    case 'words':
      return { kind: 'drawn', word: pass.tensors.get(name)!.rowLabels[row] };
    case 'positions':
      return waveOf(row, column, weights.width);
    case 'input': {
      const embedding = rows(`${block}.embedding`)[row][column];
      const waves = pass.tensors.get(`${block}.positions`)?.matrices[0];
      return waves
        ? { kind: 'sum', terms: [embedding, waves[row][column]] }
        : { kind: 'copy', value: embedding };
    }
    case 'residual': {
      const before = rows(INPUTS[block][0])[row][column];
      return { kind: 'sum', terms: [before, rows(`${block}.output`)[row][column]] };
    }
    case 'norm':
      return normOf(rows(`${block}.residual`)[row], column);
    case 'logits': {
      const [a, b] = [rows('decoder.feed-forward.norm')[row], rows('output.words')[column]];
      return { kind: 'products', a, b, sides: ['', ''], size: weights.width };
    }
    case 'probabilities':
      return { kind: 'softmax', scores: rows('output.logits')[row], index: column };
    default:
      return block.endsWith('feed-forward')
        ? feedForwardDerivation(rows, weights, block, step, cell)
        : attentionDerivation(rows, weights, block, step, cell);
  }
}

type Rows = (of: string, head?: number) => Matrix;

const columnOf = (matrix: Matrix, column: number): number[] => transpose(matrix)[column];

function attentionDerivation(
  rows: Rows,
  weights: ModelWeights,
  block: string,
  step: string,
  { head, row, column }: TensorCell,
): Derivation {
  const own = attentionWeights(weights, block);
  const size = weights.width / weights.heads;
  const slice = (values: Vector, of: number) => values.slice(of * size, (of + 1) * size);
  const products = (a: Vector, b: Vector, sides: [string, string], root?: number): Derivation => ({
    kind: 'products',
    a,
    b,
    sides,
    size: root,
  });
  switch (step) {
    case 'query':
      return products(rows(INPUTS[block][0])[row], columnOf(own.wq, column), ['', 'query']);
    case 'key':
      return products(rows(INPUTS[block][1])[row], columnOf(own.wk, column), ['', 'key']);
    case 'value':
      return products(rows(INPUTS[block][1])[row], columnOf(own.wv, column), ['', 'value']);
    case 'scores': {
      if (rows(`${block}.scores`, head)[row][column] === -Infinity) return { kind: 'hidden' };
      const [query, key] = [rows(`${block}.query`)[row], rows(`${block}.key`)[column]];
      return products(slice(query, head), slice(key, head), ['query', 'key'], size);
    }
    case 'weights':
      return { kind: 'softmax', scores: rows(`${block}.scores`, head)[row], index: column };
    case 'heads': {
      const of = rows(`${block}.weights`, Math.floor(column / size))[row];
      return products(of, columnOf(rows(`${block}.value`), column), ['weight', 'value']);
    }
    default:
      return products(rows(`${block}.heads`)[row], columnOf(own.wo, column), ['output', '']);
  }
}

function feedForwardDerivation(
  rows: Rows,
  weights: ModelWeights,
  block: string,
  step: string,
  { row, column }: TensorCell,
): Derivation {
  const { up, bias, down } =
    weights[block.startsWith('encoder') ? 'encoder' : 'decoder'].feedForward;
  const sides = ['', ''] as const;
  if (step === 'output') {
    const a = rows(`${block}.hidden`)[row];
    return { kind: 'products', a, b: columnOf(down, column), sides };
  }
  const a = rows(INPUTS[block][0])[row];
  return { kind: 'products', a, b: columnOf(up, column), sides, bias: bias[column] };
}

function attentionWeights({ encoder, decoder }: ModelWeights, block: string): AttentionWeights {
  if (block === 'encoder.attention') return encoder.attention;
  return block === 'decoder.cross' ? decoder.cross : decoder.attention;
}

const waveOf = (position: number, column: number, width: number): Derivation => ({
  kind: 'wave',
  wave: column % 2 === 0 ? 'sin' : 'cos',
  position,
  exponent: (column - (column % 2)) / width,
});

function normOf(row: Vector, column: number): Derivation {
  const mean = row.reduce((a, b) => a + b, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  return { kind: 'norm', value: row[column], mean, variance, epsilon: NORM_EPSILON };
}
