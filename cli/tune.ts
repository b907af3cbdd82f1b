import { writeFileSync } from 'node:fs';
import { fileStore } from '../src/attention/tuning/stores';
import type { TunedClass } from '../src/bench/tuning';
import { tuningGrid } from '../src/bench/tuning';
import type { TuningEvent } from '../src/bench/tuning';
import { describeIssues } from './flags';
import { launchChrome } from './browser';
import { ensureBuilt, serveSite } from './site';
import { parseTuneArgs, tuneHelp, type TuneOptions } from './tune-args';
import { tuneInPage } from './page-run';
import { tuneTable } from './tune-table';

const interrupted = 130;

/** `npm run tune`: tunes for usual shapes in headless Chrome. Resolves with the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  // npm runs scripts in the project's folder; paths are meant from where the user is.
  const options = parseTuneArgs(args, process.env.INIT_CWD ?? process.cwd());
  if (options.help) {
    console.log(tuneHelp);
    return 0;
  }
  if (options.problems.length) {
    console.error(describeIssues(options.problems, 'npm run tune --'));
    return 2;
  }
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const { classes, device, error } = await tune(options, abort.signal);
    if (device) console.log(`Device: ${device}\n`);
    if (classes.length) process.stdout.write(tuneTable(classes));
    if (error) console.error(error);
    if (options.json) writeFileSync(options.json, toJson(options, device, classes));
    if (abort.signal.aborted) return interrupted;
    return error ? 1 : tuneStatus(classes);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Success is a winner for each class, and no kernel that is wrong or fails. */
export function tuneStatus(classes: readonly TunedClass[]): 0 | 1 {
  const fine = classes.every(
    ({ winner, candidates }) =>
      winner !== null &&
      candidates.every(({ status }) => status !== 'wrong' && status !== 'failed'),
  );
  return classes.length > 0 && fine ? 0 : 1;
}

async function tune(options: TuneOptions, signal: AbortSignal) {
  const store = fileStore();
  if (options.forget) await store.clear();
  const remembered = await store.entries().catch(() => []);
  const classes: TunedClass[] = [];
  const onEvent = (event: TuningEvent) => {
    if (event.type !== 'tuned') return showProgress(event);
    classes.push(event.tuned);
  };
  await ensureBuilt();
  const site = await serveSite({ port: 4173 });
  try {
    const browser = await launchChrome({ headless: true, adapter: options.adapter });
    try {
      const cases = tuningGrid(options.dtype);
      const request = { cases, budgetMs: options.budgetMs, remembered };
      const { address } = site;
      const done = await tuneInPage({ browser, address, request, signal, onEvent });
      await remember(done?.entries ?? [], store);
      return { classes, device: done?.device, error: done?.error };
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/** A folder that cannot be written to costs no results, only the memory of them. */
async function remember(
  entries: readonly (readonly [string, unknown])[],
  store: ReturnType<typeof fileStore>,
): Promise<void> {
  try {
    for (const [key, value] of entries) await store.set(key, value);
  } catch (error) {
    console.error(`What was found could not be kept: ${(error as Error).message}`);
  }
}

let lastCaseName = '';

/** One line for each class. */
function showProgress(event: TuningEvent): void {
  if (event.type !== 'progress' || event.progress.caseName === lastCaseName) return;
  const { caseName, fraction } = event.progress;
  lastCaseName = caseName;
  process.stderr.write(`${`${Math.floor(fraction * 100)}%`.padStart(4)} ${caseName}\n`);
}

function toJson(
  { budgetMs, dtype }: TuneOptions,
  device: string | undefined,
  classes: readonly TunedClass[],
): string {
  const about = { schema: 'attention-playground/tuning', version: 1 };
  const createdAt = new Date().toISOString();
  return `${JSON.stringify({ ...about, createdAt, device: device ?? null, dtype, budgetMs, classes }, null, 2)}\n`;
}
