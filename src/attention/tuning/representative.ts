import { bytesPerElement } from '../../numeric/element-type';
import { causal } from '../modifiers/causal';
import type { Mask } from '../modifiers/modifier';
import { windowWithSinks } from '../modifiers/recipes';
import { slidingWindow } from '../modifiers/sliding-window';
import { type Problem, createProblem } from '../problem';
import { type Shape, elementCounts } from '../shape';
import { EDGES, type MaskClass, maskClassOf } from './shape-class';

export interface RepresentativeLimits {
  /** Operations of the two products, masked or not. */
  readonly operations: number;
  /** Of the largest operand. */
  readonly bytes: number;
}

/** Keys of a window, as a share of all, and the first keys that every query of the odd mask sees. */
const WINDOW_SHARE = 1 / 16;
const FIRST_KEYS = 4;
/** A length just above an edge would leave its last tile nearly empty: no nearer than this. */
const ABOVE_EDGE = 1.25;

/**
 * A problem of the same class that is quick to measure: heads and lengths are halved, as far as the class
 * allows, until it is small enough; and the mask is one of its kind that needs no lists of its own.
 */
export function representativeOf(problem: Problem, limits: RepresentativeLimits): Problem {
  const { type } = problem;
  let { shape } = problem;
  while (isTooLarge(shape, problem, limits)) {
    const smaller = smallerShapes(shape).find((next) => staysInClass(next, shape));
    if (!smaller) break;
    shape = smaller;
  }
  return createProblem(shape, { type, mask: standIn(maskClassOf(problem), shape) });
}

function isTooLarge(shape: Shape, { type }: Problem, { operations, bytes }: RepresentativeLimits) {
  const { batch, heads, queryLength, keyLength, headSize, valueSize } = shape;
  const scores = batch * heads * queryLength * keyLength;
  const largest = Math.max(...Object.values(elementCounts(shape))) * bytesPerElement[type];
  return 2 * (headSize + valueSize) * scores > operations || largest > bytes;
}

/** One step smaller each, what changes the work of a kernel least first. */
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

/** Whether an extent is unchanged, or still well above the edge that the old one is above. */
function staysAbove(next: number, old: number, edges: readonly number[], margin: number): boolean {
  const below = edges.filter((edge) => edge < old).at(-1) ?? 0;
  return next === old || next > below * margin;
}

function standIn(kind: MaskClass, { queryLength, keyLength }: Shape): Mask | undefined {
  // The last query sees the last key, as in a sequence that goes on.
  const offset = keyLength - queryLength;
  const width = Math.ceil(keyLength * WINDOW_SHARE);
  if (kind === 'full') return undefined;
  if (kind === 'causal-like') return causal(offset);
  if (kind === 'window-like') return slidingWindow(width, 0, offset);
  return windowWithSinks(Math.ceil(keyLength / 2), FIRST_KEYS, offset);
}
