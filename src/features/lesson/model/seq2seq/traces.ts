import { columnOf, type Matrix, type Vector } from '../matrix';
import type { ForwardPass } from './forward';
import { NORM_EPSILON, type ModelWeights } from './layers';

/** The roles of two factors, or '' for none. */
type Sides = readonly [left: string, right: string];

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
      readonly sides: Sides;
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
  { name, head, row, column }: TensorCell,
): Derivation {
  const at = name.lastIndexOf('.');
  const [block, step] = [name.slice(0, at), name.slice(at + 1)];
  const [part, kind] = block.split('.') as ['encoder' | 'decoder', string];
  const rows = (of: string, ofHead = 0): Matrix => pass.tensors.get(of)!.matrices[ofHead];
  const own = (of: string, ofHead?: number) => rows(`${block}.${of}`, ofHead);
  const input = (which: 0 | 1) => rows(INPUTS[block][which])[row];
  const attention = () => (kind === 'cross' ? weights.decoder.cross : weights[part].attention);
  const size = weights.width / weights.heads;
  const ofHead = (values: Vector) => values.slice(head * size, (head + 1) * size);
  const products = (a: Vector, b: Vector, sides: Sides = ['', '']) =>
    ({ kind: 'products', a, b, sides }) as const;
  switch (step) {
    case 'embedding':
    case 'words':
      return { kind: 'drawn', word: pass.tensors.get(name)!.rowLabels[row] };
    case 'positions':
      return {
        kind: 'wave',
        wave: column % 2 === 0 ? 'sin' : 'cos',
        position: row,
        exponent: (column - (column % 2)) / weights.width,
      };
    case 'input': {
      const embedding = own('embedding')[row][column];
      return pass.tensors.has(`${block}.positions`)
        ? { kind: 'sum', terms: [embedding, own('positions')[row][column]] }
        : { kind: 'copy', value: embedding };
    }
    case 'query':
    case 'key':
    case 'value': {
      const { wq, wk, wv } = attention();
      const matrix = { query: wq, key: wk, value: wv }[step];
      return products(input(step === 'query' ? 0 : 1), columnOf(matrix, column), ['', step]);
    }
    case 'scores': {
      if (own('scores', head)[row][column] === -Infinity) return { kind: 'hidden' };
      const [query, key] = [ofHead(own('query')[row]), ofHead(own('key')[column])];
      return { ...products(query, key, ['query', 'key']), size };
    }
    case 'weights':
      return { kind: 'softmax', scores: own('scores', head)[row], index: column };
    case 'heads': {
      const shares = own('weights', Math.floor(column / size))[row];
      return products(shares, columnOf(own('value'), column), ['weight', 'value']);
    }
    case 'hidden': {
      const { up, bias } = weights[part].feedForward;
      return { ...products(input(0), columnOf(up, column)), bias: bias[column] };
    }
    case 'output': {
      if (kind === 'feed-forward') {
        return products(own('hidden')[row], columnOf(weights[part].feedForward.down, column));
      }
      return products(own('heads')[row], columnOf(attention().wo, column), ['output', '']);
    }
    case 'residual':
      return { kind: 'sum', terms: [input(0)[column], own('output')[row][column]] };
    case 'norm':
      return normOf(own('residual')[row], column);
    case 'logits': {
      const logits = products(rows('decoder.feed-forward.norm')[row], own('words')[column]);
      return { ...logits, size: weights.width };
    }
    case 'probabilities':
      return { kind: 'softmax', scores: own('logits')[row], index: column };
    default:
      throw new Error(`No step ${step}`);
  }
}

function normOf(row: Vector, column: number): Derivation {
  const mean = row.reduce((a, b) => a + b, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  return { kind: 'norm', value: row[column], mean, variance, epsilon: NORM_EPSILON };
}
