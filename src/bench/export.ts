import { stringifyNumbers } from './json';
import type { Report } from './report';

export { toCsv } from './csv';
export { toMarkdown, toText } from './table';

/** The report as docs/report.md describes it. */
export function toJson(report: Report): string {
  return `${stringifyNumbers(report, 2)}\n`;
}
