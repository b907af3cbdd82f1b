import { writeFileSync } from 'node:fs';
import { reportToJson, reportToText } from '../src/bench/export';
import type { Report } from '../src/bench/report';
import { describeIssues } from './flags';
import { benchHelp, parseBenchArgs, type BenchOptions } from './bench-args';
import { launchChrome } from './browser';
import { runInPage } from './page-run';
import { progressPrinter } from './progress';
import { ensureBuilt, serveSite } from './site';

const interrupted = 130;

/** `npm run bench`: the page's benchmark in headless Chrome. Resolves with the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  // npm runs scripts in the project's folder; paths are meant from where the user is.
  const options = parseBenchArgs(args, process.env.INIT_CWD ?? process.cwd());
  if (options.help) {
    console.log(benchHelp);
    return 0;
  }
  if (options.problems.length) {
    console.error(describeIssues(options.problems, 'npm run bench --'));
    return 2;
  }
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const report = await measure(options, abort.signal);
    if (report) process.stdout.write(reportToText(report));
    if (report && options.json) writeFileSync(options.json, reportToJson(report));
    return abort.signal.aborted ? interrupted : exitStatus(report);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Success is a complete run with at least one result, and each result right. */
export function exitStatus(report: Report | null): 0 | 1 {
  if (report?.status !== 'complete') return 1;
  const states = report.cases.flatMap(({ entries }) => entries.map(({ status }) => status));
  const fine = states.every((status) => status === 'verified' || status === 'refused');
  return fine && states.includes('verified') ? 0 : 1;
}

async function measure(options: BenchOptions, signal: AbortSignal): Promise<Report | null> {
  await ensureBuilt();
  const site = await serveSite({ port: 4173 });
  const progress = progressPrinter(process.stderr);
  try {
    const browser = await launchChrome({ headless: true, adapter: options.adapter });
    try {
      if (signal.aborted) return null;
      const { address } = site;
      const { settings } = options;
      return await runInPage({ browser, address, settings, signal, onEvent: progress.show });
    } finally {
      progress.clear();
      await browser.close();
    }
  } finally {
    await site.close();
  }
}
