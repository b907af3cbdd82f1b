/** Invalid input. The message names the field, its value and what is allowed. */
export class InputError extends RangeError {
  override name = 'InputError';
  constructor(
    readonly field: string,
    readonly value: unknown,
    readonly allowed: string,
  ) {
    super(`${field} is ${describe(value)}; allowed: ${allowed}.`);
  }
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return String(value);
  // Long lists are cut after the first few values.
  const all = Array.from(value as unknown as ArrayLike<unknown>);
  const shown = all.slice(0, MAX_SHOWN).join(', ');
  return all.length > MAX_SHOWN ? `[${shown}, … ${all.length} in all]` : `[${shown}]`;
}

const MAX_SHOWN = 20;
