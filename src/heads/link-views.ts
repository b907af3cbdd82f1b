import { readDecimal, readWhole } from '../numeric/number-text';
import { type LinkField, choice, decimal, list, orNull, toggle, whole } from './link-entry';
import type { LinkOutputs } from './link-state';
import {
  LARGEST_LENGTH,
  MOST_HIDDEN,
  MOST_LOCKS,
  MOST_PINS,
  readCell,
  readToken,
  writeCell,
  writeDecimal,
  writeToken,
} from './link-values';
import type { LinkCell, LinkView } from './link-state';

const MOST_HEADS = 2 ** 16;

/** What people look at, and how: entries that each view of a head has for itself. */
export const viewFields: readonly LinkField[] = [
  choice('panel', 'panel', ['map', 'lines', 'outputs', 'compare']),
  choice('palette', 'palette', ['viridis', 'cividis', 'magma', 'grey']),
  choice('scale', 'scale', ['linear', 'log', 'rank']),
  choice('span', 'span', ['view', 'map']),
  choice('pool', 'pool', ['largest', 'mean']),
  orNull(viewField(), 'whole'),
  orNull(
    {
      name: 'cursor',
      key: 'cursor',
      read: readCell,
      write: (value) => writeCell(value as LinkCell),
      allowed: 'a row and a column from 0, as in 3:4',
    },
    'none',
  ),
  list('pins', 'pins', { read: readCell, write: writeCell }, MOST_PINS, 'cells such as 3:4'),
  decimal('mass', 'mass', { min: 0.01, max: 1 }),
  list(
    'locks',
    'locks',
    { read: readToken, write: writeToken },
    MOST_LOCKS,
    'tokens such as q3 (a query) or k4 (a key)',
  ),
  list(
    'hidden',
    'hiddenKeys',
    { read: (text) => readWhole(text, 0, LARGEST_LENGTH - 1), write: String },
    MOST_HIDDEN,
    'keys from 0',
  ),
  orNull(whole('lines-from', 'linesFrom', { min: 0, max: LARGEST_LENGTH - 1 }), 'cursor'),
  orNull(outputsField('outputs-of', 'outputsOf'), 'selected'),
  orNull(outputsField('outputs-less', 'outputsLess'), 'nothing'),
  choice('points', 'points', ['outputs', 'queries-keys']),
  toggle('one-scale', 'oneScale'),
];

function outputsField(name: string, key: 'outputsOf' | 'outputsLess'): LinkField {
  return {
    name,
    key,
    read: (text): LinkOutputs | undefined =>
      text === 'all' ? text : readWhole(text, 1, MOST_HEADS),
    write: String,
    allowed: `a head of the layer from 1 to ${MOST_HEADS}, all`,
  };
}

function viewField(): LinkField {
  const read = (text: string): LinkView | undefined => {
    const numbers = text.split(',').map((part) => readDecimal(part, 0, LARGEST_LENGTH));
    const [row, column, rows, columns] = numbers;
    if (numbers.length !== 4 || row === undefined || column === undefined) return undefined;
    return rows && columns ? { row, column, rows, columns } : undefined;
  };
  return {
    name: 'view',
    key: 'view',
    read,
    write: (value) => {
      const { row, column, rows, columns } = value as LinkView;
      return [row, column, rows, columns].map(writeDecimal).join(',');
    },
    allowed: 'row, column, rows and columns, as in 0,0,64,64, none negative and some of each',
  };
}
