import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedPage, openPage } from '../support/page';

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage('tests/support/blank.html');
});

afterAll(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** Evaluates a body in the page; it imports the project's modules by their addresses. */
const inPage = <T>(body: string) => opened.page.evaluate(`(async () => {${body}})()`) as Promise<T>;

const FOLDER = '/src/attention/cpu/fast';

/** Chrome has relaxed SIMD, which Node 20 has not: this is where that build is checked. */
describe('the fast CPU path in Chrome', () => {
  it('is the build that fuses products and sums', async () => {
    const relaxed = await inPage(`
      const { compileFast } = await import('${FOLDER}/module.ts');
      return [(await compileFast(true)).relaxed, (await compileFast(false)).relaxed];
    `);
    expect(relaxed).toEqual([true, true]);
  });

  it('meets every check of shapes, masks and values', async () => {
    const failures = await inPage<{ checks: number; failures: string[] }>(`
      const { FAST_CPU, expectRight } = await import('/tests/kernels/problems.ts');
      const { SHAPES, MASKS } = await import('/tests/kernels/shapes.ts');
      const { BUILDERS } = await import('/tests/kernels/values.ts');
      const checks = [
        ...[...SHAPES, ...MASKS].map(([name, extents, options]) => ({
          name,
          run: () => expectRight(null, extents, { ...options, kernel: FAST_CPU }),
        })),
        ...BUILDERS.map((build) => build(FAST_CPU)),
      ];
      const failures = [];
      for (const { name, run } of checks) {
        await run(null).catch((error) => failures.push(name + ': ' + error.message));
      }
      return { checks: checks.length, failures };
    `);
    expect(failures.failures).toEqual([]);
    expect(failures.checks).toBeGreaterThan(60);
  });

  it('shares its work between threads, and stops them when told', async () => {
    const outcome = await inPage(`
      const { FastPool } = await import('${FOLDER}/pool.ts');
      const { createProblem } = await import('/src/attention/problem.ts');
      const { causal } = await import('/src/attention/modifiers/causal.ts');
      const { judge, randomData, shapeOf } = await import('/tests/kernels/problems.ts');
      const shape = shapeOf({ heads: 4, kvHeads: 2, queryLength: 500, headSize: 64 });
      const data = randomData(shape);
      const options = { mask: causal() };
      const pool = new FastPool({ threads: 3 });
      await pool.load(createProblem(shape, options), data);
      const controller = new AbortController();
      const stopped = pool.run({ signal: controller.signal }).catch((error) => error.name);
      controller.abort();
      const name = await stopped;
      await pool.run();
      const { output, logSumExp } = judge(shape, data, await pool.read(), options);
      pool.destroy();
      return [pool.threads, name, output.passed, logSumExp.passed];
    `);
    expect(outcome).toEqual([3, 'AbortError', true, true]);
  });
});
