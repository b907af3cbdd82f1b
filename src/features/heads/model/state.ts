import { defaultControls, type HeadControls } from './controls';
import type { MetricName } from './metrics';

export type SourceKind = 'planted' | 'sentence' | 'text' | 'file';
/** Metrics, the order they come in, or likeness. */
export type SortBy = MetricName | 'place' | 'likeness';
export type Panel = 'map' | 'lines' | 'outputs' | 'compare';
/** What is held against the head as it is: nothing, or the same with one thing changed. */
export type CompareWith = 'none' | 'head' | 'mask' | 'temperature' | 'type' | 'cpu';

/** Part of a map, in queries and keys; borders may lie within cells. */
export interface LinkView {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** One cell of a map. */
export interface LinkCell {
  readonly row: number;
  readonly column: number;
}

/** A token of either side, counted from 0. */
export interface LinkToken {
  readonly side: 'query' | 'key';
  readonly index: number;
}

/** A head of the layer, counted from 1, or all of them side by side. */
export type LinkOutputs = number | 'all';

/** The whole state of the page, controls among it. Layers and heads count from 1, rows and columns from 0. */
export interface HeadsState extends HeadControls {
  readonly source: SourceKind;
  /** Of planted structure. */
  readonly length: number;
  readonly heads: number;
  readonly layers: number;
  readonly headSize: number;
  /** Of planted structure, and of the random matrices over words. */
  readonly seed: number;
  /** A sentence of the lesson, by its name. */
  readonly sentence: string;
  readonly text: string;
  readonly layer: number;
  readonly head: number;
  readonly sort: SortBy;
  /** Metrics count from the largest down, places from the first on; or the other way round. */
  readonly reversed: boolean;
  readonly filter: string;
  readonly panel: Panel;
  readonly palette: 'viridis' | 'cividis' | 'magma' | 'grey';
  readonly scale: 'linear' | 'log' | 'rank';
  /** Whether colours span what is in view, or all of the map. */
  readonly span: 'view' | 'map';
  readonly pool: 'largest' | 'mean';
  /** Null for the whole map. */
  readonly view: LinkView | null;
  /** Null where it has not been put anywhere. */
  readonly cursor: LinkCell | null;
  readonly pins: readonly LinkCell[];
  /** The share of each query's weight that its token lines hold, above 0. */
  readonly mass: number;
  /** Tokens whose lines stay in front, and keys that are left out. */
  readonly locks: readonly LinkToken[];
  readonly hiddenKeys: readonly number[];
  /** First query of the token lines, where not all are drawn; null for where the cursor is. */
  readonly linesFrom: number | null;
  /** Whose outputs are shown; null for the selected head's. */
  readonly outputsOf: LinkOutputs | null;
  /** Whose are taken from them; null for nobody's. */
  readonly outputsLess: LinkOutputs | null;
  /** What is drawn as points. */
  readonly points: 'outputs' | 'queries-keys';
  /** Whether both sides of a comparison have one scale of colours. */
  readonly oneScale: boolean;
  readonly compare: CompareWith;
  readonly withLayer: number;
  readonly withHead: number;
  readonly withMask: HeadControls['mask'];
  readonly withTemperature: number;
}

export const defaultHeadsState: HeadsState = {
  ...defaultControls,
  source: 'planted',
  length: 256,
  heads: 12,
  layers: 1,
  headSize: 64,
  seed: 1,
  sentence: 'prisoner',
  text: 'The prisoner sat alone in his small cell.',
  layer: 1,
  head: 1,
  sort: 'place',
  reversed: false,
  filter: '',
  panel: 'map',
  palette: 'viridis',
  scale: 'linear',
  span: 'view',
  pool: 'largest',
  view: null,
  cursor: null,
  pins: [],
  mass: 0.9,
  locks: [],
  hiddenKeys: [],
  linesFrom: null,
  outputsOf: null,
  outputsLess: null,
  points: 'outputs',
  oneScale: true,
  compare: 'none',
  withLayer: 1,
  withHead: 2,
  withMask: 'causal',
  withTemperature: 2,
};
