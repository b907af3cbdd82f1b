const whole = new Intl.NumberFormat('en-US');

/** "65,536" */
export const formatIndex = (value: number): string => whole.format(value);

/** A weight in three significant figures: "0.234", "3.1e-8", "0", "−0.02", "NaN", "∞". */
export function formatWeight(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e-4 && size < 1e6
      ? String(Number(size.toPrecision(digits)))
      : size
          .toExponential(Math.max(0, digits - 1))
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e');
  return value < 0 ? `−${text}` : text;
}

/** In five letters at most, for a cell: ".039", "8e-5", "1", "−.2". */
export function formatInCell(value: number): string {
  const size = Math.abs(value);
  if (!(size < 1) || size === 0) return formatWeight(value, 2);
  const text = size < 5e-4 ? size.toExponential(0) : size.toFixed(3).replace(/^0|0+$/g, '');
  return value < 0 ? `−${text}` : text;
}

/** Short enough for a tick or a cell: "0.2", ".23", "1e-5". */
export const formatTick = (value: number): string => formatWeight(value, 2);
