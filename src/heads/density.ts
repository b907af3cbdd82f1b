import { type HeadControls, queryOffset } from './controls';
import type { HeadsSource } from './source';

type Lengths = Pick<HeadsSource, 'queryLength' | 'keyLength'>;
type MaskControls = Pick<HeadControls, 'mask' | 'window' | 'prefix' | 'sinks'>;

/**
 * How many keys each query sees under the controls' mask: counted row by row from where its visible runs
 * begin and end, as asking for each pair would take minutes at 65,536 tokens.
 */
export function visibleKeyCounts(controls: MaskControls, lengths: Lengths): Uint32Array {
  const { queryLength, keyLength } = lengths;
  const offset = queryOffset(lengths);
  const counts = new Uint32Array(queryLength);
  const inside = (key: number) => Math.min(Math.max(key, 0), keyLength);
  for (let i = 0; i < queryLength; i++) {
    const runs = visibleRuns(controls, i + offset, keyLength);
    let counted = 0;
    // Runs come in order, and may overlap: what lies before the last one's end was counted.
    let end = 0;
    for (const [from, to] of runs) {
      const start = Math.max(end, inside(from));
      end = Math.max(end, inside(to));
      counted += Math.max(0, end - start);
    }
    counts[i] = counted;
  }
  return counts;
}

/** The share of pairs of queries and keys that the mask leaves visible, 0 to 1. */
export function maskDensity(controls: MaskControls, lengths: Lengths): number {
  let pairs = 0;
  for (const count of visibleKeyCounts(controls, lengths)) pairs += count;
  return pairs / (lengths.queryLength * lengths.keyLength);
}

/** First and one-past-last keys of the runs that a query at `position` sees, in order of their first. */
function visibleRuns(
  { mask, window, prefix, sinks }: MaskControls,
  position: number,
  keyLength: number,
): (readonly [number, number])[] {
  switch (mask) {
    case 'none':
      return [[0, keyLength]];
    case 'causal':
      return [[0, position + 1]];
    case 'window':
      return [[position - window, position + window + 1]];
    case 'causal-window':
      return [[position - window, position + 1]];
    case 'prefix':
      return [[0, Math.max(prefix, position + 1)]];
    case 'sink-window':
      return [
        [0, Math.min(sinks, position + 1)],
        [position - window, position + 1],
      ];
  }
}
