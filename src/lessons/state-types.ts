import type { CipherKind } from './cipher';
import type { PlaneMap } from './linear-map';
import type { Matrix, Vector } from './matrix';
import type { SimilarityTable } from './table';

/** The one state that runs through the lesson: everything a reader can change. */
export interface LessonState {
  readonly sentence: string;
  /** Similarities of the sentence's words, and of other words after them where the deck has some. */
  readonly table: SimilarityTable;
  /** One row a word of the sentence. */
  readonly x: Matrix;
  /** (columns of X × d) */
  readonly wq: Matrix;
  readonly wk: Matrix;
  /** (columns of X × e) */
  readonly wv: Matrix;
  /** Places in the sentence that no word may see: scores of −∞. */
  readonly hidden: readonly number[];
  /** Columns of the table beyond the sentence that are seen in row 14. */
  readonly company: readonly number[];
  /** Whether a word sees only itself and what stands before it. */
  readonly causal: boolean;
  readonly temperature: number;
  /** Whether scores are divided by √d; the deck's are not. */
  readonly scaled: boolean;
  /** Place of the word that asks. */
  readonly query: number;
  /** d of row 10, for scores that are given as numbers. */
  readonly headSize: number;
  /** n of row 14. */
  readonly words: number;
  /** What row 13's fractions are divided by: as the deck prints it, or as is right. */
  readonly denominator: 'printed' | 'correct';
  /** The share of itself at which row 15's mixture is held; null for where attention puts it. */
  readonly held: number | null;
  /** Times that attention is applied, in row 15. */
  readonly rounds: number;
  readonly residual: boolean;
  /** Of the encoder and decoder. */
  readonly positions: boolean;
  /** Which seeded order the encoder's words are in; 0 is the sentence's own. */
  readonly shuffle: number;
  /** Of the memory of fixed size, and how far back it is asked. */
  readonly stateSize: number;
  readonly distance: number;
  readonly decay: number;
  /** The sentence that *cell* stands in, among the words of the plane, and the places left out of it. */
  readonly context: string;
  readonly without: readonly number[];
  /** Place in that sentence of the word that asks. */
  readonly asks: number;
  /** Points of the plane that have been moved, by word. */
  readonly moved: Readonly<Record<string, Vector>>;
  readonly map: PlaneMap;
  /** What the four heads' maps are mixed with, one number a head. */
  readonly mix: Vector;
  /** Degrees by which queries are turned, and whether the keys are too. */
  readonly turn: number;
  readonly turnKeys: boolean;
  /** The two vectors of row 10. */
  readonly a: Vector;
  readonly b: Vector;
  /** Values of the vector of 100 that have been changed, by place. */
  readonly edits: Readonly<Record<string, number>>;
  /** What the decoder is given, as words. */
  readonly target: string;
  /** What is ciphered, and how. */
  readonly message: string;
  readonly cipher: CipherKind;
  readonly shift: number;
  readonly keyword: string;
  readonly columns: number;
  readonly year: number;
  readonly seed: number;
}
