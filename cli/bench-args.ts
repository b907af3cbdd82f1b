import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { presetField } from '../src/bench/settings';
import { parseSettings, type SettingIssue, type Settings } from '../src/bench/settings';
import { describeFlags, helpFlag, settingFlags, parseFlags, type Flag } from './flags';
import { adapters, type AdapterName } from './browser';

const benchOnlyFlags: readonly Flag[] = [
  { name: 'suite', value: 'NAME', help: 'Another name for --preset.' },
  {
    name: 'adapter',
    value: 'NAME',
    help: `What WebGPU runs on. Expected: one of ${adapters.join(', ')}.`,
  },
  {
    name: 'json',
    value: 'FILE',
    help: 'Also write the report there, as docs/report.md describes.',
  },
  helpFlag,
];
const benchFlags = [...settingFlags, ...benchOnlyFlags];

export interface BenchOptions {
  readonly help: boolean;
  readonly settings: Settings;
  readonly adapter: AdapterName;
  /** A full path, or null. */
  readonly json: string | null;
  readonly problems: readonly SettingIssue[];
}

export function parseBenchArgs(args: readonly string[], folder: string): BenchOptions {
  const { given: typed, problems } = parseFlags(args, benchFlags);
  const given = typed.map(([name, text]): [string, string] => [
    name === 'suite' ? presetField.name : name,
    text,
  ]);
  const own = (name: string) => given.filter((entry) => entry[0] === name).map(([, text]) => text);
  const ownNames = benchOnlyFlags.map(({ name }) => name);
  const parsed = parseSettings(given.filter(([name]) => !ownNames.includes(name)));
  problems.push(...parsed.problems);
  for (const name of ['adapter', 'json']) {
    const texts = own(name);
    if (texts.length < 2) continue;
    problems.push({ field: name, value: texts.join('" and "'), allowed: 'one value, given once' });
  }
  const adapter = own('adapter').at(-1) ?? 'auto';
  if (!isAdapter(adapter)) {
    const allowed = `one of ${adapters.join(', ')}`;
    problems.push({ field: 'adapter', value: adapter, allowed });
  }
  const file = own('json').at(-1);
  const json = file ? resolve(folder, file) : null;
  if (file !== undefined && !isWritable(json)) {
    const allowed = 'a file, in a folder that exists and can be written to';
    problems.push({ field: 'json', value: file, allowed });
  }
  return {
    help: own('help').length > 0,
    settings: parsed.settings,
    adapter: isAdapter(adapter) ? adapter : 'auto',
    json,
    problems,
  };
}

export const benchHelp = `Measures attention in headless Chrome and prints the results.

  npm run bench -- [--preset NAME | --batch N --heads N …] [--name=value …]

${describeFlags(benchFlags)}

Exit status: 0 when everything measured was verified, 1 when not, 2 on bad arguments, 130 when
interrupted (with the results so far).`;

function isAdapter(name: string): name is AdapterName {
  return (adapters as readonly string[]).includes(name);
}

/** Asked before a minute of measuring, not after. */
export function isWritable(path: string | null): boolean {
  if (!path) return false;
  try {
    if (existsSync(path) && statSync(path).isDirectory()) return false;
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    return existsSync(path) || statSync(dirname(path)).isDirectory();
  } catch {
    return false;
  }
}
