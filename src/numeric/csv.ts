/** Records as RFC 4180 has them: cells with commas between them, each record ended by CR LF. */
export function toRecords(records: readonly (readonly string[])[]): string {
  return records.map((record) => `${record.map(quote).join(',')}\r\n`).join('');
}

/** What is quoted: separators, quotes, line ends, and spaces at the ends, which readers may strip. */
function quote(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
