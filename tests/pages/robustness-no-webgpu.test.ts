import { afterEach, describe, expect, it } from 'vitest';
import { entriesOf, BenchmarkDriver } from '../support/benchmark-driver';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const small = '#queries=48&heads=2&head-dim=16&budget=2';

/** GPU implementations show why they did not run; the CPU's is verified and timed. */
async function expectCpuAlone(reason: RegExp) {
  await playground.appears('notice-banner[kind=caution]');
  expect(await playground.text('notice-banner')).toMatch(
    /only the CPU implementations will run.*recent Chrome/,
  );

  const report = await playground.run();
  expect(report).toMatchObject({ status: 'complete', device: null });
  expect(report.message).toMatch(reason);
  const { flash, 'three-pass': threePass, cpu } = entriesOf(report);
  for (const entry of [flash, threePass]) {
    expect(entry.status).toBe('refused');
    expect(entry.message).toContain('WebGPU is not available');
    expect(entry.timing).toBeUndefined();
  }
  expect(cpu).toMatchObject({ status: 'verified', verification: { passed: true } });
  expect(cpu.timing!.median).toBeGreaterThan(0);

  expect(await playground.text('notice-banner')).toMatch(reason);
  expect(await playground.text('result-table')).toMatch(/flash.*WebGPU is not available/);
  expect(await playground.text('result-table')).toMatch(/cpu.*verified/);
  // It did not run, which is something else than being too large.
  expect(await playground.text('status-mark')).not.toContain('fit');
  expect(await playground.text('device-card')).toContain('WebGPU is not available here');
}

describe('without WebGPU', () => {
  it('the page says so, says what to do, and runs the CPU implementations', async () => {
    playground = await BenchmarkDriver.open(small, () => {
      Reflect.deleteProperty(Navigator.prototype, 'gpu');
    });
    await expectCpuAlone(/This browser has no WebGPU.*Only the CPU implementations run/);
  });

  it('a browser that finds no adapter does the same', async () => {
    playground = await BenchmarkDriver.open(small, () => {
      GPU.prototype.requestAdapter = async () => null;
    });
    await expectCpuAlone(/no graphics adapter.*chrome:\/\/gpu.*Only the CPU implementations run/);
  });

  it('an adapter that gives no device does the same', async () => {
    playground = await BenchmarkDriver.open(small, () => {
      GPUAdapter.prototype.requestDevice = async () => {
        throw new DOMException('the driver said no', 'OperationError');
      };
    });
    await expectCpuAlone(/the driver said no.*Only the CPU implementations run/);
  });

  it('an adapter that turns up later is used by the next run', async () => {
    playground = await BenchmarkDriver.open(`${small}&contestants=flash`, () => {
      const { requestAdapter } = GPU.prototype;
      GPU.prototype.requestAdapter = async () => null;
      Object.assign(window, { plugIn: () => (GPU.prototype.requestAdapter = requestAdapter) });
    });
    expect(entriesOf(await playground.run()).flash.status).toBe('refused');
    await playground.page.evaluate('void plugIn()');
    expect(entriesOf(await playground.run()).flash.status).toBe('verified');
    expect(await playground.text('notice-banner')).toBe('');
  });
});
