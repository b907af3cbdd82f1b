import { describe, expect, it } from 'vitest';
import { plainAttention } from '../../../../attention/cpu/plain';
import { rowCount } from '../../../../attention/reference';
import type { Matrix } from '../matrix';
import { type Attend, attendByReference } from './attend';
import { END, forward, type ForwardPass } from './forward';
import { layerNorm, sinusoidalPositions, untrainedWeights } from './layers';

const source = ['The', 'prisoner', 'sat', 'in', 'his', 'cell'];
const target = ['Le', 'prisonnier', 'était', 'assis'];
const weights = untrainedWeights(5);

const expectClose = (got: Matrix, want: Matrix, digits = 11) => {
  expect(got).toHaveLength(want.length);
  want.forEach((row, i) => row.forEach((value, j) => expect(got[i][j]).toBeCloseTo(value, digits)));
};
const matrix = (pass: ForwardPass, name: string, head = 0) =>
  pass.tensors.get(name)!.matrices[head];
/** In another way than the code: sums over explicit indices. */
const product = (a: Matrix, b: Matrix) =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));

const permutation = [3, 0, 5, 1, 4, 2];
const shuffled = permutation.map((i) => source[i]);

describe('rows 1 and 16: an encoder and a decoder', async () => {
  const pass = await forward({ source, target, weights });

  it('name every intermediate, with its shape', () => {
    const shapes = Object.fromEntries([...pass.tensors].map(([name, { shape }]) => [name, shape]));
    expect(shapes).toMatchObject({
      'encoder.embedding': [6, 16],
      'encoder.positions': [6, 16],
      'encoder.input': [6, 16],
      'encoder.attention.scores': [2, 6, 6],
      'encoder.attention.weights': [2, 6, 6],
      'encoder.feed-forward.hidden': [6, 32],
      'encoder.feed-forward.norm': [6, 16],
      'decoder.attention.weights': [2, 5, 5],
      'decoder.cross.query': [5, 16],
      'decoder.cross.key': [6, 16],
      'decoder.cross.value': [6, 16],
      'decoder.cross.weights': [2, 5, 6],
      'output.logits': [5, 5],
    });
    expect(pass.tensors.get('decoder.cross.weights')).toMatchObject({
      rowLabels: ['<start>', ...target],
      columnLabels: source,
    });
    expect(pass.vocabulary).toEqual([...target, END]);
  });

  it.each([
    ['encoder.attention', 6],
    ['decoder.attention', 5],
    ['decoder.cross', 5],
  ])('%s: weights times values is what the reference found', (name, rows) => {
    for (const head of [0, 1]) {
      const columns = (all: Matrix) => all.map((row) => row.slice(8 * head, 8 * head + 8));
      const found = product(
        matrix(pass, `${name}.weights`, head),
        columns(matrix(pass, `${name}.value`)),
      );
      expectClose(columns(matrix(pass, `${name}.heads`)), found);
      const [first] = matrix(pass, `${name}.scores`, head);
      const [query] = columns(matrix(pass, `${name}.query`));
      const [key] = columns(matrix(pass, `${name}.key`));
      const dot = query.reduce((sum, value, d) => sum + value * key[d], 0);
      expect(first[0]).toBeCloseTo(dot / Math.sqrt(8), 12);
      expect(matrix(pass, `${name}.weights`, head)).toHaveLength(rows);
    }
  });

  it('cross-attention takes queries from the decoder, keys and values from the encoder', () => {
    const { cross } = weights.decoder;
    expectClose(
      matrix(pass, 'decoder.cross.query'),
      product(matrix(pass, 'decoder.attention.norm'), cross.wq),
    );
    expectClose(matrix(pass, 'decoder.cross.key'), product(pass.memory, cross.wk));
    expectClose(matrix(pass, 'decoder.cross.value'), product(pass.memory, cross.wv));
  });

  it('residual paths add, norms have mean 0 and variance 1', () => {
    const [before, change, sum] = ['input', 'attention.output', 'attention.residual'].map((name) =>
      matrix(pass, `encoder.${name}`),
    );
    expectClose(
      sum,
      before.map((row, i) => row.map((value, j) => value + change[i][j])),
      14,
    );
    for (const row of matrix(pass, 'encoder.attention.norm')) {
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
      expect(row.reduce((a, b) => a + b * b, 0) / 16).toBeCloseTo(1, 3);
    }
    expect(layerNorm([[2, 2]])).toEqual([[0, 0]]);
  });

  it('probabilities are probabilities', () => {
    for (const row of pass.probabilities) {
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
      expect(Math.min(...row)).toBeGreaterThan(0);
    }
  });

  it('the decoder sees nothing that comes later', async () => {
    const other = await forward({ source, target: ['Le', 'prisonnier', 'dort', 'mal'], weights });
    expectClose(other.decoded.slice(0, 3), pass.decoded.slice(0, 3), 14);
    expect(other.decoded[3]).not.toEqual(pass.decoded[3]);
    matrix(pass, 'decoder.attention.weights').forEach((row, i) =>
      expect(row.slice(i + 1)).toEqual(row.slice(i + 1).map(() => 0)),
    );
  });

  it('without positions, shuffled words give shuffled outputs, and the decoder notices nothing', async () => {
    const options = { target, weights, positions: false };
    const [straight, mixed] = [
      await forward({ ...options, source }),
      await forward({ ...options, source: shuffled }),
    ];
    // Exactly, but for the order of sums: a few units in the last place.
    expectClose(
      mixed.memory,
      permutation.map((i) => straight.memory[i]),
      12,
    );
    expectClose(mixed.decoded, straight.decoded, 12);
    expect(straight.tensors.has('encoder.positions')).toBe(false);
  });

  it('with positions, it matters where a word stands', async () => {
    const mixed = await forward({ source: shuffled, target, weights });
    const change = permutation.flatMap((i, to) =>
      pass.memory[i].map((value, d) => Math.abs(value - mixed.memory[to][d])),
    );
    expect(Math.max(...change)).toBeGreaterThan(0.1);
  });

  it('computes attention by what it is given', async () => {
    const calls: string[] = [];
    const plain: Attend = async (problem, operands) => {
      calls.push(`${problem.shape.queryLength} × ${problem.shape.keyLength}`);
      const rows = Array.from({ length: rowCount(problem) }, (_, i) => i);
      const output = new Float32Array(rows.length * problem.shape.valueSize);
      plainAttention(problem, operands, rows, output);
      return output;
    };
    const onPlain = await forward({ source, target, weights, attend: plain });
    expect(calls).toEqual(['6 × 6', '5 × 5', '5 × 6']);
    // Outputs stored as float32 cost 2⁻²⁴ of their size, three times over.
    expectClose(onPlain.decoded, pass.decoded, 5);
    const zeros: Attend = (problem, operands) => Array.from(await0(problem, operands), () => 0);
    const without = await forward({ source, target, weights, attend: zeros });
    expect(without.decoded).not.toEqual(pass.decoded);
  });

  it('is the same for the same seed', async () => {
    const again = await forward({ source, target, weights: untrainedWeights(5) });
    expect(again.decoded).toEqual(pass.decoded);
    const other = await forward({ source, target, weights: untrainedWeights(6) });
    expect(other.decoded).not.toEqual(pass.decoded);
    expect(weights.note).toMatch(/Untrained/);
  });
});

const await0 = (...given: Parameters<Attend>) => attendByReference(...given) as Float64Array;

describe('positions', () => {
  it('are sines and cosines of ever longer waves', () => {
    const waves = sinusoidalPositions(4, 6);
    expect(waves[0]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(waves[3][0]).toBeCloseTo(Math.sin(3), 15);
    expect(waves[3][3]).toBeCloseTo(Math.cos(3 / 10000 ** (2 / 6)), 15);
    expect(waves[2][4]).toBeCloseTo(Math.sin(2 / 10000 ** (4 / 6)), 15);
  });
});
