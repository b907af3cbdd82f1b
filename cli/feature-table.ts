import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { kernels } from '../src/attention/kernels/index';
import type { Kernel } from '../src/attention/kernels/kernel';
import { modifiers } from '../src/attention/modifiers/index';
import { causal } from '../src/attention/modifiers/causal';
import { type ProblemOptions, createProblem } from '../src/attention/problem';
import type { Shape } from '../src/attention/layout';
import type { ElementType } from '../src/numeric/float16';
import { root } from './bootstrap.mjs';

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
  ...modifiers.map(({ label, call, examples }) => {
    const [{ mask, scoreModifiers }] = examples(SMALL.keyLength, SMALL.heads);
    return { name: label, how: `\`${call}\``, options: { mask, scoreModifiers } };
  }),
  {
    name: 'Causal, an offset per batch element',
    how: '`causal([…])`',
    options: { mask: causal([2]) },
  },
  { name: 'Learned sinks', how: '`sinks: […]`', options: { sinks: [0, 0] } },
  { name: 'Log-sum-exp', how: '`logSumExp: true`' },
];

const TYPES: readonly ElementType[] = ['f32', 'f16'];

function supports(kernel: Kernel, { shape, options }: Feature, type: ElementType): boolean {
  return !kernel.unsupported?.(createProblem({ ...SMALL, ...shape }, { ...options, type }));
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
  if (!BLOCK.test(text)) throw new Error('README.md has no markers for the table of features');
  return text.replace(
    BLOCK,
    (_all, begin: string, end: string) => `${begin}\n\n${featureTable()}\n\n${end}`,
  );
}

/** `npm run docs`: updates the README's table of features. */
export async function main(): Promise<number> {
  const path = join(root, 'README.md');
  await writeFile(path, await updatedReadme(await readFile(path, 'utf8')));
  return 0;
}

/** The README as it should be, formatted. */
export async function updatedReadme(readme: string): Promise<string> {
  const config = await prettier.resolveConfig(join(root, 'README.md'));
  return prettier.format(withFeatureTable(readme), { ...config, parser: 'markdown' });
}
