import type { Cell, MapView } from '../../../ui/heat-map/geometry';
import { defaultControls, type HeadControls } from './controls';
import type { MetricName } from './metrics';
import type { TokenRef } from './token-edges';

export type SourceKind = 'planted' | 'sentence' | 'text' | 'file';
/** A metric, the source's own order (`place`), or clusters of similar heads. */
export type SortBy = MetricName | 'place' | 'likeness';
export type Panel = 'map' | 'lines' | 'outputs' | 'compare';
/** `auto` is the GPU where there is one, unless the CPU is faster. */
export type ComputeOn = 'auto' | 'gpu' | 'cpu';
/** What the selected head is compared with: nothing, another head, or itself with one thing changed. */
export type CompareWith = 'none' | 'head' | 'mask' | 'temperature' | 'type' | 'cpu';

/** A head of the layer, counted from 1, or all heads side by side. */
export type LinkOutputs = number | 'all';

/** The whole state of the page. Layers and heads count from 1, rows and columns from 0. */
export interface HeadsState extends HeadControls {
  readonly source: SourceKind;
  readonly computeOn: ComputeOn;
  readonly length: number;
  readonly heads: number;
  readonly layers: number;
  readonly headSize: number;
  /** Of planted structure, and of the random matrices over words. */
  readonly seed: number;
  readonly sentence: string;
  readonly text: string;
  readonly layer: number;
  readonly head: number;
  readonly sort: SortBy;
  /** The usual direction is from the largest metric down, and in the source's order from the first on. */
  readonly reversed: boolean;
  readonly filter: string;
  readonly panel: Panel;
  readonly palette: 'viridis' | 'cividis' | 'magma' | 'grey';
  readonly scale: 'linear' | 'log' | 'rank';
  /** Whether the colour scale spans the values in view, or those of the whole map. */
  readonly span: 'view' | 'map';
  readonly pool: 'largest' | 'mean';
  /** Null for the whole map. */
  readonly view: MapView | null;
  readonly cursor: Cell | null;
  readonly pins: readonly Cell[];
  /** Share of each query's weight that its token lines cover, above 0. */
  readonly mass: number;
  /** Tokens whose lines stay highlighted. */
  readonly locks: readonly TokenRef[];
  readonly hiddenKeys: readonly number[];
  /** First query of the token lines, where not all are drawn; null follows the cursor. */
  readonly linesFrom: number | null;
  /** Head whose outputs are shown; null for the selected one. */
  readonly outputsOf: LinkOutputs | null;
  /** Head whose outputs are subtracted; null for none. */
  readonly outputsLess: LinkOutputs | null;
  readonly points: 'outputs' | 'queries-keys';
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
  computeOn: 'auto',
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
