import { assert } from 'vitest';
import { causal } from '../../src/attention/modifiers/causal';
import {
  compute,
  expectMatchesReference,
  compareToReference,
  randomData,
  shapeOf,
} from '../support/problems';
import type { Gpu } from '../../src/webgpu/device';

/** Inputs that break careless kernels: hidden garbage, huge scores, ties, non-finite values. */
interface ValueCheck {
  readonly title: string;
  run(gpu: Gpu, kernel: string): Promise<void>;
}

/** Rows that a kernel takes: decode is for few. */
const rowsFor = (kernel: string, wanted: number) =>
  kernel.startsWith('decode') ? Math.min(wanted, 30) : wanted;

const hiddenGarbage: ValueCheck = {
  title: 'hidden keys hold NaN, Infinity and garbage',
  async run(gpu, kernel) {
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
};

const nonFinite: ValueCheck = {
  title: 'visible NaN and Infinity reach exactly the rows that see them',
  async run(gpu, kernel) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 80), keyLength: 80, headSize: 8 });
    const data = randomData(shape);
    data.key[20 * 8] = NaN;
    data.value[25 * 8 + 3] = Infinity;
    const options = { kernel, mask: causal() };
    const { output } = await compute(gpu, shape, data, options);
    const first = output.slice(0, 20 * 8);
    assert(first.every(Number.isFinite), 'a row that sees only finite keys is not finite');
    assert(output.slice(20 * 8).every(Number.isNaN), 'a row that sees a NaN key is not NaN');
    const infinite = randomData(shape);
    infinite.value[25 * 8 + 3] = Infinity;
    const got = await compute(gpu, shape, infinite, options);
    const { output: result } = compareToReference(shape, infinite, got, options);
    assert(
      result.passed,
      `Infinity in a value spoils more or less than its column: ${result.worst}`,
    );
    assert(
      got.output[28 * 8 + 3] === Infinity,
      'a row that sees an infinite value is not infinite',
    );
    assert(Number.isFinite(got.output[28 * 8 + 2]), 'another column is spoilt');
  },
};

const hugeScores: ValueCheck = {
  title: 'scores in the thousands',
  async run(gpu, kernel) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 70), keyLength: 300, headSize: 32 });
    const data = randomData(shape);
    for (let i = 0; i < data.query.length; i++) data.query[i] *= 300;
    await expectMatchesReference(gpu, shape, { kernel }, data);
  },
};

const outlier: ValueCheck = {
  title: 'one huge outlier, met last',
  async run(gpu, kernel) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 40), keyLength: 700, headSize: 16 });
    const data = randomData(shape);
    data.query.fill(1);
    data.key.fill(500, 699 * 16);
    await expectMatchesReference(gpu, shape, { kernel }, data);
  },
};

const ties: ValueCheck = {
  title: 'all scores equal gives the mean',
  async run(gpu, kernel) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 40), keyLength: 530, headSize: 16 });
    const data = randomData(shape);
    data.key.fill(0.5);
    // Rounding errors of equal terms are not independent.
    await expectMatchesReference(gpu, shape, { kernel }, data, 'worst-case');
  },
};

const tiny: ValueCheck = {
  title: 'subnormal inputs',
  async run(gpu, kernel) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 40), headSize: 16 });
    const data = randomData(shape);
    for (const values of Object.values(data)) {
      for (let i = 0; i < values.length; i++) values[i] *= 1e-40;
    }
    await expectMatchesReference(gpu, shape, { kernel }, data);
  },
};

const descending: ValueCheck = {
  title: 'maxima that grow with every tile, and that only fall',
  async run(gpu, kernel) {
    const shape = shapeOf({ queryLength: rowsFor(kernel, 33), keyLength: 560, headSize: 4 });
    for (const direction of [1, -1]) {
      const data = randomData(shape);
      data.query.fill(1);
      for (let j = 0; j < 560; j++) data.key.fill((direction * j) / 20, j * 4, j * 4 + 4);
      await expectMatchesReference(gpu, shape, { kernel }, data);
    }
  },
};

export const VALUE_CHECKS = [hiddenGarbage, nonFinite, hugeScores, outlier, ties, tiny, descending];
