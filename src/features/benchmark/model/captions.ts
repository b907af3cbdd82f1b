import { formatCounted } from '../../../numeric/format';
import type { BenchmarkCase } from '../../../bench/case';
import { formatNumber, formatSpeedup } from '../../../bench/format';
import { describeMask } from '../../../bench/masks';
import type { Report } from '../../../bench/report';

/** What to do where there is no WebGPU. */
export const webgpuAdvice =
  'Recent Chrome, Edge and Safari have WebGPU, and Firefox on some systems, on pages served over ' +
  'https or from localhost. In Chrome, chrome://gpu says whether it is on and why not; on Linux it ' +
  'may need to be started with --enable-unsafe-webgpu.';

/** What it means that a page is not isolated. */
export const isolationAdvice =
  'the host sends no isolation headers (COOP and COEP), so the browser makes clocks coarser and ' +
  'lets no memory be shared with workers. Results are as right; short times are less sharp.';

/** A case as a sentence would have it: "8 heads · 1,024 queries × 1,024 keys · 64 values · causal · float16". */
export function describeCase({ shape, mask, window, dtype }: BenchmarkCase): string {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  const pair = (a: number, b: number) => (a === b ? `${a}` : `${a} and ${b}`);
  return [
    ...(batch > 1 ? [formatCounted(batch, 'sequence')] : []),
    formatCounted(heads, 'head') + (kvHeads < heads ? ` sharing ${kvHeads}` : ''),
    `${formatCounted(queryLength, 'query', 'queries')} × ${formatCounted(keyLength, 'key')}`,
    `${pair(headSize, valueSize)} values`,
    ...(mask === 'none' ? [] : [describeMask(mask, window)]),
    ...(dtype === 'f16' ? ['float16'] : []),
  ].join(' · ');
}

/** "4.29 GFLOP" */
export function describeWork(flops: number): string {
  const unit = [
    { name: 'TFLOP', size: 1e12 },
    { name: 'GFLOP', size: 1e9 },
    { name: 'MFLOP', size: 1e6 },
    { name: 'kFLOP', size: 1e3 },
  ].find(({ size }) => flops >= size);
  return unit ? `${formatNumber(flops / unit.size)} ${unit.name}` : formatCounted(flops, 'FLOP');
}

/** The one sentence that a reader takes away: who is fastest, and by how much. */
export function describeOutcome(report: Report): string {
  const timed = report.cases.filter(({ entries }) => entries.some(({ timing }) => timing));
  // Where another may be as fast, nobody has won.
  const decided = timed.filter(({ entries }) =>
    entries.every(({ timing }) => timing?.verdict !== 'unclear'),
  );
  const fastest = decided.flatMap(({ entries }) =>
    entries.filter(({ timing }) => timing?.verdict === 'fastest'),
  );
  const wins = new Map<string, number>();
  for (const { contestant } of fastest) wins.set(contestant, (wins.get(contestant) ?? 0) + 1);
  const [leader] = [...wins].sort((a, b) => b[1] - a[1]);
  if (!leader) return timed.length ? 'No clear winner' : 'Nothing timed';
  const [name, won] = leader;
  const speedups = fastest
    .filter(({ contestant }) => contestant === name)
    .map(({ timing }) => timing?.speedup ?? 0);
  const best = Math.max(...speedups);
  const margin = best > 1 ? `, up to ${formatSpeedup(best)} the CPU’s speed` : '';
  const all = won === timed.length;
  const where = timed.length === 1 ? '' : ` in ${all ? 'all' : `${won} of`} ${timed.length} cases`;
  return `${name} is fastest${where}${margin}`;
}
