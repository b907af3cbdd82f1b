import { describe, expect, it } from 'vitest';
import {
  type Extents,
  type Options,
  compareToReference,
  randomData,
  shapeOf,
} from '../../../../tests/support/problems';
import { compile, readSources } from '../../../../vite-assembly.ts';
import { causal } from '../../modifiers/causal';
import { createProblem } from '../../problem';
import { fastAttention } from './fast-attention';

/** Wrong twins of the fast CPU path: the checks must see each of these mistakes. */
interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly extents?: Extents;
  readonly options?: Options;
  /** Values of a key that one row must not see. */
  readonly hiddenValue?: number;
}

const LONG: Extents = { heads: 2, kvHeads: 1, queryLength: 70, keyLength: 200, headSize: 64 };
const FEW: Extents = { queryLength: 3, keyLength: 200, headSize: 39, valueSize: 43 };

const mutants: readonly Mutant[] = [
  {
    name: 'outputs are not corrected when the maximum grows',
    file: 'values.ts',
    find: 'f32x4.mul(v128.load(outputs, 48), cb)',
    replace: 'v128.load(outputs, 48)',
  },
  {
    name: 'sums are not corrected when the maximum grows',
    file: 'softmax.ts',
    find: 'f32x4.mul(v128.load(sums), correction)',
    replace: 'v128.load(sums)',
  },
  {
    name: 'the last value of the head is left out',
    file: 'scores.ts',
    find: 'i < size;',
    replace: 'i < size - 1;',
  },
  {
    name: 'the last keys, fewer than four, are left out',
    file: 'scores.ts',
    find: 'done < count;',
    replace: 'done + 3 < count;',
    extents: { ...LONG, keyLength: 66 },
  },
  {
    name: 'the diagonal is off by one',
    file: 'scores.ts',
    find: 'i32x4.lt_s(here, end)',
    replace: 'i32x4.le_s(here, end)',
    options: { mask: causal() },
  },
  {
    name: 'strips on the diagonal count as visible',
    file: 'attention.ts',
    find: 'const mixed = first < range.allFirst || first + count > range.allEnd;',
    replace: 'const mixed = false;',
    options: { mask: causal() },
  },
  {
    name: 'hidden values are taken to be finite',
    file: 'attention.ts',
    find: '!mixed || areHiddenFinite(block, range, first, first + count)',
    replace: 'true',
    options: { mask: causal() },
    hiddenValue: NaN,
  },
  {
    name: 'weights are rounded to whole powers of two',
    file: 'vector.ts',
    find: 'f32x4.mul(p, power)',
    replace: 'power',
  },
  {
    name: 'decoding: the tail of the head is left out',
    file: 'decode.ts',
    find: 'for (; at < end; at += 4)',
    replace: 'for (; at < 0; at += 4)',
    extents: FEW,
  },
  {
    name: 'decoding: keys past the end have weight',
    file: 'decode.ts',
    find: 'store<f32>(tail, -Infinity)',
    replace: 'store<f32>(tail, 0)',
    extents: { ...FEW, keyLength: 66 },
  },
  {
    name: 'decoding: the last columns are left out',
    file: 'decode.ts',
    find: 'column < size; column += 32',
    replace: 'column + 32 < size; column += 32',
    extents: FEW,
  },
];

const FOLDER = 'src/attention/cpu/fast/assembly';

async function moduleWith({ file, find, replace }: Pick<Mutant, 'file' | 'find' | 'replace'>) {
  const sources = await readSources(FOLDER);
  const source = sources.get(file)!;
  expect(source, 'the mutation finds nothing to change').toContain(find);
  sources.set(file, source.replace(find, replace));
  const base64 = await compile('attention.ts', sources);
  return WebAssembly.compile(Buffer.from(base64, 'base64'));
}

async function outcomeOf(mutant: Mutant) {
  const { extents = LONG, options = {}, hiddenValue } = mutant;
  const shape = shapeOf(extents);
  const data = randomData(shape);
  // Row 0 must not see key 1, which the next rows of its strip see; they are not judged.
  if (hiddenValue !== undefined) data.value.fill(hiddenValue, shape.valueSize, 2 * shape.valueSize);
  const problem = createProblem(shape, options);
  const got = await fastAttention(problem, data, { module: await moduleWith(mutant) });
  if (hiddenValue !== undefined)
    return got.output.subarray(0, shape.valueSize).every(Number.isFinite);
  return compareToReference(shape, data, got, options).output.passed;
}

describe('a mutant is caught', () => {
  it('and the original is not', async () => {
    const same = { file: 'scores.ts', find: 'i < size;', replace: 'i < size;' };
    expect(await outcomeOf({ name: 'none', ...same })).toBe(true);
    const hidden = { options: { mask: causal() }, hiddenValue: NaN };
    expect(await outcomeOf({ name: 'none', ...same, ...hidden })).toBe(true);
    expect(await outcomeOf({ name: 'none', ...same, extents: FEW })).toBe(true);
  }, 30_000);

  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    '%s',
    async (_name, mutant) => {
      expect(await outcomeOf(mutant)).toBe(false);
    },
    30_000,
  );
});
