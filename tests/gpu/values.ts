import { kernels } from '../../src/attention/kernels/index';
import { causal } from '../../src/attention/modifiers/causal';
import {
  compute,
  expectMatchesReference,
  compareToReference,
  randomData,
  shapeOf,
} from '../support/problems';
import { type KernelCase, type KernelSuite, check } from '../support/suite';

/** Inputs that break careless kernels: hidden garbage, huge scores, ties, non-finite values. */
type Build = (kernel: string) => KernelCase;

/** Rows that a kernel takes: decode is for few. */
const rowsFor = (kernel: string, wanted: number) =>
  kernel.startsWith('decode') ? Math.min(wanted, 30) : wanted;

const hiddenGarbage: Build = (kernel) => ({
  name: `${kernel}: hidden keys hold NaN, Infinity and garbage`,
  async run(gpu) {
    const queryLength = rowsFor(kernel, 70);
    const shape = shapeOf({ heads: 2, queryLength, keyLength: 100, headSize: 20 });
    const data = randomData(shape);
    // The last row sees keys up to 69: those from 70 on are hidden from all rows, in both heads.
    const garbage = [NaN, Infinity, -Infinity, 3e38];
    for (let head = 0; head < 2; head++) {
      for (let i = (head * 100 + 70) * 20; i < (head + 1) * 2000; i++) {
        data.key[i] = garbage[i % 4];
        data.value[i] = garbage[(i + 1) % 4];
      }
    }
    await expectMatchesReference(gpu, shape, { kernel, mask: causal(70 - queryLength) }, data);
  },
});

const nonFinite: Build = (kernel) => ({
  name: `${kernel}: visible NaN and Infinity reach exactly the rows that see them`,
  async run(gpu) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 80), keyLength: 80, headSize: 8 });
    const data = randomData(shape);
    data.key[20 * 8] = NaN;
    data.value[25 * 8 + 3] = Infinity;
    const options = { kernel, mask: causal() };
    const { output } = await compute(gpu, shape, data, options);
    const first = output.slice(0, 20 * 8);
    check(first.every(Number.isFinite), 'a row that sees only finite keys is not finite');
    check(output.slice(20 * 8).every(Number.isNaN), 'a row that sees a NaN key is not NaN');
    const infinite = randomData(shape);
    infinite.value[25 * 8 + 3] = Infinity;
    const got = await compute(gpu, shape, infinite, options);
    const { output: result } = compareToReference(shape, infinite, got, options);
    check(
      result.passed,
      `Infinity in a value spoils more or less than its column: ${result.worst}`,
    );
    check(got.output[28 * 8 + 3] === Infinity, 'a row that sees an infinite value is not infinite');
    check(Number.isFinite(got.output[28 * 8 + 2]), 'another column is spoilt');
  },
});

const hugeScores: Build = (kernel) => ({
  name: `${kernel}: scores in the thousands`,
  async run(gpu) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 70), keyLength: 300, headSize: 32 });
    const data = randomData(shape);
    for (let i = 0; i < data.query.length; i++) data.query[i] *= 300;
    await expectMatchesReference(gpu, shape, { kernel }, data);
  },
});

const outlier: Build = (kernel) => ({
  name: `${kernel}: one huge outlier, met last`,
  async run(gpu) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 40), keyLength: 700, headSize: 16 });
    const data = randomData(shape);
    data.query.fill(1);
    data.key.fill(500, 699 * 16);
    await expectMatchesReference(gpu, shape, { kernel }, data);
  },
});

const ties: Build = (kernel) => ({
  name: `${kernel}: all scores equal gives the mean`,
  async run(gpu) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 40), keyLength: 530, headSize: 16 });
    const data = randomData(shape);
    data.key.fill(0.5);
    // Rounding errors of equal terms are not independent.
    await expectMatchesReference(gpu, shape, { kernel }, data, 'worst-case');
  },
});

const tiny: Build = (kernel) => ({
  name: `${kernel}: subnormal inputs`,
  async run(gpu) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 40), headSize: 16 });
    const data = randomData(shape);
    for (const values of Object.values(data)) {
      for (let i = 0; i < values.length; i++) values[i] *= 1e-40;
    }
    await expectMatchesReference(gpu, shape, { kernel }, data);
  },
});

const descending: Build = (kernel) => ({
  name: `${kernel}: maxima that grow with every tile, and that only fall`,
  async run(gpu) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 33), keyLength: 560, headSize: 4 });
    for (const direction of [1, -1]) {
      const data = randomData(shape);
      data.query.fill(1);
      for (let j = 0; j < 560; j++) data.key.fill((direction * j) / 20, j * 4, j * 4 + 4);
      await expectMatchesReference(gpu, shape, { kernel }, data);
    }
  },
});

export const BUILDERS = [hiddenGarbage, nonFinite, hugeScores, outlier, ties, tiny, descending];

export const values: KernelSuite = {
  name: 'values',
  cases: kernels.flatMap(({ name }) => BUILDERS.map((build) => build(name))),
};
