import { assert, describe } from 'vitest';
import type { Shape } from '../../src/attention/layout';
import { MAP_KERNELS } from '../../src/attention/maps/inputs';
import { causal } from '../../src/attention/modifiers/causal';
import { SCORE_STAGES } from '../../src/attention/score-map';
import type { Gpu } from '../../src/webgpu/device';
import {
  type Extents,
  type Options,
  compute,
  compareToReference,
  randomData,
  shapeOf,
} from '../support/problems';
import { test } from '../support/gpu';
import { compareHeads, type MapOptions, marksOf, regionsOf } from '../support/head-maps';
import { LONG_KEYS, withArchitecture, withMutation } from '../support/mutation';
import { compareMap } from '../support/score-maps';

/**
 * Mutants: each is a kernel with one deliberate mistake, made in its source just before it compiles.
 * The checks of the other suites must see every one of them, or they are no checks.
 */
interface Mutant {
  readonly name: string;
  /** A kernel's name, the stage of a map, or the kernel of the maps of single heads. */
  readonly kernel: string;
  readonly find: string;
  readonly replace: string;
  readonly extents: Extents;
  readonly options?: Options;
  /** Taken for a slow device, where long keys are met part by part. */
  readonly slow?: true;
}

const LONG: Extents = { heads: 2, kvHeads: 1, queryLength: 70, keyLength: 200, headSize: 64 };
const GROUPED: Extents = { heads: 4, kvHeads: 2, queryLength: 40, headSize: 32 };
const FULL = ['flash', 'three-pass'];

const SPLIT: Extents = { heads: 4, kvHeads: 2, queryLength: 3, keyLength: 1100, headSize: 64 };

/** Mistakes in the maps of single heads; `kernel` says whose. */
const MAP_MUTANTS: readonly Mutant[] = [
  {
    name: 'moments are not rescaled when the maximum grows',
    kernel: 'maps, workgroup',
    find: 'moments = rescaled_moment_rows(moments, maxima, grown);',
    replace: '',
    extents: LONG,
  },
  {
    name: 'the exponents keep their old maximum',
    kernel: 'maps, direct',
    find: 'moments.y - growth * moments.x',
    replace: 'moments.y',
    extents: LONG,
  },
  {
    name: 'squares are rescaled once',
    kernel: 'maps, direct',
    find: 'factor * moments.z',
    replace: 'moments.z',
    extents: LONG,
  },
  {
    name: 'the row’s threads have a maximum each',
    kernel: 'maps, workgroup',
    find: 'let maxima = row_maxima(thread, own.maxima);',
    replace: 'let maxima = own.maxima;',
    extents: LONG,
  },
  {
    name: 'distances are signed',
    kernel: 'maps, direct',
    find: 'return abs(f32(query)',
    replace: 'return (f32(query)',
    extents: LONG,
  },
  {
    name: 'the key before is the key after',
    kernel: 'maps, workgroup',
    find: 'return query - 1u;',
    replace: 'return query + 1u;',
    extents: LONG,
  },
  {
    name: 'weights are not divided by their sum',
    kernel: 'maps, direct',
    find: '* parameters.score_unit) * factor;',
    replace: '* parameters.score_unit);',
    extents: LONG,
  },
  {
    name: 'rows that are not there count',
    kernel: 'maps, direct',
    find: ' | vec4<bool>(!exists)',
    replace: '',
    // A thread whose last rows are missing, and scores so large that their powers overflow.
    extents: { queryLength: 37, keyLength: 128, headSize: 8 },
    options: { scale: 30 },
  },
  {
    name: 'the last threads across are left out',
    kernel: 'maps, workgroup',
    find: 'min(region.columns_of_cell, TILE_KEYS) / 4u;',
    replace: 'min(region.columns_of_cell, TILE_KEYS) / 4u - 1u;',
    extents: LONG,
  },
  {
    name: 'pairs of rows are pooled crosswise',
    kernel: 'maps, direct',
    find: 'p = larger(p, mat4x4<f32>(p[1], p[0], p[3], p[2]));',
    replace: 'p = larger(p, mat4x4<f32>(p[3], p[2], p[1], p[0]));',
    extents: LONG,
  },
  {
    name: 'a wide cell keeps what the one before it had',
    kernel: 'maps, direct',
    find: 'pooled = Pooled();\n    }',
    replace: '}',
    extents: LONG,
  },
  {
    name: 'hidden tiles keep what was there',
    kernel: 'maps, workgroup',
    find: 'pooled.sums + weights',
    replace: 'weights',
    extents: LONG,
  },
];

