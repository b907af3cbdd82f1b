import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Runner, type Sample, type MeasureOptions, measure } from './measure';

let now = 0;
let order: string[] = [];

beforeEach(() => {
  now = 0;
  order = [];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** A runner whose samples take `ms` each; `outcome` may invalidate or fail one, by number. */
function runnerOf(
  name: string,
  ms: number,
  outcome: (call: number) => 'invalid' | Error | void = () => {},
) {
  let calls = 0;
  return {
    name,
    async sample(): Promise<Sample | null> {
      order.push(name);
      now += ms;
      const result = outcome(calls++);
      if (result instanceof Error) throw result;
      return result === 'invalid' ? null : { milliseconds: ms, wallMilliseconds: ms };
    },
  } as unknown as Runner;
}

function run(runners: readonly Runner[], options: Partial<MeasureOptions> = {}) {
  return measure(runners, {
    seconds: 1,
    seed: 1,
    onSamples: () => {},
    onFailure: (_runner, error) => {
      throw error;
    },
    ...options,
  });
}

const counts = (result: Awaited<ReturnType<typeof run>>) =>
  [...result].map(([{ name }, samples]) => [name, samples.length]);

describe('turns', () => {
  it('are taken by all before anyone has a second one', async () => {
    await run([runnerOf('a', 10), runnerOf('b', 10), runnerOf('c', 10)]);
    for (let i = 0; i < order.length; i += 3) {
      expect(order.slice(i, i + 3).sort()).toEqual(['a', 'b', 'c']);
    }
  });

  it('are in another order each round, the same for the same seed', async () => {
    const orders: string[] = [];
    for (const seed of [1, 1, 2]) {
      order = [];
      await run([runnerOf('a', 5), runnerOf('b', 5), runnerOf('c', 5)], { seed });
      orders.push(order.join(''));
    }
    expect(orders[0]).toBe(orders[1]);
    expect(orders[0]).not.toBe(orders[2]);
    const rounds = new Set(orders[0].match(/.../g));
    expect(rounds.size).toBeGreaterThan(3);
    // Each of the three comes first about equally often.
    for (const name of 'abc') {
      expect(orders[0].match(/.../g)!.filter((round) => round[0] === name).length).toBeGreaterThan(
        3,
      );
    }
  });
});

describe('time', () => {
  it('is shared equally: nobody starts a sample that would not fit its share', async () => {
    const result = await run([runnerOf('quick', 30), runnerOf('slow', 120)], { seconds: 1 });
    // Half a second each.
    expect(counts(result)).toEqual([
      ['quick', 16],
      ['slow', 4],
    ]);
    expect(now).toBeLessThanOrEqual(1000);
  });

  it('ends early when samples enough are taken', async () => {
    const result = await run([runnerOf('a', 1)], { seconds: 1000 });
    expect(counts(result)).toEqual([['a', 30]]);
  });

  it.each([0, 0.001])('gives everyone one sample, also in %d seconds', async (seconds) => {
    const result = await run([runnerOf('a', 5000), runnerOf('b', 900)], { seconds });
    expect(counts(result)).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('is nobody’s where nobody takes part', async () => {
    expect((await run([])).size).toBe(0);
  });
});

describe('listeners', () => {
  it('hear of each sample with all samples of its runner, and of which is next', async () => {
    const heard: [string, number][] = [];
    const next: string[] = [];
    await run([runnerOf('a', 100), runnerOf('b', 200)], {
      onSamples: ({ name }, samples) => heard.push([name, samples.length]),
      onRunner: ({ name }) => next.push(name),
    });
    expect(next).toEqual(order);
    const own = (name: string) => heard.filter(([who]) => who === name).map(([, count]) => count);
    expect(own('a')).toEqual([1, 2, 3, 4, 5]);
    expect(own('b')).toEqual([1, 2]);
  });
});

describe('invalid readings of the clock', () => {
  it('are no samples, and nobody hears of them', async () => {
    const heard: number[] = [];
    const invalid = runnerOf('a', 50, (call) => (call < 2 ? 'invalid' : undefined));
    const result = await run([invalid], { onSamples: (_, samples) => heard.push(samples.length) });
    expect(heard[0]).toBe(1);
    expect(heard).toHaveLength(result.get(invalid)!.length);
    expect(order.length).toBe(heard.length + 2);
  });

  it('are asked for again a few times, and then no more', async () => {
    const never = runnerOf('never', 1, () => 'invalid');
    const result = await run([never, runnerOf('fine', 100)]);
    expect(counts(result)).toEqual([
      ['never', 0],
      ['fine', 5],
    ]);
    expect(order.filter((name) => name === 'never')).toHaveLength(10);
  });
});

describe('a runner that throws', () => {
  it('drops out with its error; the others go on, and its samples stay', async () => {
    const failures: [string, unknown][] = [];
    const broken = new Error('broken');
    const failing = runnerOf('failing', 10, (call) => (call === 3 ? broken : undefined));
    const result = await run([failing, runnerOf('fine', 10)], {
      onFailure: ({ name }, error) => failures.push([name, error]),
    });
    expect(failures).toEqual([['failing', broken]]);
    expect(counts(result)).toEqual([
      ['failing', 3],
      ['fine', 30],
    ]);
    expect(order.filter((name) => name === 'failing')).toHaveLength(4);
  });

  it('ends it all where its listener throws on', async () => {
    const failing = runnerOf('failing', 10, () => new Error('lost'));
    await expect(run([failing])).rejects.toThrow('lost');
    expect(order).toHaveLength(1);
  });
});

it('an abort ends it before the next sample', async () => {
  const controller = new AbortController();
  const stopping = runnerOf('a', 10, (call) => (call === 2 ? controller.abort() : undefined));
  await expect(run([stopping], { signal: controller.signal })).rejects.toThrow(/abort/i);
  expect(order).toHaveLength(3);
});
