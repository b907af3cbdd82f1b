import type { Shape } from '../shape';

/**
 * A modifier is a pair: a TypeScript function and its WGSL twin. Kernels call the twins by the names that
 * `compose.ts` gives them, and know nothing else of masks or score changes.
 */
interface Modifier {
  /** Prefix of its WGSL functions, and its name for people. One WGSL file defines one name. */
  readonly name: string;
  readonly wgsl: string;
  /** Up to four numbers that its WGSL functions receive; new numbers need no new shader. */
  readonly parameters: readonly number[];
}

/**
 * Decides which keys a query may see. WGSL twin:
 * `fn NAME_visible(batch, head, query, key: u32, parameters: vec4<i32>) -> bool`, and
 * `fn NAME_tile(batch, head, first_query, last_query, first_key, last_key: u32, parameters: vec4<i32>) -> u32`,
 * which says whether the whole tile is TILE_HIDDEN or TILE_VISIBLE; TILE_MIXED is always a right answer.
 */
export interface MaskModifier extends Modifier {
  readonly kind: 'mask';
  visible(batch: number, head: number, query: number, key: number): boolean;
  /** Whether every head of every batch element is masked alike: then one of them stands for all. */
  readonly sameForAllHeads?: boolean;
  /**
   * First and one-past-last visible key of a row, where the visible keys are one run (it may be empty, and
   * may reach outside 0..L; callers clamp it). Left out where they are not: then each key is asked.
   */
  readonly range?: (batch: number, head: number, query: number) => readonly [number, number];
}

/**
 * Changes a scaled score before masks. WGSL twin:
 * `fn NAME_score(score: f32, batch, head, query, key: u32, parameters: vec4<f32>) -> f32`.
 */
export interface ScoreModifier extends Modifier {
  readonly kind: 'score';
  score(score: number, batch: number, head: number, query: number, key: number): number;
  /** How much it can stretch a small difference between scores: its largest slope. */
  readonly slope: number;
}

/** Masks joined by and/or, of any depth. */
export type Mask =
  | MaskModifier
  | { readonly kind: 'all'; readonly masks: readonly Mask[] }
  | { readonly kind: 'any'; readonly masks: readonly Mask[] };

/** A mask that depends on the problem's lengths. */
export type MaskFactory = (shape: Shape) => Mask;
