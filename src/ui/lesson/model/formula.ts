import type { Trace } from '../../../lessons/seq2seq/traces';
import { texFactor, texNumber, texProducts, texSoftmax, texWord } from '../arithmetic';

/** A trace with its numbers filled in and what comes of it, as TeX. */
export function traceFormula(trace: Trace, value: number): string {
  const result = texNumber(value);
  switch (trace.kind) {
    case 'drawn':
      return `${result} \\quad \\text{(drawn from the seed, for }${texWord(trace.word)}\\text{)}`;
    case 'copy':
      return `${result} \\quad \\text{(no position added)}`;
    case 'hidden':
      return '-\\infty \\quad \\text{(it comes later)}';
    case 'wave':
      return `\\${trace.wave}\\!\\left(${trace.position} / 10000^{${texNumber(trace.exponent)}}\\right) = ${result}`;
    case 'sum':
      return `${texNumber(trace.terms[0])} + ${texFactor(trace.terms[1])} = ${result}`;
    case 'softmax':
      return texSoftmax(trace.scores, trace.place, value);
    case 'norm':
      return (
        `\\dfrac{${texNumber(trace.value)} - ${texFactor(trace.mean)}}` +
        `{\\sqrt{${texNumber(trace.variance)} + 10^{-5}}} = ${result}`
      );
    case 'products':
      return `${productsFormula(trace)} = ${result}`;
  }
}

function productsFormula({ a, b, sides, size, bias }: Extract<Trace, { kind: 'products' }>) {
  const sum = texProducts(a, b, sides);
  if (bias !== undefined) return `\\max(0,\\; ${sum} + ${texFactor(bias)})`;
  // A fraction would be one long line; a factor before brackets can be broken.
  return size === undefined ? sum : `\\tfrac{1}{\\sqrt{${size}}}\\,(${sum})`;
}
