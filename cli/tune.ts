import { writeFileSync } from 'node:fs';
import type { CandidateResult } from '../src/attention/tuning/choices';
import { fileStore } from '../src/attention/tuning/stores';
import { formatMs, formatRatio } from '../src/bench/format';
import { type TunedClass, type TuningEvent, tuningGrid } from '../src/bench/tuning';
import type { ElementType } from '../src/numeric/float16';
import type { LinkIssue } from '../src/numeric/url-state';
import type { AdapterName } from './browser';
import {
  type Flag,
  INTERRUPTED,
  adapterFlag,
  choiceFlag,
  describeFlags,
  describeIssues,
  helpFlag,
  outputFlag,
  parseFlags,
  switchFlag,
  untilInterrupted,
  userFolder,
} from './flags';
import { tuneInPage } from './page-run';
import { withSiteInChrome } from './site';

const MAX_BUDGET = 600;

const budgetFlag: Flag<number | null> = {
  help: `Seconds per shape class, not counting compilation. Default: 1 on a GPU, 5 in software. Expected: a number above 0, at most ${MAX_BUDGET}.`,
  placeholder: 'N',
  initial: null,
  read(text) {
    const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
    return seconds > 0 && seconds <= MAX_BUDGET ? seconds : undefined;
  },
  allowed: `a number of seconds above 0, at most ${MAX_BUDGET}`,
};

const flagsIn = (folder: string) => ({
  budget: budgetFlag,
  dtype: choiceFlag<ElementType>(['f32', 'f16'], 'Storage type of the tensors.'),
  adapter: adapterFlag,
  json: outputFlag(folder, 'Also write the results to this file.'),
  forget: switchFlag('First forget the results of earlier runs, on all devices.'),
  help: helpFlag,
});

export interface TuneOptions {
  readonly help: boolean;
  readonly forget: boolean;
  readonly budgetMs: number | null;
  readonly dtype: ElementType;
  readonly adapter: AdapterName;
  /** A full path, or null. */
  readonly json: string | null;
  readonly issues: readonly LinkIssue[];
}

export function parseTuneArgs(args: readonly string[], folder: string): TuneOptions {
  const { values, issues } = parseFlags(args, flagsIn(folder));
  const { budget, ...rest } = values;
  return { ...rest, budgetMs: budget === null ? null : budget * 1000, issues };
}

export const tuneHelp = `Measures in headless Chrome which kernel is fastest on this machine for common shapes, and prints
the timings. Results are kept in the system's cache folder, and not measured again until Chrome, the
adapter or a shader changes.

  npm run tune -- [--budget N] [--dtype NAME] [--json FILE] [--forget]

${describeFlags(flagsIn('.'))}

Exit status: 0 when every class has a winner and no kernel was wrong, 1 when not, 2 for invalid arguments,
130 when interrupted (with the results so far).`;

/** `npm run tune`: tunes for common shapes in headless Chrome. Resolves with the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const options = parseTuneArgs(args, userFolder());
  if (options.help) {
    console.log(tuneHelp);
    return 0;
  }
  if (options.issues.length) {
    console.error(describeIssues(options.issues, 'npm run tune --'));
    return 2;
  }
  return untilInterrupted(async (signal) => {
    const { classes, device, error } = await tune(options, signal);
    if (device) console.log(`Device: ${device}\n`);
    if (classes.length) process.stdout.write(tuneTable(classes));
    if (error) console.error(error);
    if (options.json) writeFileSync(options.json, tuningToJson(options, device, classes));
    if (signal.aborted) return INTERRUPTED;
    return error ? 1 : tuneStatus(classes);
  });
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

async function tune({ forget, adapter, dtype, budgetMs }: TuneOptions, signal: AbortSignal) {
  const store = fileStore();
  if (forget) await store.clear();
  const remembered = await store.entries().catch(() => []);
  const classes: TunedClass[] = [];
  const onEvent = (event: TuningEvent) => {
    if (event.type !== 'tuned') return showProgress(event);
    classes.push(event.tuned);
  };
  return withSiteInChrome(adapter, async (browser, address) => {
    const request = { cases: tuningGrid(dtype), budgetMs, remembered };
    const done = await tuneInPage({ browser, address, request, signal, onEvent });
    await remember(done?.entries ?? [], store);
    return { classes, device: done?.device, error: done?.error };
  });
}

/** A folder that cannot be written to costs no results, only the memory of them. */
async function remember(
  entries: readonly (readonly [string, unknown])[],
  store: ReturnType<typeof fileStore>,
): Promise<void> {
  try {
    for (const [key, value] of entries) await store.set(key, value);
  } catch (error) {
    console.error(`The results could not be cached: ${(error as Error).message}`);
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

function tuningToJson(
  { budgetMs, dtype }: TuneOptions,
  device: string | undefined,
  classes: readonly TunedClass[],
): string {
  const about = { schema: 'attention-playground/tuning', version: 1 };
  const createdAt = new Date().toISOString();
  return `${JSON.stringify({ ...about, createdAt, device: device ?? null, dtype, budgetMs, classes }, null, 2)}\n`;
}

const COLUMNS = ['kernel', 'time', 'vs winner', 'compilation', 'notes'];
const isNumeric = (column: number): boolean => column > 0 && column < COLUMNS.length - 1;

/** Class by class, an aligned line for each kernel: its time, also as a multiple of the winner's. */
export function tuneTable(classes: readonly TunedClass[]): string {
  const rows = classes.map((tuned) => tuned.candidates.map((each) => rowOf(each, tuned)));
  const all = [COLUMNS, ...rows.flat()];
  const widths = COLUMNS.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  const line = (row: readonly string[]) => {
    const cells = row.map((text, i) =>
      isNumeric(i) ? text.padStart(widths[i]) : text.padEnd(widths[i]),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  };
  const blocks = classes.map(({ shapeClass, caseName, remembered }, i) => {
    const title = `${shapeClass}, measured on ${caseName}${remembered ? ' (cached)' : ''}`;
    return [title, ...rows[i].map(line), ''];
  });
  return `${[line(COLUMNS), ...blocks.flat(), summary(classes)].join('\n')}\n`;
}

function rowOf(candidate: CandidateResult, { candidates, winner, usual }: TunedClass): string[] {
  const { name, ms, verified, compileMs, message } = candidate;
  const best = candidates.find((each) => each.name === winner)?.ms;
  // A kernel that was abandoned early has only an estimate.
  const about = verified ? '' : '~';
  return [
    name,
    ms === null ? '' : `${about}${formatMs(ms)}`,
    ms === null || !best ? '' : `${about}${formatRatio(ms / best)}×`,
    compileMs === null ? '' : formatMs(compileMs),
    [
      ...(name === winner ? [winner === usual ? 'winner, also the default' : 'winner'] : []),
      ...(name === usual && winner !== usual ? ['default'] : []),
      ...(ms === null ? [candidate.status === 'wrong' ? 'WRONG' : candidate.status] : []),
      ...(message ? [message.replaceAll(/\s+/g, ' ')] : []),
    ].join(' · '),
  ];
}

function summary(classes: readonly TunedClass[]): string {
  const same = classes.filter(({ winner, usual }) => winner === usual).length;
  return `The default choice is the winner in ${same} of ${classes.length} classes.`;
}
