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

const numbersOfHeads: Record<string, (entry: HeadEntry) => number | undefined> = {
  layer: ({ layer }) => layer,
  head: ({ head }) => head,
  // Headings count groups from 1, too.
  group: ({ group }) => (group === undefined ? undefined : group + 1),
};

/** A field or metric, an operator and a number; or else words. Names with spaces can be quoted. */
const TERM = /(?:"([^"]*)"|([^\s<>=:"]+))\s*(<=|>=|<|>|=|:)\s*(\S*)|"([^"]*)"|(\S+)/g;

/**
 * Parses a filter: `layer:2`, `head>=4`, `entropy<1`, words of a name; all terms must hold. A metric is given by its id
 * or name, or by a prefix of either that is unique.
 */
export function parseHeadFilter(text: string, metrics: readonly HeadMetric[]): HeadFilter {
  const tests: Test[] = [];
  const problems: string[] = [];
  const compared: string[] = [];
  for (const match of text.matchAll(TERM)) {
    const [, quoted, bare, sign, number, words, word] = match;
    if (sign === undefined) {
      const text = (words ?? word).toLowerCase();
      tests.push(({ name }) => name.toLowerCase().includes(text));
      continue;
    }
    const problem = issueWith(quoted ?? bare, number, metrics);
    if (problem) {
      problems.push(problem);
      continue;
    }
    const field = (quoted ?? bare).toLowerCase();
    const limit = Number(number);
    const compare = comparisons[sign];
    if (field in numbersOfHeads) {
      tests.push((entry) => compare(numbersOfHeads[field](entry) ?? NaN, limit));
    } else {
      const { id } = findMetric(field, metrics)!;
      compared.push(id);
      tests.push((entry) => compare(entry.metrics?.[id] ?? NaN, limit));
    }
  }
  return {
    passes: (entry) => tests.every((test) => test(entry)),
    issues: problems,
    metrics: compared,
  };
}

function issueWith(field: string, number: string, metrics: readonly HeadMetric[]): string | null {
  if (!(field.toLowerCase() in numbersOfHeads) && !findMetric(field, metrics)) {
    const known = [...Object.keys(numbersOfHeads), ...metrics.map(({ id }) => id)].join(', ');
    return `“${field}” is none of ${known}.`;
  }
  if (number === '' || !Number.isFinite(Number(number))) {
    return `“${number}” after ${field} is no number.`;
  }
  return null;
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