const mutants: readonly Mutant[] = [
  ...MAP_MUTANTS,
  {
    name: 'threads do not wait for one another’s weights',
    kernel: 'flash',
    find: 'share_weights(x, y, weights);\n    if (!VALUES_STAGED) { workgroupBarrier(); }',
    replace: 'share_weights(x, y, weights);',
    extents: LONG,
  },
  {
    name: 'sums are not rescaled when the maximum grows',
    kernel: 'flash-direct',
    find: 'Rows(scale_columns(rows.upper, factors.upper)',
    replace: 'Rows(rows.upper',
    extents: LONG,
  },
  {
    name: 'every tile starts anew',
    kernel: 'flash-direct',
    find: '    tiles++;\n',
    replace: '',
    extents: LONG,
  },
  {
    name: 'all lanes load the same key',
    kernel: 'flash-direct',
    find: 'own_row = lane % 4u;',
    replace: '',
    extents: LONG,
  },
  {
    name: 'threads take overlapping rows',
    kernel: 'flash-direct',
    find: 'let first_row = 8u * thread;',
    replace: 'let first_row = 7u * thread;',
    extents: LONG,
  },
  {
    name: 'two rows share one mask',
    kernel: 'flash-direct',
    find: 'rows.x >> (16u + first)',
    replace: 'rows.x >> first',
    extents: LONG,
    options: { mask: causal() },
  },
  {
    name: 'the lower rows take the upper ones’ weights',
    kernel: 'flash-wide',
    find: 'shared_block(ROWS_OF_THREAD * y + 4u, key_quad)',
    replace: 'shared_block(ROWS_OF_THREAD * y, key_quad)',
    extents: LONG,
  },
  {
    name: 'the lower rows share the upper ones’ sums',
    kernel: 'flash-wide',
    find: 'scratch[THREADS + thread] = own.lower;',
    replace: 'scratch[THREADS + thread] = own.upper;',
    extents: LONG,
  },
  {
    name: 'threads do not wait for one another’s values',
    kernel: 'flash-staged',
    find: 'column_block * KEY_QUADS);\n    workgroupBarrier();',
    replace: 'column_block * KEY_QUADS);',
    extents: LONG,
  },
  {
    name: 'values are staged where the weights are',
    kernel: 'flash-staged',
    find: 'select(0u, TILE_QUERIES * KEY_QUADS, VALUES_STAGED)',
    replace: '0u',
    extents: LONG,
  },
  {
    name: 'all values of a tile take the weights of its first keys',
    kernel: 'flash-staged',
    find: 'first / 4u + key_quad',
    replace: 'key_quad',
    extents: LONG,
  },
  {
    name: 'every 64 columns are the first ones',
    kernel: 'flash-staged',
    find: 'first_key + first, column_block * KEY_QUADS',
    replace: 'first_key + first, 0u',
    extents: { ...LONG, headSize: 128 },
  },
  {
    name: 'weights are float16 alone',
    kernel: 'flash-matrix',
    find: '= f16(shown - stored);',
    replace: '= 0.0h;',
    // Few keys: there the bound is tight.
    extents: { queryLength: 50, keyLength: 170 },
    options: { mask: causal() },
  },
  {
    name: 'outputs are not rescaled when the maximum outgrows its headroom',
    kernel: 'flash-matrix',
    find: 'rescale(&sums, subgroup, thread);',
    replace: '',
    extents: LONG,
    options: { scale: 4 },
  },
  {
    name: 'subgroups all score the same keys',
    kernel: 'flash-matrix',
    find: 'let key = (subgroup * KEY_BLOCKS + b) * MATRIX_COLUMNS;',
    replace: 'let key = b * MATRIX_COLUMNS;',
    extents: LONG,
  },
  {
    name: 'the second half of the head is left out',
    kernel: 'flash-matrix',
    find: 'step < DEPTH_STEPS; step++',
    replace: 'step < DEPTH_STEPS / 2u; step++',
    extents: LONG,
  },
  {
    name: 'keys past the end are visible',
    kernel: 'flash-matrix',
    find: 'key < parameters.key_length && visible',
    replace: 'visible',
    extents: LONG,
  },
  {
    name: 'every part of the keys starts anew',
    kernel: 'flash',
    find: 'return saved_states[slot];',
    replace: 'return initial_state();',
    extents: LONG_KEYS,
    slow: true,
  },
  {
    name: 'every part of the keys starts anew',
    kernel: 'flash-matrix',
    find: 'return saved_softmax[slot * THREADS + thread];',
    replace: 'return initial_softmax();',
    extents: LONG_KEYS,
    slow: true,
  },
  {
    name: 'tiles under way wait in one slot',
    kernel: 'flash-matrix',
    find: '(slot * TILE_QUERIES + r * MATRIX_ROWS)',
    replace: '(r * MATRIX_ROWS)',
    extents: LONG_KEYS,
    slow: true,
  },
  {
    name: 'each lane takes its own maximum for the team’s',
    kernel: 'decode-direct',
    find: 'let grown = max(maxima, team_maxima(all));',
    replace: 'let grown = max(maxima, all);',
    extents: SPLIT,
  },
  {
    name: 'a lane’s sum is taken for the team’s',
    kernel: 'decode-direct',
    find: 'let team_sum = team_sums(sums);',
    replace: 'let team_sum = sums;',
    extents: SPLIT,
  },
  {
    name: 'weights of two lanes are swapped',
    kernel: 'decode-direct',
    find: 'of_lane_2(own))',
    replace: 'of_lane_1(own))',
    extents: SPLIT,
  },
  {
    name: 'splits are added without being scaled to one maximum',
    kernel: 'decode',
    find: '* factor;',
    replace: ';',
    extents: SPLIT,
  },
  {
    name: 'the last split is left out',
    kernel: 'decode',
    find: 'part < parts; part++',
    replace: 'part < parts - 1u; part++',
    extents: SPLIT,
  },
  {
    name: 'rows of a group all belong to its first head',
    kernel: 'decode',
    find: 'heads_per_group() + index / parameters.query_length',
    replace: 'heads_per_group()',
    extents: SPLIT,
  },
  {
    name: 'the sink is left out of the sum',
    kernel: 'decode',
    find: 'sum * correction + exp2(sink - grown)',
    replace: 'sum * correction',
    extents: SPLIT,
    options: { sinks: [1, 2, 3, 4] },
  },
  {
    name: 'outputs are not rescaled when the maximum grows',
    kernel: 'flash',
    find: 'output_0 = scale_rows(output_0, correction);',
    replace: '',
    extents: LONG,
  },
  {
    name: 'sums are not rescaled when the maximum grows',
    kernel: 'flash',
    find: 'sums = scale_numbers(sums, correction);',
    replace: '',
    extents: LONG,
  },
  {
    name: 'the row maximum is one thread’s own',
    kernel: 'flash',
    find: 'maxima.upper = max(maxima.upper, scratch[first + i]);',
    replace: '',
    extents: LONG,
  },
  {
    name: 'the last quad of keys is left out',
    kernel: 'flash',
    find: 'key_quad < KEY_QUADS; key_quad++',
    replace: 'key_quad < KEY_QUADS - 1u; key_quad++',
    extents: LONG,
  },
  {
    name: 'the softmax sums half of its threads',
    kernel: 'three-pass',
    find: 'half = SOFTMAX_THREADS / 2u;',
    replace: 'half = SOFTMAX_THREADS / 4u;',
    extents: LONG,
  },
  {
    name: 'weights are not divided by their sum',
    kernel: 'three-pass',
    find: 'row_maximum) * end.factor',
    replace: 'row_maximum)',
    extents: LONG,
  },
  {
    name: 'weights are not divided by their sum',
    kernel: 'weights',
    find: 'weights[r] *= factors[r];',
    replace: '',
    extents: LONG,
  },
  {
    name: 'the sums of earlier tiles are not rescaled',
    kernel: 'weights',
    find: 'sums *= exp2((maxima - grown) * parameters.score_unit);',
    replace: '',
    extents: LONG,
  },
  {
    name: 'hidden keys have scores',
    kernel: 'masked',
    find: 'if (!sees(row, key)) {',
    replace: 'if (!row.exists) {',
    extents: LONG,
    options: { mask: causal() },
  },
  {
    name: 'negative scores lose their sign',
    kernel: 'flash',
    find: 'select(tangent, -tangent, x < 0.0)',
    replace: 'tangent',
    extents: LONG,
    options: { softcap: 1 },
  },
  ...FULL.flatMap((kernel): Mutant[] => [
    {
      name: 'the diagonal is off by one',
      kernel,
      find: 'return i32(key) <= position_of(batch, query, at);',
      replace: 'return i32(key) < position_of(batch, query, at);',
      extents: LONG,
      options: { mask: causal() },
    },
    {
      name: 'tiles on the diagonal count as visible',
      kernel,
      find: 'select(TILE_MIXED, TILE_VISIBLE, i32(last_key) <= position_of(batch, first_query, at))',
      replace: 'TILE_VISIBLE',
      extents: LONG,
      options: { mask: causal() },
    },
    {
      name: 'keys past the end are visible',
      kernel,
      find: 'key < parameters.key_length && visible',
      replace: 'visible',
      extents: LONG,
    },
    {
      name: 'heads take turns at key heads instead of sharing neighbours',
      kernel,
      find: 'head / (parameters.heads / parameters.kv_heads)',
      replace: 'head % parameters.kv_heads',
      extents: GROUPED,
    },
    {
      name: 'the last quad of the head is left out',
      kernel,
      find: 'min(DEPTH_QUADS, HEAD_QUADS - first_quad)',
      replace: 'min(DEPTH_QUADS, HEAD_QUADS - first_quad) - 1u',
      extents: LONG,
    },
  ]),
];

