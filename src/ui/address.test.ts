import { describe, expect, it } from 'vitest';
import { formatAddress, readAddress } from './address';

describe('an address', () => {
  it.each([
    ['', 'benchmark', ''],
    ['#', 'benchmark', ''],
    ['#preset=masks&dtype=f16', 'benchmark', 'preset=masks&dtype=f16'],
    ['#heads=8&queries=512', 'benchmark', 'heads=8&queries=512'],
    ['#queries=512&heads', 'benchmark', 'queries=512&heads'],
    ['#benchmark&run=1', 'benchmark', 'run=1'],
    ['#heads', 'heads', ''],
    ['#heads&length=512&head=3', 'heads', 'length=512&head=3'],
    ['#headsup', 'benchmark', 'headsup'],
  ])('%s is of the page %s', (hash, page, document) => {
    expect(readAddress(hash)).toEqual({ page, document });
  });

  it.each([
    { page: 'benchmark', document: 'heads=8' },
    { page: 'benchmark', document: '' },
    { page: 'heads', document: '' },
    { page: 'heads', document: 'heads=12' },
  ] as const)('comes back as it was written: %o', (address) => {
    expect(readAddress(formatAddress(address))).toEqual(address);
  });
});
