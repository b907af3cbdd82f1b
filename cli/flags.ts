import { parseArgs } from 'node:util';
import {
  describeAllowed,
  settingFields,
  describeIssue,
  type SettingIssue,
} from '../src/bench/settings';

/** A flag of the terminal's own, beside the settings. */
export interface Flag {
  readonly name: string;
  /** What its value stands for; none where the flag alone says it. */
  readonly value?: string;
  readonly help: string;
}

export const helpFlag: Flag = { name: 'help', help: 'Show this.' };

/** Every setting as a flag. */
export const settingFlags: readonly Flag[] = settingFields.map((field) => ({
  name: field.name,
  value: field.kind === 'number' ? 'N' : field.kind === 'list' ? 'A,B' : 'NAME',
  help: `${field.help} Expected: ${describeAllowed(field)}.`,
}));

/** Splits a command line into flags with their texts; whatever is no flag with a value is a problem. */
export function parseFlags(
  args: readonly string[],
  flags: readonly Flag[],
): { given: [name: string, value: string][]; problems: SettingIssue[] } {
  const options = Object.fromEntries(
    flags.map(({ name, value }) => [name, { type: value ? 'string' : 'boolean' } as const]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given: [string, string][] = [];
  const problems: SettingIssue[] = [];
  const allowed = 'only what --help lists';
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      problems.push({ field: 'argument', value: token.value, allowed });
      continue;
    }
    const flag = flags.find(({ name }) => name === token.name && token.rawName.startsWith('--'));
    if (!flag) problems.push({ field: 'argument', value: token.rawName, allowed });
    else if (flag.value) given.push([flag.name, token.value ?? '']);
    else if (token.inlineValue) {
      problems.push({ field: flag.name, value: token.value, allowed: 'no value' });
    } else given.push([flag.name, '']);
  }
  return { given, problems };
}

/** Problems for people, one a line, each flag as it is typed. */
export function describeIssues(problems: readonly SettingIssue[], command: string): string {
  const lines = problems.map((problem) =>
    describeIssue({
      ...problem,
      field: problem.field === 'argument' ? problem.field : `--${problem.field}`,
    }),
  );
  return [...lines, `See ${command} --help`].join('\n');
}

/** The flags in two columns. */
export function describeFlags(flags: readonly Flag[]): string {
  const names = flags.map(({ name, value }) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...names.map((name) => name.length));
  return flags.map(({ help }, i) => `  ${names[i].padEnd(width)}  ${help}`).join('\n');
}
