import { resolve } from 'node:path';
import type { SettingIssue } from '../src/bench/settings';
import type { ElementType } from '../src/numeric/float16';
import { describeFlags, helpFlag, parseFlags, type Flag } from './flags';
import { isWritable } from './bench-args';
import { adapters, type AdapterName } from './browser';

const dtypes: readonly ElementType[] = ['f32', 'f16'];
const MAX_BUDGET = 600;

const tuneFlags: readonly Flag[] = [
  {
    name: 'budget',
    value: 'N',
    help: `Seconds for each class, compiling not counted; 1 on a GPU and 5 in software unless told. Expected: a number above 0, at most ${MAX_BUDGET}.`,
  },
  { name: 'dtype', value: 'NAME', help: `Expected: one of ${dtypes.join(', ')}.` },
  {
    name: 'adapter',
    value: 'NAME',
    help: `What WebGPU runs on. Expected: one of ${adapters.join(', ')}.`,
  },
  { name: 'json', value: 'FILE', help: 'Also write what was found there.' },
  { name: 'forget', help: 'Forget what earlier runs found first, of all devices: tune afresh.' },
  helpFlag,
];

export interface TuneOptions {
  readonly help: boolean;
  readonly forget: boolean;
  readonly budgetMs: number | null;
  readonly dtype: ElementType;
  readonly adapter: AdapterName;
  /** A full path, or null. */
  readonly json: string | null;
  readonly problems: readonly SettingIssue[];
}

export function parseTuneArgs(args: readonly string[], folder: string): TuneOptions {
  const { given, problems } = parseFlags(args, tuneFlags);
  const own = (name: string) => {
    const texts = given.filter((entry) => entry[0] === name).map(([, text]) => text);
    if (texts.length > 1) {
      const allowed = 'one value, given once';
      problems.push({ field: name, value: texts.join('" and "'), allowed });
    }
    return texts.at(-1);
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T => {
    const text = own(name) ?? allowed[0];
    const found = allowed.find((choice) => choice === text);
    if (!found)
      problems.push({ field: name, value: text, allowed: `one of ${allowed.join(', ')}` });
    return found ?? allowed[0];
  };
  const budget = own('budget');
  const seconds = /^\d+(\.\d+)?$/.test(budget ?? '') ? Number(budget) : 0;
  if (budget !== undefined && !(seconds > 0 && seconds <= MAX_BUDGET)) {
    const allowed = `a number of seconds above 0, at most ${MAX_BUDGET}`;
    problems.push({ field: 'budget', value: budget, allowed });
  }
  const file = own('json');
  const json = file ? resolve(folder, file) : null;
  if (file !== undefined && !isWritable(json)) {
    const allowed = 'a file, in a folder that exists and can be written to';
    problems.push({ field: 'json', value: file, allowed });
  }
  return {
    help: given.some(([name]) => name === 'help'),
    forget: given.some(([name]) => name === 'forget'),
    budgetMs: budget === undefined ? null : seconds * 1000,
    dtype: oneOf('dtype', dtypes),
    adapter: oneOf('adapter', adapters),
    json,
    problems,
  };
}

export const tuneHelp = `Measures in headless Chrome which kernel is fastest on this machine, for usual shapes, and prints
how the others compare. What it finds is remembered in the system's folder for caches, and not measured
again until Chrome, the adapter or a shader changes.

  npm run tune -- [--budget N] [--dtype NAME] [--json FILE] [--forget]

${describeFlags(tuneFlags)}

Exit status: 0 when each class has a winner and nothing was wrong, 1 when not, 2 on bad arguments, 130
when interrupted (with the results so far).`;
