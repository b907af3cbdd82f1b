/**
 * JSON with the numbers it lacks: a wrong result may hold NaN or infinities, and a report must say so.
 * They are written as the strings "NaN", "Infinity" and "-Infinity".
 */
export function stringifyNumbers(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, part) => (isNonFinite(part) ? String(part) : part), indent);
}

export function parseNumbers(text: string): unknown {
  return JSON.parse(text, (_key, part) => (nonFinite.has(part) ? Number(part) : part));
}

const nonFinite = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

function isNonFinite(part: unknown): part is number {
  return typeof part === 'number' && !Number.isFinite(part);
}
