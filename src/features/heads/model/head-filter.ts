import type { HeadEntry, HeadMetric } from './head-entry';

type Test = (entry: HeadEntry) => boolean;

export interface HeadFilter {
  readonly passes: Test;
  /** What was not understood, a sentence each; such terms are ignored. */
  readonly issues: readonly string[];
  /** Metrics that are compared: heads without one of them do not pass yet. */
  readonly metrics: readonly string[];
}

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
  ':': (a, b) => a === b,
};

const numbersOfHeads = new Map<string, (entry: HeadEntry) => number | undefined>([
  ['layer', ({ layer }) => layer],
  ['head', ({ head }) => head],
  // Headings count groups from 1, too.
  ['group', ({ group }) => (group === undefined ? undefined : group + 1)],
]);

/** A field or metric, an operator and a number; or else words. Names with spaces can be quoted. */
const TERM = /(?:"([^"]*)"|([^\s<>=:"]+))\s*(<=|>=|<|>|=|:)\s*(\S*)|"([^"]*)"|(\S+)/g;

/**
 * Parses a filter: `layer:2`, `head>=4`, `entropy<1`, words of a name; all terms must hold. A metric is given by its id
 * or name, or by a prefix of either that is unique.
 */
export function parseHeadFilter(text: string, metrics: readonly HeadMetric[]): HeadFilter {
  const tests: Test[] = [];
  const issues: string[] = [];
  const compared: string[] = [];
  for (const match of text.matchAll(TERM)) {
    const [, quoted, bare, sign, number, words, word] = match;
    if (sign === undefined) {
      const text = (words ?? word).toLowerCase();
      tests.push(({ name }) => name.toLowerCase().includes(text));
      continue;
    }
    const field = quoted ?? bare;
    const ofHead = numbersOfHeads.get(field.toLowerCase());
    const metric = ofHead ? undefined : findMetric(field, metrics);
    const numberOf = ofHead ?? (metric && (({ metrics }: HeadEntry) => metrics?.[metric.id]));
    const limit = Number(number);
    if (!numberOf) {
      const known = [...numbersOfHeads.keys(), ...metrics.map(({ id }) => id)].join(', ');
      issues.push(`“${field}” is none of ${known}.`);
    } else if (number === '' || !Number.isFinite(limit)) {
      issues.push(`“${number}” after ${field} is no number.`);
    } else {
      if (metric) compared.push(metric.id);
      tests.push((entry) => comparisons[sign](numberOf(entry) ?? NaN, limit));
    }
  }
  return { passes: (entry) => tests.every((test) => test(entry)), issues, metrics: compared };
}

/** By id or name without spaces and case, or by a unique prefix. */
function findMetric(text: string, metrics: readonly HeadMetric[]): HeadMetric | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[\s-]/g, '');
  const sought = plain(text);
  const namesOf = ({ id, name }: HeadMetric) => [plain(id), plain(name)];
  const exact = metrics.find((metric) => namesOf(metric).includes(sought));
  if (exact || sought === '') return exact;
  const starts = metrics.filter((metric) => namesOf(metric).some((it) => it.startsWith(sought)));
  return starts.length === 1 ? starts[0] : undefined;
}

/** "9 of 32 heads; 2 not measured yet, hidden by the filter" */
export function headCount(heads: readonly HeadEntry[], filter: HeadFilter): string {
  const passing = heads.filter(filter.passes).length;
  const unmeasured = heads.filter(
    ({ metrics, error }) =>
      error === undefined && filter.metrics.some((id) => metrics?.[id] === undefined),
  ).length;
  const count = passing === heads.length ? heads.length : `${passing} of ${heads.length}`;
  const hidden = unmeasured > 0 ? `; ${unmeasured} not measured yet, hidden by the filter` : '';
  return `${count} ${heads.length === 1 ? 'head' : 'heads'}${hidden}`;
}
