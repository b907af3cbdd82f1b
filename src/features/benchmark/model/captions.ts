import { greatest, group } from 'd3-array';
import { formatCounted } from '../../../numeric/format';
import type { BenchmarkCase } from '../../../bench/case';
import { formatSpeedup } from '../../../bench/format';
import { describeMask } from '../../../bench/masks';
import type { Report } from '../../../bench/report';

/** What a user can do where WebGPU is not available. */
export const webgpuAdvice =
  'WebGPU needs a recent Chrome, Edge or Safari, or Firefox on some systems, and a page served over ' +
  'https or from localhost. In Chrome, chrome://gpu shows whether it is enabled; on Linux, Chrome may ' +
  'have to be started with --enable-unsafe-webgpu.';

/** Why a page is not cross-origin isolated, and what follows. */
export const isolationAdvice =
  'the host does not send the COOP and COEP headers, so the browser coarsens clocks and does not ' +
  'share memory with workers. Results are just as valid, but short times are less precise.';

/** "8 heads · 1,024 queries × 1,024 keys · head dim 64 · causal · float16". */
export function describeCase({ shape, mask, window, dtype }: BenchmarkCase): string {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  return [
    ...(batch > 1 ? [formatCounted(batch, 'sequence')] : []),
    formatCounted(heads, 'head') + (kvHeads < heads ? `, ${kvHeads} KV` : ''),
    `${formatCounted(queryLength, 'query', 'queries')} × ${formatCounted(keyLength, 'key')}`,
    headSize === valueSize ? `head dim ${headSize}` : `dims ${headSize} (QK), ${valueSize} (V)`,
    ...(mask === 'none' ? [] : [describeMask(mask, window)]),
    ...(dtype === 'f16' ? ['float16'] : []),
  ].join(' · ');
}

/** The headline of a report: which implementation is fastest, and by how much. */
export function describeOutcome(report: Report): string {
  const timed = report.cases.filter(({ entries }) => entries.some(({ timing }) => timing));
  // A case without a clear winner counts for none.
  const decided = timed.filter(({ entries }) =>
    entries.every(({ timing }) => timing?.verdict !== 'unclear'),
  );
  const fastest = decided.flatMap(({ entries }) =>
    entries.filter(({ timing }) => timing?.verdict === 'fastest'),
  );
  const leader = greatest(
    group(fastest, ({ contestant }) => contestant),
    ([, wins]) => wins.length,
  );
  if (!leader) return timed.length ? 'No clear winner' : 'No results';
  const [name, wins] = leader;
  const speedups = wins.map(({ timing }) => timing?.speedup ?? 0);
  const best = Math.max(...speedups);
  const margin = best > 1 ? `, up to ${formatSpeedup(best)} as fast as the CPU` : '';
  const all = wins.length === timed.length;
  const where =
    timed.length === 1 ? '' : ` in ${all ? 'all' : `${wins.length} of`} ${timed.length} cases`;
  return `${name} is fastest${where}${margin}`;
}
