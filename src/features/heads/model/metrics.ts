import type { RowStatistics } from '../../../attention/maps/weight-map';
import { NO_MARK } from './source';

/** One head in a few numbers, each a mean over rows. NaN where it is defined for no row, or where a weight is NaN. */
export interface HeadMetrics {
  readonly entropy: number;
  readonly evenness: number;
  readonly distance: number;
  readonly diagonal: number;
  readonly previous: number;
  readonly first: number;
  readonly induction: number;
  readonly sparsity: number;
}

export type MetricName = keyof HeadMetrics;

export interface MetricDescription {
  readonly name: MetricName;
  readonly label: string;
  /** One sentence. */
  readonly definition: string;
  /** "nats", "tokens"; empty for shares. */
  readonly unit: string;
  /** The value as text, without its unit; an en dash for NaN. */
  readonly format: (value: number) => string;
}

const number = (digits: number) => {
  const format = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (value: number) => (Number.isNaN(value) ? '–' : format.format(value));
};
const hundredths = number(1);
const percent = (value: number) =>
  Number.isNaN(value) ? hundredths(value) : `${hundredths(100 * value)} %`;

export const metricDescriptions: readonly MetricDescription[] = [
  {
    name: 'induction',
    label: 'Induction',
    definition:
      'Weight on the token that followed the query’s word the last time, over queries whose word came before.',
    unit: '',
    format: percent,
  },
  {
    name: 'previous',
    label: 'Previous',
    definition: 'Weight on the key just before the query, over all queries that have one.',
    unit: '',
    format: percent,
  },
  {
    name: 'diagonal',
    label: 'Diagonal',
    definition: 'Weight on the key at the query’s own position.',
    unit: '',
    format: percent,
  },
  {
    name: 'first',
    label: 'Sink',
    definition:
      'Weight on the first key, an attention sink for heads that find nothing to attend to.',
    unit: '',
    format: percent,
  },
  {
    name: 'distance',
    label: 'Distance',
    definition: 'Mean distance from query to key, weighted by attention.',
    unit: 'tokens',
    format: number(1),
  },
  {
    name: 'entropy',
    label: 'Entropy',
    definition: 'How spread the weights of a row are: −Σ w ln w.',
    unit: 'nats',
    format: number(2),
  },
  {
    name: 'evenness',
    label: 'Evenness',
    definition:
      'Entropy relative to its maximum, ln of the number of visible keys, over rows that see two or more.',
    unit: '',
    format: percent,
  },
  {
    name: 'sparsity',
    label: 'Sparsity',
    definition:
      'Share of visible keys that are effectively ignored: 1 − (1 / Σ w²) / visible, over rows that see two or more.',
    unit: '',
    format: percent,
  },
];

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
  const count = rows.entropy.length;
  const mean = (read: (row: number) => number, counts: (row: number) => boolean = () => true) => {
    let sum = 0;
    let counted = 0;
    for (let row = 0; row < count; row++) {
      if (visible[row] === 0 || !counts(row)) continue;
      sum += read(row);
      counted++;
    }
    return counted > 0 ? sum / counted : NaN;
  };
  const hasChoice = (row: number) => visible[row] > 1;
  return {
    entropy: mean((row) => rows.entropy[row]),
    evenness: mean((row) => rows.entropy[row] / Math.log(visible[row]), hasChoice),
    distance: mean((row) => rows.distance[row]),
    diagonal: mean(
      (row) => rows.diagonal[row],
      (row) => row < keyLength,
    ),
    previous: mean(
      (row) => rows.previous[row],
      (row) => row > 0 && row <= keyLength,
    ),
    first: mean((row) => rows.first[row]),
    induction: mean(
      (row) => rows.marked[row],
      (row) => marks !== undefined && marks[row] !== NO_MARK,
    ),
    sparsity: mean((row) => 1 - rows.effectiveKeys[row] / visible[row], hasChoice),
  };
}
