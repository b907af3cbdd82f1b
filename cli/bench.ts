import { writeFileSync } from 'node:fs';
import { reportToJson, reportToText } from '../src/bench/export';
import type { Report } from '../src/bench/report';
import { type Settings, settingsCodec } from '../src/bench/settings';
import type { LinkIssue } from '../src/numeric/url-state';
import type { AdapterName } from './browser';
import {
  INTERRUPTED,
  adapterFlag,
  describeFlags,
  describeIssues,
  helpFlag,
  outputFlag,
  parseFlags,
  untilInterrupted,
  userFolder,
} from './flags';
import { runInPage } from './page-run';
import { progressPrinter } from './progress';
import { withSiteInChrome } from './site';

const flagsIn = (folder: string) => ({
  adapter: adapterFlag,
  json: outputFlag(folder, 'Also write the report to this file, as docs/report.md describes.'),
  help: helpFlag,
});

export interface BenchOptions {
  readonly help: boolean;
  readonly settings: Settings;
  readonly adapter: AdapterName;
  /** A full path, or null. */
  readonly json: string | null;
  readonly issues: readonly LinkIssue[];
}

export function parseBenchArgs(args: readonly string[], folder: string): BenchOptions {
  const { values, settings, issues } = parseFlags(args, flagsIn(folder), true);
  const parsed = settingsCodec.parse(settings);
  return { ...values, settings: parsed.state, issues: [...parsed.issues, ...issues] };
}

export const benchHelp = `Benchmarks attention in headless Chrome and prints the results.

  npm run bench -- [--preset NAME | --batch N --heads N …] [--name=value …]

${describeFlags(flagsIn('.'), true)}

Exit status: 0 when every result was verified, 1 when not, 2 for invalid arguments, 130 when
interrupted (with the results so far).`;

/** `npm run bench`: the page's benchmark in headless Chrome. Resolves with the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const options = parseBenchArgs(args, userFolder());
  if (options.help) {
    console.log(benchHelp);
    return 0;
  }
  if (options.issues.length) {
    console.error(describeIssues(options.issues, 'npm run bench --'));
    return 2;
  }
  return untilInterrupted(async (signal) => {
    const report = await measure(options, signal);
    if (report) process.stdout.write(reportToText(report));
    if (report && options.json) writeFileSync(options.json, reportToJson(report));
    return signal.aborted ? INTERRUPTED : exitStatus(report);
  });
}

/** Success is a complete run with at least one result, and every result right. */
export function exitStatus(report: Report | null): 0 | 1 {
  if (report?.status !== 'complete') return 1;
  const states = report.cases.flatMap(({ entries }) => entries.map(({ status }) => status));
  const fine = states.every((status) => status === 'verified' || status === 'refused');
  return fine && states.includes('verified') ? 0 : 1;
}

async function measure(options: BenchOptions, signal: AbortSignal): Promise<Report | null> {
  const progress = progressPrinter(process.stderr);
  try {
    return await withSiteInChrome(options.adapter, async (browser, address) => {
      if (signal.aborted) return null;
      const { settings } = options;
      return runInPage({ browser, address, settings, signal, onEvent: progress.show });
    });
  } finally {
    progress.clear();
  }
}
