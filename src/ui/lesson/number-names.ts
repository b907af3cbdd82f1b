const known = new Map<number, readonly string[]>();

/** "1", "2" and so on, for rows or columns without names: the same list each time. */
export function numberNames(count: number): readonly string[] {
  const names = known.get(count) ?? Array.from({ length: count }, (_, i) => String(i + 1));
  known.set(count, names);
  return names;
}
