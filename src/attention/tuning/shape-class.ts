import { bytesPerElement } from '../../numeric/float16';
import { type Shape, elementCounts } from '../layout';
import { causal } from '../modifiers/causal';
import { visibleRange } from '../modifiers/combine';
import { windowWithSinks } from '../modifiers/recipes';
import type { Mask } from '../modifiers/modifier';
import { slidingWindow } from '../modifiers/sliding-window';
import { type Problem, createProblem } from '../problem';

/** Edges between classes: problems of one class are expected to have the same fastest kernel. */
const EDGES = {
  queries: [16, 64, 512],
  keys: [512, 4096],
  size: [64, 128, 256],
  sequences: [1, 8],
} as const;

/** How a mask leaves the keys: all, long runs, short runs, or another pattern. */
type MaskClass = 'full' | 'causal-like' | 'window-like' | 'masked';

/** Visible runs shorter than this fraction of the keys count as windows: most tiles are skipped. */
const WINDOW_SHARE = 1 / 4;
const SAMPLED_ROWS = 8;

/**
 * What decides which kernel is fastest, as a stable text; results for one problem apply to its class.
 * "q>512 k>4096 d64 h≤8 f32 causal-like": queries, keys, head or value size, heads over the whole batch,
 * dtype, mask.
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

/** The class of a mask, judged by a few rows, because evaluating a mask can be slow. */
export function maskClassOf({ mask, shape }: Problem): MaskClass {
  if (!mask) return 'full';
  const { batch, queryLength, keyLength } = shape;
  let keys = 0;
  for (let i = 0; i < SAMPLED_ROWS; i++) {
    const share = (i + 0.5) / SAMPLED_ROWS;
    const [b, query] = [Math.floor(batch * share), Math.floor(queryLength * share)];
    const { first, end, exact } = visibleRange(mask, keyLength, b, 0, query);
    if (!exact) return 'masked';
    keys += end - first;
  }
  return keys < SAMPLED_ROWS * keyLength * WINDOW_SHARE ? 'window-like' : 'causal-like';
}

const edgeAbove = (value: number, edges: readonly number[]): number | undefined =>
  edges.find((edge) => value <= edge);

function bucket(letter: string, value: number, edges: readonly number[]): string {
  const edge = edgeAbove(value, edges);
  return edge === undefined ? `${letter}>${edges.at(-1)}` : `${letter}≤${edge}`;
}

interface RepresentativeLimits {
  /** Operations of both products, mask ignored. */
  readonly operations: number;
  /** Bytes of the largest operand. */
  readonly bytes: number;
}

/**
 * Keys of a window, as a fraction of all; also the first keys that every query sees in the `masked` class.
 */
const REPRESENTATIVE_WINDOW_SHARE = 1 / 16;
const FIRST_KEYS = 4;
/** Smallest ratio to the edge below: a length just above it would leave the last tile nearly empty. */
const ABOVE_EDGE = 1.25;

/**
 * A problem of the same class that is quick to measure: heads and lengths are halved as far as the
 * class allows, and the mask is replaced by one of its class that needs no lists.
 */
export function representativeOf(problem: Problem, limits: RepresentativeLimits): Problem {
  const { type } = problem;
  let { shape } = problem;
  while (isTooLarge(shape, problem, limits)) {
    const smaller = smallerShapes(shape).find((next) => staysInClass(next, shape));
    if (!smaller) break;
    shape = smaller;
  }
  return createProblem(shape, { type, mask: maskOfClass(maskClassOf(problem), shape) });
}

function isTooLarge(shape: Shape, { type }: Problem, { operations, bytes }: RepresentativeLimits) {
  const { batch, heads, queryLength, keyLength, headSize, valueSize } = shape;
  const scores = batch * heads * queryLength * keyLength;
  const largest = Math.max(...Object.values(elementCounts(shape))) * bytesPerElement[type];
  return 2 * (headSize + valueSize) * scores > operations || largest > bytes;
}

/** The next smaller shapes, those that change a kernel's work least first. */
function smallerShapes(shape: Shape): readonly Shape[] {
  const { batch, heads, kvHeads, queryLength, keyLength } = shape;
  const fewer = half(kvHeads);
  return [
    { ...shape, batch: half(batch) },
    { ...shape, kvHeads: fewer, heads: fewer * (heads / kvHeads) },
    { ...shape, queryLength: half(queryLength) },
    { ...shape, keyLength: half(keyLength) },
  ];
}

const half = (extent: number): number => Math.ceil(extent / 2);

function staysInClass(next: Shape, shape: Shape): boolean {
  const changed = next.batch * next.heads * next.queryLength * next.keyLength;
  if (changed === shape.batch * shape.heads * shape.queryLength * shape.keyLength) return false;
  return (
    staysAbove(next.batch * next.heads, shape.batch * shape.heads, EDGES.sequences, 1) &&
    staysAbove(next.queryLength, shape.queryLength, EDGES.queries, ABOVE_EDGE) &&
    staysAbove(next.keyLength, shape.keyLength, EDGES.keys, ABOVE_EDGE)
  );
}

/** Whether an extent is unchanged, or still well above the edge below it. */
function staysAbove(next: number, old: number, edges: readonly number[], margin: number): boolean {
  const below = edges.filter((edge) => edge < old).at(-1) ?? 0;
  return next === old || next > below * margin;
}

function maskOfClass(kind: MaskClass, { queryLength, keyLength }: Shape): Mask | undefined {
  // The last query sees the last key, as when a sequence is continued.
  const offset = keyLength - queryLength;
  const width = Math.ceil(keyLength * REPRESENTATIVE_WINDOW_SHARE);
  if (kind === 'full') return undefined;
  if (kind === 'causal-like') return causal(offset);
  if (kind === 'window-like') return slidingWindow(width, 0, offset);
  return windowWithSinks(Math.ceil(keyLength / 2), FIRST_KEYS, offset);
}