async function comparisonOf(gpu: Gpu, shape: Shape, kernel: string, options: Options = {}) {
  const maps = MAP_KERNELS.find((known) => kernel === `maps, ${known}`);
  if (maps) return worstPart(gpu, shape, { ...options, kernel: maps });
  const stage = SCORE_STAGES.find((known) => known === kernel);
  if (stage) return compareMap(gpu, shape, options, stage);
  const data = randomData(shape);
  const got = await compute(gpu, shape, data, { ...options, kernel });
  return compareToReference(shape, data, got, { ...options, kernel }).output;
}

/** The map part that is furthest from right. */
async function worstPart(gpu: Gpu, shape: Shape, options: MapOptions) {
  const marks = marksOf(shape);
  const args = [[[0, shape.heads - 1]], regionsOf(shape), marks] as const;
  const compared = await compareHeads(gpu, shape, randomData(shape), options, ...args);
  return compared
    .map(({ result }) => result)
    .toSorted((a, b) => b.errorOverBound - a.errorOverBound)[0];
}

describe('mutants', () => {
  for (const mutant of mutants) {
    test(`${mutant.kernel}: ${mutant.name}`, async ({ gpu }) => {
      const { extents, kernel, options, slow } = mutant;
      const shape = shapeOf(extents);
      const output = await withMutation(gpu, mutant, (mutated) =>
        comparisonOf(
          slow ? withArchitecture(mutated, 'software') : mutated,
          shape,
          kernel,
          options,
        ),
      );
      assert(!output.passed, `the mistake was not seen: ${output.errorOverBound} of the bound`);
    });
  }
});
