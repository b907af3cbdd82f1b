import type { ForwardPass } from '../../../lessons/seq2seq/forward';
import type { Matrix } from '../../../lessons/matrix';
import type { NamedTensor } from '../../../lessons/seq2seq/tensors';
import { digits, plainDigits } from '../digits';
import type { Shading } from '../number-table';

/** The last part of a tensor's name: "weights". */
export const stepOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** "2 × 6 × 6" */
export const shapeOf = ({ shape }: NamedTensor): string => shape.join(' × ');

const CONCEPTS: Readonly<Record<string, string>> = {
  query: 'query',
  key: 'key',
  value: 'value',
  scores: 'score',
  weights: 'weight',
  heads: 'output',
  output: 'output',
};

export const conceptOf = (name: string): string =>
  name.includes('feed-forward') ? '' : (CONCEPTS[stepOf(name)] ?? '');

const SHARES = ['weights', 'probabilities'];

export const shadingOf = (name: string): Shading =>
  SHARES.includes(stepOf(name)) ? 'share' : 'signed';

export const placesOf = (name: string): number => (SHARES.includes(stepOf(name)) ? 3 : 2);

/** What a tensor shows now, as a sentence or two. */
export function tensorInWords(tensor: NamedTensor, pass: ForwardPass): string {
  switch (stepOf(tensor.name)) {
    case 'weights':
      return tensor.matrices.map((matrix, head) => strongest(tensor, matrix, head)).join(' ');
    case 'scores': {
      const hidden = tensor.matrices[0].flat().filter((score) => score === -Infinity).length;
      return hidden === 0
        ? `No score is hidden. ${range(tensor)}`
        : `${hidden} of ${tensor.matrices[0].flat().length} scores of each head are −∞: words that come later. ${range(tensor)}`;
    }
    case 'probabilities':
      return likeliest(tensor, pass);
    default:
      return range(tensor);
  }
}

/** Who attends most to whom. */
function strongest({ rowLabels, columnLabels }: NamedTensor, matrix: Matrix, head: number) {
  let best = { row: 0, column: 0 };
  // What sees one word alone gives it everything, and tells nothing.
  matrix.forEach((row, i) => {
    if (row.filter((weight) => weight > 0).length < 2) return;
    row.forEach((weight, j) => {
      const isBetter =
        weight > matrix[best.row][best.column] || matrix[best.row][best.column] === 1;
      if (isBetter) best = { row: i, column: j };
    });
  });
  const { row, column } = best;
  const weight = digits(matrix[row][column]);
  return `In head ${head + 1}, ${rowLabels[row]} gives ${columnLabels![column]} the largest weight, ${weight}.`;
}

function likeliest(
  { rowLabels, columnLabels, matrices }: NamedTensor,
  { vocabulary }: ForwardPass,
) {
  const last = matrices[0].at(-1)!;
  const most = Math.max(...last);
  const even = 1 / vocabulary.length;
  return `After “${rowLabels.at(-1)}” it would be ${columnLabels![last.indexOf(most)]}, with ${digits(most)}; a blind guess has ${digits(even)}. Neither means anything: the weights are untrained.`;
}

function range({ matrices }: NamedTensor): string {
  const values = matrices.flat(2).filter(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `Values from ${plainDigits(least, 2)} to ${plainDigits(most, 2)}.`;
}
