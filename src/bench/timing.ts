import type { Entrant, Sample } from './entrant';
import type { EntryReport, Timing } from './report';
import { median, medianInterval } from './statistics';

/** Turns an entrant's samples into its report. */
export function timingOf(entrant: Entrant, samples: readonly Sample[], flops: number): Timing {
  const milliseconds = samples.map((sample) => sample.milliseconds);
  const interval = medianInterval(milliseconds);
  return {
    samples: milliseconds,
    ...interval,
    ...entrant.timing,
    wallMedian: median(samples.map((sample) => sample.wallMilliseconds)),
    gflops: flops / (interval.median * 1e6),
  };
}

/** Adds what only shows side by side: speed-up over the CPU, and who is fastest. */
export function compareEntries(entries: readonly EntryReport[]): readonly EntryReport[] {
  const timed = entries.filter(({ status, timing }) => status === 'verified' && timing);
  const cpu = timed.find(({ contestant }) => contestant === 'cpu')?.timing;
  const fastest = timed.reduce<Timing | undefined>(
    (best, { timing }) => (!best || timing!.median < best.median ? timing : best),
    undefined,
  );
  return entries.map((entry) => {
    if (!entry.timing || !timed.includes(entry)) return entry;
    const speedup = cpu && { speedup: cpu.median / entry.timing.median };
    return {
      ...entry,
      timing: { ...entry.timing, ...speedup, verdict: verdict(entry.timing, fastest!) },
    };
  });
}

/** Slower only where the intervals do not overlap: otherwise these samples cannot tell. */
function verdict(timing: Timing, fastest: Timing): Timing['verdict'] {
  if (timing === fastest) return 'fastest';
  if (timing.low === null || fastest.high === null) return 'unclear';
  return timing.low > fastest.high ? 'slower' : 'unclear';
}
