import { visibleRange } from '../modifiers/combine';
import type { Problem } from '../problem';

/** Edges between buckets: problems in one bucket are expected to have the same fastest kernel. */
export const EDGES = {
  queries: [16, 64, 512],
  keys: [512, 4096],
  size: [64, 128, 256],
  sequences: [1, 8],
} as const;

/** How a mask leaves its keys: all, runs that are long or short, or in a pattern of its own. */
export type MaskClass = 'full' | 'causal-like' | 'window-like' | 'masked';

/** Shorter visible runs than this share of the keys are windows: most tiles are skipped. */
const WINDOW_SHARE = 1 / 4;
const ROWS_ASKED = 8;

/**
 * What of a problem decides which kernel is fastest, as a stable text: what is learnt of one problem holds
 * for all of its class. "q>512 k>4096 d64 h≤8 f32 causal-like": queries, keys, head or value size, heads
 * over the whole batch, type and mask.
 */
export function shapeClassOf(problem: Problem): string {
  const { batch, heads, queryLength, keyLength, headSize, valueSize } = problem.shape;
  return [
    bucket('q', queryLength, EDGES.queries),
    bucket('k', keyLength, EDGES.keys),
    `d${edgeAbove(Math.max(headSize, valueSize), EDGES.size)}`,
    bucket('h', batch * heads, EDGES.sequences),
    problem.type,
    maskClassOf(problem),
  ].join(' ');
}

/** The class of a problem's mask, judged by a few rows: a mask may be costly to ask. */
export function maskClassOf({ mask, shape }: Problem): MaskClass {
  if (!mask) return 'full';
  const { batch, queryLength, keyLength } = shape;
  let keys = 0;
  for (let i = 0; i < ROWS_ASKED; i++) {
    const share = (i + 0.5) / ROWS_ASKED;
    const query = Math.floor(queryLength * share);
    const { first, end, exact } = visibleRange(
      mask,
      keyLength,
      Math.floor(batch * share),
      0,
      query,
    );
    if (!exact) return 'masked';
    keys += end - first;
  }
  return keys < ROWS_ASKED * keyLength * WINDOW_SHARE ? 'window-like' : 'causal-like';
}

const edgeAbove = (value: number, edges: readonly number[]): number | undefined =>
  edges.find((edge) => value <= edge);

function bucket(letter: string, value: number, edges: readonly number[]): string {
  const edge = edgeAbove(value, edges);
  return edge === undefined ? `${letter}>${edges.at(-1)}` : `${letter}≤${edge}`;
}
