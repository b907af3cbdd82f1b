import { describe, expect, it } from 'vitest';
import { cpuOnlyReport, sampleCase, sampleReport, sampleTiming } from '../../tests/support/reports';
import { describeCase } from '../features/benchmark/model/captions';
import {
  describeDevice,
  describeStatus,
  formatError,
  formatMs,
  formatNumber,
  formatRatio,
  formatSeconds,
  formatShape,
  formatShare,
  formatTiming,
} from './format';
import type { MaskName } from '../attention/modifiers/index';

describe('numbers', () => {
  it.each([
    [0, '0.00 µs'],
    [0.00012, '0.12 µs'],
    [0.4567, '457 µs'],
    [0.9996, '1.00 ms'],
    [1.234, '1.23 ms'],
    [12.34, '12.3 ms'],
    [99.96, '100 ms'],
    [999.6, '1.00 s'],
    [61234, '61.2 s'],
  ])('%d ms is %s', (ms, text) => expect(formatMs(ms)).toBe(text));

  it('keeps three digits, and every digit of the whole part', () => {
    expect([0.5, 1.005, 9.996, 12345.6].map(formatNumber)).toEqual([
      '0.50',
      '1.00',
      '10.0',
      '12346',
    ]);
    expect(formatNumber(0.00012)).toBe('1.2e-4');
    expect(formatNumber(NaN)).toBe('NaN');
  });

  it('writes errors and shares, finite or not', () => {
    expect([0, 3.14e-7, Infinity, NaN].map(formatError)).toEqual(['0', '3.1e-7', '∞', 'NaN']);
    expect([0, 0.0001, 0.12, 1.5, 41, 5e6, Infinity].map(formatShare)).toEqual([
      '0.00%',
      '<0.1%',
      '12.0%',
      '150%',
      '41.0×',
      '5.0e+6×',
      '∞',
    ]);
  });

  it('writes a time with the larger half of its interval', () => {
    expect(formatTiming(sampleTiming({ median: 2, low: 1.5, high: 2.1 }))).toBe('2.00 ± 0.50 ms');
    expect(formatTiming(sampleTiming({ median: 0.2, low: 0.19, high: 0.21 }))).toBe('200 ± 10 µs');
    expect(formatTiming(sampleTiming({ median: 2, low: 2, high: 2 }))).toBe('2.00 ± 0.00 ms');
    expect(formatTiming(sampleTiming({ median: 2, low: 1.999, high: 2 }))).toBe('2.00 ± <0.01 ms');
    expect(formatTiming(sampleTiming({ median: 2, low: null, high: null }))).toBe('2.00 ms');
  });

  it('writes seconds as people say them', () => {
    expect([-1, 0.4, 59.4, 60, 200, 3900].map(formatSeconds)).toEqual([
      '0 s',
      '0 s',
      '59 s',
      '1 min',
      '3 min 20 s',
      '1 h 5 min',
    ]);
  });

  it('names shapes shortly and without confusion', () => {
    const { shape } = sampleCase();
    expect(formatShape(shape)).toBe('1·8·256·64');
    expect(formatShape({ ...shape, kvHeads: 2, keyLength: 77, valueSize: 32 })).toBe(
      '1·8/2·256×77·64/32',
    );
  });
});

describe('descriptions', () => {
  it('names the device, or that there is none', () => {
    const { device } = sampleReport();
    expect(describeDevice(device)).toContain('SwiftShader');
    expect(describeDevice(device)).toContain('(software)');
    expect(describeDevice({ ...device!, isolated: false })).toContain('not cross-origin isolated');
    const bare = { ...device!, vendor: '', architecture: '', device: '', description: '' };
    expect(describeDevice({ ...bare, software: false, subgroupSizes: null })).toMatch(/^unnamed/);
    expect(describeDevice(null)).toContain('no WebGPU');
  });

  it('sums up the run', () => {
    expect(describeStatus(sampleReport())).toBe('Complete after 1 min 1 s: 4 of 9 verified.');
    expect(describeStatus(cpuOnlyReport())).toContain('no WebGPU');
    expect(describeStatus(sampleReport({ status: 'failed', message: 'Device lost.' }))).toMatch(
      /^Failed .* Device lost\.$/,
    );
  });
});

it.each([
  [0.5234, '0.52'],
  [0.0652, '0.065'],
  [0.996, '1.0'],
  [1.07, '1.1'],
  [9.97, '10'],
  [123.4, '123'],
  [0.00042, '4e-4'],
])('a share of another time, %d, has two digits', (ratio, text) => {
  expect(formatRatio(ratio)).toBe(text);
});

it('a masked float16 case reads as a sentence', () => {
  const lengths = { queryLength: 4096, keyLength: 4096 };
  const shape = { batch: 1, heads: 8, kvHeads: 8, headSize: 64, valueSize: 64, ...lengths };
  const words = (mask: MaskName, window?: number, dtype: 'f32' | 'f16' = 'f32') =>
    describeCase({ shape, mask, window, dtype });
  const plain = '8 heads · 4,096 queries × 4,096 keys · head dim 64';
  expect(words('none')).toBe(plain);
  expect(words('causal', undefined, 'f16')).toBe(`${plain} · causal · float16`);
  expect(words('window', 1)).toBe(`${plain} · window of 1 key on either side`);
  expect(words('causal-window', 1024)).toBe(`${plain} · causal window of 1,024 keys`);
});
