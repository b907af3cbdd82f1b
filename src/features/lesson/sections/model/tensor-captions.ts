import { extent, greatest } from 'd3-array';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import type { Matrix } from '../../model/matrix';
import type { ForwardPass, PassTensor } from '../../model/seq2seq/forward';
import type { Derivation } from '../../model/seq2seq/traces';
import { texFactor, texNumber, texProducts, texSoftmax, texWord } from '../../parts/arithmetic';
import type { Shading } from '../../parts/number-table';
import { roles } from '../../parts/styles';

/** How a number was computed, with its numbers filled in, as TeX. */
export function derivationFormula(derivation: Derivation, value: number): string {
  const result = texNumber(value);
  switch (derivation.kind) {
    case 'drawn':
      return `${result} \\quad \\text{(drawn from the seed, for }${texWord(derivation.word)}\\text{)}`;
    case 'copy':
      return `${result} \\quad \\text{(no position added)}`;
    case 'hidden':
      return '-\\infty \\quad \\text{(it comes later)}';
    case 'wave':
      return `\\${derivation.wave}\\!\\left(${derivation.position} / 10000^{${texNumber(derivation.exponent)}}\\right) = ${result}`;
    case 'sum':
      return `${texNumber(derivation.terms[0])} + ${texFactor(derivation.terms[1])} = ${result}`;
    case 'softmax':
      return texSoftmax(derivation.scores, derivation.index, value);
    case 'norm':
      return (
        `\\dfrac{${texNumber(derivation.value)} - ${texFactor(derivation.mean)}}` +
        `{\\sqrt{${texNumber(derivation.variance)} + 10^{-5}}} = ${result}`
      );
    case 'products':
      return `${productsFormula(derivation)} = ${result}`;
  }
}

function productsFormula({ a, b, sides, size, bias }: Extract<Derivation, { kind: 'products' }>) {
  const sum = texProducts(a, b, sides);
  if (bias !== undefined) return `\\max(0,\\; ${sum} + ${texFactor(bias)})`;
  // A fraction would be one long line; a factor before brackets can be broken.
  return size === undefined ? sum : `\\tfrac{1}{\\sqrt{${size}}}\\,(${sum})`;
}

/** The last part of a tensor's name: "weights". */
export const stepOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The role that tints a tensor's tables, their shading and their decimals. */
export function tableStyle(name: string) {
  const step = stepOf(name);
  // Scores have the role "score"; what the heads put out is output too.
  const named = step === 'heads' ? 'output' : roles.find((role) => step.startsWith(role));
  const role = name.includes('feed-forward') ? '' : (named ?? '');
  const isShare = step === 'weights' || step === 'probabilities';
  const shading: Shading = isShare ? 'share' : 'signed';
  return { role, shading, decimals: isShare ? 3 : 2 };
}

export function tensorCaption(tensor: PassTensor, pass: ForwardPass): string {
  switch (stepOf(tensor.name)) {
    case 'weights':
      return tensor.matrices
        .map((matrix, head) => describeStrongest(tensor, matrix, head))
        .join(' ');
    case 'scores': {
      const scores = tensor.matrices[0].flat();
      const hidden = scores.filter((score) => score === -Infinity).length;
      return hidden === 0
        ? `No score is hidden. ${describeRange(tensor)}`
        : `${hidden} of ${scores.length} scores of each head are −∞: words that come later. ${describeRange(tensor)}`;
    }
    case 'probabilities':
      return describeLikeliest(tensor, pass);
    default:
      return describeRange(tensor);
  }
}

function describeStrongest({ rowLabels, columnLabels }: PassTensor, matrix: Matrix, head: number) {
  // A row that sees a single word gives it all its weight, which says nothing.
  const cells = matrix.flatMap((row, i) =>
    row.filter((weight) => weight > 0).length < 2
      ? []
      : row.map((weight, j) => ({ weight, row: rowLabels[i], column: columnLabels![j] })),
  );
  const only = { weight: matrix[0][0], row: rowLabels[0], column: columnLabels![0] };
  const { weight, row, column } = greatest(cells, (cell) => cell.weight) ?? only;
  return `In head ${head + 1}, ${row} gives ${column} the largest weight, ${formatFixed(weight)}.`;
}

function describeLikeliest(
  { rowLabels, columnLabels, matrices }: PassTensor,
  { vocabulary }: ForwardPass,
) {
  const last = matrices[0].at(-1)!;
  const max = Math.max(...last);
  const even = 1 / vocabulary.length;
  return `After “${rowLabels.at(-1)}” it would be ${columnLabels![last.indexOf(max)]}, with ${formatFixed(max)}; a blind guess has ${formatFixed(even)}. Neither means anything: the weights are untrained.`;
}

function describeRange({ matrices }: PassTensor): string {
  const [min, max] = extent(matrices.flat(2).filter(Number.isFinite));
  return `Values from ${formatDecimal(min!, 2)} to ${formatDecimal(max!, 2)}.`;
}
