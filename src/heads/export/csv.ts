/** Rows of numbers with a name for each row and column. */
export interface LabelledTable {
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** Of the row labels' column; empty unless told. */
  readonly corner?: string;
}

/**
 * A table as RFC 4180 has it: a header, then one record a row, each ended by CR LF. Numbers are as JavaScript
 * writes them, with all digits that tell their float32 apart; NaN and infinities are words.
 */
export function tableToCsv({
  rowLabels,
  columnLabels,
  values,
  corner = '',
}: LabelledTable): string {
  const width = columnLabels.length;
  const records = [[corner, ...columnLabels].map(quote).join(',')];
  rowLabels.forEach((label, row) => {
    const cells = Array.from({ length: width }, (_, i) => shortest(values[row * width + i]));
    records.push([quote(label), ...cells].join(','));
  });
  return records.map((record) => `${record}\r\n`).join('');
}

/** What is quoted: separators, quotes, line ends, and spaces at the ends, which readers may strip. */
function quote(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The fewest digits that give the same float32: 0.1, not 0.10000000149011612. */
function shortest(value: number): string {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
