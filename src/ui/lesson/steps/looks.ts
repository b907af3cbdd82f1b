import type { Shading } from '../number-table';
import type { StepTable } from './trace';

/** How a table of the steps is titled and shaded. */
export interface TableLook {
  readonly name: string;
  readonly concept: string;
  readonly shading: Shading;
  readonly places: number;
}

const look = (name: string, concept = '', shading: Shading = 'signed', places = 2): TableLook => ({
  name,
  concept,
  shading,
  places,
});

export const looks: Readonly<Record<StepTable, TableLook>> = {
  x: look('X'),
  wq: look('W_Q', 'query'),
  wk: look('W_K', 'key'),
  wv: look('W_V', 'value'),
  query: look('Q = X · W_Q', 'query'),
  key: look('K = X · W_K', 'key'),
  value: look('V = X · W_V', 'value'),
  scores: look('Scores', 'score'),
  masked: look('Scores, masked', 'score'),
  weights: look('Weights', 'weight', 'share', 3),
  output: look('Output', 'output'),
};

/** Tables that are given; all others follow from them. */
export const given: ReadonlySet<StepTable> = new Set(['x', 'wq', 'wk', 'wv']);
