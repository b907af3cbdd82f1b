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
  add(name: string, rows: Matrix, rowLabels: readonly string[], columnLabels?: readonly string[]) {
    const shape = [rows.length, rows[0].length];
    this.set(name, { name, shape, matrices: [rows], rowLabels, columnLabels });
    return rows;
  }

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

/** A row a word. */
interface WordRows {
  readonly words: readonly string[];
  readonly rows: Matrix;
}

/**
 * A Transformer of one encoder and one decoder layer, as published in 2017 (norms after the residual sums),
 * in float64. Small and untrained: its steps are what matters.
 */
export async function forward(options: ForwardOptions): Promise<ForwardPass> {
  const { source, target, weights, positions = true, attend = attendByReference } = options;
  const record = new TensorRecord();
  const context = { record, weights, positions, attend };
  const memory = await encode(source, context);
  const { words: labels, rows: decoded } = await decode([START, ...target], memory, context);
  const vocabulary = [...new Set([...target, END])];
  const words = vocabulary.map((word) => embed(weights, word));
  record.add('output.words', words, vocabulary);
  const logits = products(decoded, words).map((row) =>
    row.map((score) => score / Math.sqrt(weights.width)),
  );
  record.add('output.logits', logits, labels, vocabulary);
  const probabilities = logits.map((row) => softmax(row));
  record.add('output.probabilities', probabilities, labels, vocabulary);
  return { tensors: record, memory: memory.rows, decoded, vocabulary, probabilities };
}

async function encode(words: readonly string[], context: PassContext): Promise<WordRows> {
  const { attention, feedForward } = context.weights.encoder;
  const input = embedWords('encoder', words, context);
  const attended = await attentionBlock('encoder.attention', input, input, attention, context);
  return feedForwardBlock('encoder.feed-forward', attended, feedForward, context);
}

async function decode(
  words: readonly string[],
  memory: WordRows,
  context: PassContext,
): Promise<WordRows> {
  const { attention, cross, feedForward } = context.weights.decoder;
  const input = embedWords('decoder', words, context);
  const attended = await attentionBlock(
    'decoder.attention',
    input,
    input,
    attention,
    context,
    true,
  );
  // Queries from the decoder; keys and values from the encoder.
  const crossed = await attentionBlock('decoder.cross', attended, memory, cross, context);
  return feedForwardBlock('decoder.feed-forward', crossed, feedForward, context);
}

/** Word embeddings, with positions added. */
function embedWords(
  part: string,
  words: readonly string[],
  { record, weights, positions }: PassContext,
): WordRows {
  let rows: Matrix = words.map((word) => embed(weights, word));
  record.add(`${part}.embedding`, rows, words);
  if (positions) {
    const waves = sinusoidalPositions(words.length, weights.width);
    record.add(`${part}.positions`, waves, words);
    rows = residual(rows, waves);
  }
  return { words, rows: record.add(`${part}.input`, rows, words) };
}

/** Attention with its residual connection and layer norm. */
async function attentionBlock(
  name: string,
  from: WordRows,
  to: WordRows,
  own: AttentionWeights,
  { record, weights, attend }: PassContext,
  causal = false,
): Promise<WordRows> {
  const { heads } = weights;
  const result = await multiHeadAttention(from.rows, to.rows, own, { heads, causal, attend });
  record.add(`${name}.query`, result.query, from.words);
  record.add(`${name}.key`, result.key, to.words);
  record.add(`${name}.value`, result.value, to.words);
  record.addHeads(`${name}.scores`, result.scores, from.words, to.words);
  record.addHeads(`${name}.weights`, result.weights, from.words, to.words);
  record.add(`${name}.heads`, result.heads, from.words);
  return addAndNorm(name, from, result.output, record);
}

/** A feed-forward block with its residual connection and layer norm. */
function feedForwardBlock(
  name: string,
  input: WordRows,
  own: ModelWeights['encoder']['feedForward'],
  { record }: PassContext,
): WordRows {
  const { hidden, output } = feedForward(input.rows, own);
  record.add(`${name}.hidden`, hidden, input.words);
  return addAndNorm(name, input, output, record);
}

/** What follows each block: its output, the residual sum, and the norm of that. */
function addAndNorm(
  name: string,
  { words, rows }: WordRows,
  output: Matrix,
  record: TensorRecord,
): WordRows {
  record.add(`${name}.output`, output, words);
  const sum = record.add(`${name}.residual`, residual(rows, output), words);
  return { words, rows: record.add(`${name}.norm`, layerNorm(sum), words) };
}
