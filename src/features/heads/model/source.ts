import { kvHeadOf, type Shape } from '../../../attention/layout';

export { NO_MARK } from '../../../attention/maps/inputs';

/** Extents of one or more layers of heads. `valueSize` is 0 without values. */
export interface SourceShape extends Omit<Shape, 'batch'> {
  readonly layers: number;
}

/** Queries, keys and perhaps values of the heads of one or more layers. */
export interface HeadsSource extends SourceShape {
  /** "Planted structure", "prompt.safetensors". */
  readonly name: string;
  /** One sentence on where the numbers come from, and whether they were learned. */
  readonly note: string;
  /** (layers, heads, queryLength, headSize) */
  readonly query: Float32Array;
  /** (layers, kvHeads, keyLength, headSize) */
  readonly key: Float32Array;
  /** (layers, kvHeads, keyLength, valueSize) */
  readonly value?: Float32Array;
  readonly queryTokens: readonly string[];
  readonly keyTokens: readonly string[];
  /** Names of all heads, layer by layer: "head 3", "layer 2, head 3". */
  readonly headNames: readonly string[];
  /** What each head was constructed to do, for heads that were constructed. */
  readonly planted?: readonly string[];
  /** For each query, the key that an induction head attends to: the token after the last occurrence of the query's. */
  readonly marks?: Uint32Array;
}

/** "head 3" in a source of one layer, "layer 2, head 3" in others: counted from 1, layer by layer. */
export function namesOfHeads(layers: number, heads: number): string[] {
  return Array.from({ length: layers * heads }, (_, i) => {
    const head = `head ${(i % heads) + 1}`;
    return layers === 1 ? head : `layer ${Math.floor(i / heads) + 1}, ${head}`;
  });
}

/** Where one head's queries and keys begin and end in the arrays of a source. */
export function rangesOfHead(source: HeadsSource, layer: number, head: number) {
  const { heads, kvHeads, queryLength, keyLength, headSize } = source;
  const range = (index: number, size: number) => [index * size, (index + 1) * size] as const;
  return {
    query: range(layer * heads + head, queryLength * headSize),
    key: range(layer * kvHeads + kvHeadOf(source, head), keyLength * headSize),
  };
}

/** The fields of a source whose queries, keys and values are of the same tokens, heads and size. */
export const selfAttentionShape = (
  tokens: readonly string[],
  { layers, heads, headSize }: Pick<HeadsSource, 'layers' | 'heads' | 'headSize'>,
) => ({
  layers,
  heads,
  kvHeads: heads,
  queryLength: tokens.length,
  keyLength: tokens.length,
  headSize,
  valueSize: headSize,
  queryTokens: tokens,
  keyTokens: tokens,
  headNames: namesOfHeads(layers, heads),
});
