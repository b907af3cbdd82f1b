import type { RowStatistics } from '../../../attention/maps/weight-map';
import { formatFixed } from '../../../numeric/format';
import type { HeadMetric } from './head-entry';
import { NO_MARK } from './source';

const fixed = (places: number) => (value: number) =>
  Number.isNaN(value) ? '–' : formatFixed(value, places);

/** A metric from 0 to 1. */
const share = <const Id extends string>(id: Id, name: string, definition: string) => ({
  id,
  name,
  definition,
  unit: '',
  format: (value: number) => (Number.isNaN(value) ? '–' : `${formatFixed(100 * value, 1)} %`),
});

/** Each is a mean over rows. */
export const metricDescriptions = [
  share(
    'induction',
    'Induction',
    'Weight on the token that followed the query’s word the last time, over queries whose word came before.',
  ),
  share(
    'previous',
    'Previous',
    'Weight on the key just before the query, over all queries that have one.',
  ),
  share('diagonal', 'Diagonal', 'Weight on the key at the query’s own position.'),
  share(
    'first',
    'Sink',
    'Weight on the first key, an attention sink for heads that find nothing to attend to.',
  ),
  {
    id: 'distance',
    name: 'Distance',
    definition: 'Mean distance from query to key, weighted by attention.',
    unit: 'tokens',
    format: fixed(1),
  },
  {
    id: 'entropy',
    name: 'Entropy',
    definition: 'How spread the weights of a row are: −Σ w ln w.',
    unit: 'nats',
    format: fixed(2),
  },
  share(
    'evenness',
    'Evenness',
    'Entropy relative to its maximum, ln of the number of visible keys, over rows that see two or more.',
  ),
  share(
    'sparsity',
    'Sparsity',
    'Share of visible keys that are effectively ignored: 1 − (1 / Σ w²) / visible, over rows that see two or more.',
  ),
] as const satisfies readonly HeadMetric[];

export type MetricName = (typeof metricDescriptions)[number]['id'];

/** One head in a few numbers. NaN where one is defined for no row, or where a weight is NaN. */
export type HeadMetrics = Readonly<Record<MetricName, number>>;

/**
 * Metrics of one head. Rows that see no key are ignored. Rows that see a single key can be neither uneven nor sparse
 * and are ignored for evenness and sparsity. Metrics of a position (diagonal, previous, first) average over the rows
 * that have such a key; a key that the mask hides counts with its weight of 0.
 * @param visible Keys that each row sees.
 * @param marks The marked key of each row, NO_MARK for none.
 */
export function headMetrics(
  rows: RowStatistics,
  visible: ArrayLike<number>,
  keyLength: number,
  marks?: Uint32Array,
): HeadMetrics {
  const { entropy, effectiveKeys } = rows;
  const mean = (values: ArrayLike<number>, counts: (row: number) => boolean = () => true) => {
    let sum = 0;
    let counted = 0;
    for (let row = 0; row < values.length; row++) {
      if (visible[row] === 0 || !counts(row)) continue;
      sum += values[row];
      counted++;
    }
    return counted > 0 ? sum / counted : NaN;
  };
  const hasChoice = (row: number) => visible[row] > 1;
  const evenness = Array.from(entropy, (value, row) => value / Math.log(visible[row]));
  const sparsity = Array.from(effectiveKeys, (value, row) => 1 - value / visible[row]);
  return {
    entropy: mean(entropy),
    evenness: mean(evenness, hasChoice),
    distance: mean(rows.distance),
    diagonal: mean(rows.diagonal, (row) => row < keyLength),
    previous: mean(rows.previous, (row) => row > 0 && row <= keyLength),
    first: mean(rows.first),
    induction: mean(rows.marked, (row) => marks !== undefined && marks[row] !== NO_MARK),
    sparsity: mean(sparsity, hasChoice),
  };
}
