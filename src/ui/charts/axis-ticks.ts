/** 1, 2, 5, 10, … whichever is the least step that makes at most `most` ticks of `count` places. */
export function tickStep(count: number, most: number): number {
  for (let power = 1; ; power *= 10) {
    for (const digit of [1, 2, 5]) {
      if (count / (digit * power) <= most) return digit * power;
    }
  }
}

/** Indices from 0, a step apart. */
export function ticks(count: number, most: number): number[] {
  const step = tickStep(count, Math.max(1, most));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}
