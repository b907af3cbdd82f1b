/** Records in the format of RFC 4180: cells separated by commas, each record ended by CR LF. */
export function formatCsv(records: readonly (readonly string[])[]): string {
  return records.map((record) => `${record.map(quote).join(',')}\r\n`).join('');
}

/**
 * Quotes cells with separators, quotes or line ends, and those with outer spaces, which readers may strip.
 */
function quote(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of numbers with a name for each row and column. */
interface LabelledTable {
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** Header of the row labels' column; empty by default. */
  readonly corner?: string;
}

/**
 * A header, then one record per row. By default numbers have all digits that identify their float32; NaN and
 * infinities are words.
 */
export function tableToCsv(
  { rowLabels, columnLabels, values, corner = '' }: LabelledTable,
  formatValue: (value: number) => string = shortestFloat32,
): string {
  const width = columnLabels.length;
  const records = rowLabels.map((label, row) => {
    const cells = Array.from({ length: width }, (_, i) => formatValue(values[row * width + i]));
    return [label, ...cells];
  });
  return formatCsv([[corner, ...columnLabels], ...records]);
}

/** The shortest decimal that gives the same float32: 0.1, not 0.10000000149011612. */
function shortestFloat32(value: number): string {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
