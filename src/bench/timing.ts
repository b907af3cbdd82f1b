import { contestants } from './contestants';
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
  // Only the best that the CPU can do makes a fair comparison.
  const cpu = fastestOf(timed.filter(({ contestant }) => isCpu(contestant)));
  const fastest = fastestOf(timed);
  const rivals = timed.filter(({ timing }) => timing !== fastest);
  const undecided = rivals.some(({ timing }) => overlaps(timing!, fastest!));
  return entries.map((entry) => {
    if (!entry.timing) return entry;
    if (!timed.includes(entry)) return { ...entry, timing: alone(entry.timing) };
    const speedup = cpu && { speedup: cpu.median / entry.timing.median };
    const tied = entry.timing === fastest ? undecided : overlaps(entry.timing, fastest!);
    const verdict = tied ? 'unclear' : entry.timing === fastest ? 'fastest' : 'slower';
    return { ...entry, timing: { ...entry.timing, ...speedup, verdict } };
  });
}

const isCpu = (name: string): boolean =>
  contestants.some((contestant) => contestant.name === name && contestant.where === 'cpu');

const fastestOf = (entries: readonly EntryReport[]): Timing | undefined =>
  entries.reduce<Timing | undefined>(
    (best, { timing }) => (!best || timing!.median < best.median ? timing : best),
    undefined,
  );

/** Without what a comparison once said: the entry has dropped out of it. */
function alone({ speedup: _speedup, verdict: _verdict, ...timing }: Timing): Timing {
  return timing;
}

/** Whether the intervals of two medians overlap: then these samples cannot tell who is faster. */
function overlaps(slower: Timing, faster: Timing): boolean {
  if (slower.low === null || faster.high === null) return true;
  return slower.low <= faster.high;
}
