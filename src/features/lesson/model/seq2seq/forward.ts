import { softmax } from '../attention';
import { type Matrix, products } from '../matrix';
import { type Attend, attendByReference, multiHeadAttention } from './attend';
import {
  feedForward,
  layerNorm,
  residual,
  sinusoidalPositions,
  type AttentionWeights,
  embed,
  type ModelWeights,
} from './layers';

/** An intermediate of a forward pass. */
export interface PassTensor {
  /** "decoder.cross.weights": part, block, step. */
  readonly name: string;
  /** (rows, columns), or (heads, rows, columns). */
  readonly shape: readonly number[];
  /** One matrix, or one per head. */
  readonly matrices: readonly Matrix[];
  readonly rowLabels: readonly string[];
  /** Undefined where columns have only numbers. */
  readonly columnLabels: readonly string[] | undefined;
}

/** Intermediates by name, in order of computation. */
class TensorRecord extends Map<string, PassTensor> {
  /** Adds a matrix and returns it. */
  add(name: string, rows: Matrix, rowLabels: readonly string[], columnLabels?: readonly string[]) {
    const shape = [rows.length, rows[0].length];
    this.set(name, { name, shape, matrices: [rows], rowLabels, columnLabels });
    return rows;
  }

  /** Adds one matrix a head. */
  addHeads(
    name: string,
    heads: readonly Matrix[],
    rowLabels: readonly string[],
    columnLabels: readonly string[],
  ): void {
    const shape = [heads.length, heads[0].length, heads[0][0].length];
    this.set(name, { name, shape, matrices: heads, rowLabels, columnLabels });
  }
}

interface ForwardOptions {
  readonly source: readonly string[];
  /** The decoder's input so far; a start token is put before it. */
  readonly target: readonly string[];
  readonly weights: ModelWeights;
  /** Whether positions are added to the embeddings. */
  readonly positions?: boolean;
  /** Computes attention; by default the float64 reference. */
  readonly attend?: Attend;
}

export const START = '<start>';
export const END = '<end>';

export interface ForwardPass {
  /** Every intermediate in order of computation, by name: "encoder.attention.query". */
  readonly tensors: ReadonlyMap<string, PassTensor>;
  /** The encoder's output (source × width). */
  readonly memory: Matrix;
  /** The decoder's output (1 + target × width). */
  readonly decoded: Matrix;
  /** The words that can come next: those of the target, each once, and the end token. */
  readonly vocabulary: readonly string[];
  /** Probabilities of the next word (1 + target × vocabulary). */
  readonly probabilities: Matrix;
}

interface PassContext {
  readonly record: TensorRecord;
  readonly weights: ModelWeights;
  readonly positions: boolean;
  readonly attend: Attend;
}

/**
 * A Transformer of one encoder and one decoder layer, as published in 2017 (norms after the residual sums),
 * in float64. Small and untrained: its steps are what matters.
 */
export async function forward(options: ForwardOptions): Promise<ForwardPass> {
  const { source, target, weights, positions = true, attend = attendByReference } = options;
  const context = { record: new TensorRecord(), weights, positions, attend };
  const memory = await encode(source, context);
  const decoded = await decode([START, ...target], source, memory, context);
  const vocabulary = [...new Set([...target, END])];
  const words = vocabulary.map((word) => embed(weights, word));
  const { record } = context;
  const labels = [START, ...target];
  record.add('output.words', words, vocabulary);
  const logits = products(decoded, words).map((row) =>
    row.map((score) => score / Math.sqrt(weights.width)),
  );
  record.add('output.logits', logits, labels, vocabulary);
  const probabilities = logits.map((row) => softmax(row));
  record.add('output.probabilities', probabilities, labels, vocabulary);
  return { tensors: record, memory, decoded, vocabulary, probabilities };
}

async function encode(words: readonly string[], context: PassContext): Promise<Matrix> {
  const { encoder } = context.weights;
  const input = embedWords('encoder', words, context);
  const attended = await attentionBlock('encoder.attention', input, words, input, words, {
    ...context,
    own: encoder.attention,
    causal: false,
  });
  return feedForwardBlock('encoder.feed-forward', attended, words, encoder.feedForward, context);
}

async function decode(
  words: readonly string[],
  source: readonly string[],
  memory: Matrix,
  context: PassContext,
): Promise<Matrix> {
  const { decoder } = context.weights;
  const input = embedWords('decoder', words, context);
  const own = { ...context, own: decoder.attention, causal: true };
  const attended = await attentionBlock('decoder.attention', input, words, input, words, own);
  // Queries from the decoder; keys and values from the encoder.
  const cross = { ...context, own: decoder.cross, causal: false };
  const crossed = await attentionBlock('decoder.cross', attended, words, memory, source, cross);
  return feedForwardBlock('decoder.feed-forward', crossed, words, decoder.feedForward, context);
}

/** Word embeddings, with positions added. */
function embedWords(
  part: string,
  words: readonly string[],
  { record, weights, positions }: PassContext,
) {
  const embedding = words.map((word) => embed(weights, word));
  record.add(`${part}.embedding`, embedding, words);
  if (!positions) return record.add(`${part}.input`, embedding, words);
  const waves = sinusoidalPositions(words.length, weights.width);
  record.add(`${part}.positions`, waves, words);
  return record.add(`${part}.input`, residual(embedding, waves), words);
}

interface AttentionContext extends PassContext {
  readonly own: AttentionWeights;
  readonly causal: boolean;
}

/** Attention with its residual connection and layer norm. */
async function attentionBlock(
  name: string,
  from: Matrix,
  fromWords: readonly string[],
  to: Matrix,
  toWords: readonly string[],
  { record, weights, attend, own, causal }: AttentionContext,
): Promise<Matrix> {
  const result = await multiHeadAttention(from, to, own, { heads: weights.heads, causal, attend });
  record.add(`${name}.query`, result.query, fromWords);
  record.add(`${name}.key`, result.key, toWords);
  record.add(`${name}.value`, result.value, toWords);
  record.addHeads(`${name}.scores`, result.scores, fromWords, toWords);
  record.addHeads(`${name}.weights`, result.weights, fromWords, toWords);
  record.add(`${name}.heads`, result.heads, fromWords);
  record.add(`${name}.output`, result.output, fromWords);
  const sum = record.add(`${name}.residual`, residual(from, result.output), fromWords);
  return record.add(`${name}.norm`, layerNorm(sum), fromWords);
}

/** A feed-forward block with its residual connection and layer norm. */
function feedForwardBlock(
  name: string,
  rows: Matrix,
  words: readonly string[],
  own: ModelWeights['encoder']['feedForward'],
  { record }: PassContext,
): Matrix {
  const { hidden, output } = feedForward(rows, own);
  record.add(`${name}.hidden`, hidden, words);
  record.add(`${name}.output`, output, words);
  const sum = record.add(`${name}.residual`, residual(rows, output), words);
  return record.add(`${name}.norm`, layerNorm(sum), words);
}
