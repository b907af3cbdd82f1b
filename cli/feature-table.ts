import { kernels } from '../src/attention/kernels/index';
import type { Kernel } from '../src/attention/kernels/kernel';
import { alibi } from '../src/attention/modifiers/alibi';
import { causal } from '../src/attention/modifiers/causal';
import { and, or } from '../src/attention/modifiers/combine';
import { documents } from '../src/attention/modifiers/documents';
import { keyLengths } from '../src/attention/modifiers/key-lengths';
import { prefixLm, windowWithSinks } from '../src/attention/modifiers/combine';
import { packedSequences } from '../src/attention/modifiers/row-ranges';
import { slidingWindow } from '../src/attention/modifiers/sliding-window';
import { tensorBias, tensorMask } from '../src/attention/modifiers/tensor-mask';
import { type ProblemOptions, createProblem } from '../src/attention/problem';
import type { Shape } from '../src/attention/layout';
import type { ElementType } from '../src/numeric/float16';

/** A feature, with the smallest problem that uses it. */
interface Feature {
  readonly name: string;
  readonly how: string;
  readonly shape?: Partial<Shape>;
  readonly options?: ProblemOptions;
}

const SMALL: Shape = {
  batch: 1,
  heads: 2,
  kvHeads: 2,
  queryLength: 4,
  keyLength: 4,
  headSize: 8,
  valueSize: 8,
};

const features: readonly Feature[] = [
  { name: 'More than 32 queries', how: 'any tensor', shape: { queryLength: 33 } },
  { name: 'S ≠ L', how: 'any tensors', shape: { keyLength: 9 } },
  { name: 'E ≠ D', how: 'any tensors', shape: { valueSize: 5 } },
  { name: 'Grouped heads', how: 'fewer key heads', shape: { kvHeads: 1 } },
  { name: 'Layouts by strides', how: "`layout: 'bshd'`", options: { layout: 'bshd' } },
  { name: 'Scale', how: '`scale`', options: { scale: 1 } },
  { name: 'Soft cap', how: '`softcap`', options: { softcap: 30 } },
  { name: 'Causal, any offset', how: '`causal(offset)`', options: { mask: causal(-1) } },
  {
    name: 'Causal, an offset per batch element',
    how: '`causal([…])`',
    options: { mask: causal([2]) },
  },
  { name: 'Windows', how: '`slidingWindow(left, right)`', options: { mask: slidingWindow(1, 0) } },
  { name: 'Key lengths', how: '`keyLengths([…])`', options: { mask: keyLengths([3]) } },
  { name: 'Prefix LM', how: '`prefixLm(n)`', options: { mask: prefixLm(2) } },
  {
    name: 'Window with sink tokens',
    how: '`windowWithSinks(left, n)`',
    options: { mask: windowWithSinks(1, 1) },
  },
  { name: 'Documents', how: '`documents(ids)`', options: { mask: documents([0, 0, 1, 1]) } },
  {
    name: 'Packed sequences',
    how: '`packedSequences(starts)`',
    options: { mask: packedSequences([0, 1, 4]) },
  },
  {
    name: 'Boolean mask, rank 1–4',
    how: '`tensorMask(dims, values)`',
    options: { mask: tensorMask([4], [1, 1, 1, 0]) },
  },
  {
    name: 'Additive mask, rank 1–4',
    how: '`bias: tensorBias(dims, values)`',
    options: { bias: tensorBias([4], new Float32Array(4)) },
  },
  {
    name: 'Masks joined',
    how: '`and(…)`, `or(…)`',
    options: { mask: and(causal(), or(causal(), slidingWindow(1, 1))) },
  },
  {
    name: 'Linear biases',
    how: '`scoreModifiers: [alibi(slopes)]`',
    options: { scoreModifiers: [alibi([1, 0.5])] },
  },
  { name: 'Learned sinks', how: '`sinks: […]`', options: { sinks: [0, 0] } },
  { name: 'Log-sum-exp', how: '`logSumExp: true`' },
];

const TYPES: readonly ElementType[] = ['f32', 'f16'];

function supports(kernel: Kernel, { shape, options }: Feature, type: ElementType): boolean {
  return !kernel.refuses?.(createProblem({ ...SMALL, ...shape }, { ...options, type }));
}

/** What each kernel can do, as a Markdown table; what the kernels say themselves decides. */
export function featureTable(): string {
  const header = ['feature', 'how', ...kernels.map(({ name }) => name)];
  const rows = features.map((feature) => [
    feature.name,
    feature.how,
    ...kernels.map(
      (kernel) => TYPES.filter((type) => supports(kernel, feature, type)).join(', ') || '–',
    ),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const BLOCK = /(<!-- features -->)[\s\S]*?(<!-- end of features -->)/;

/** A text with its table of features brought up to date. */
export function withFeatureTable(text: string): string {
  if (!BLOCK.test(text)) throw new Error('README.md has no place for the table of features');
  return text.replace(
    BLOCK,
    (_all, begin: string, end: string) => `${begin}\n\n${featureTable()}\n\n${end}`,
  );
}
