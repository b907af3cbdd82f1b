import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { withFeatureTable } from './feature-table';
import { root } from './bootstrap.mjs';

/** `npm run docs`: brings what the README takes from the code up to date. */
export async function main(): Promise<number> {
  const path = join(root, 'README.md');
  await writeFile(path, await renewed(await readFile(path, 'utf8')));
  return 0;
}

/** The README as it should be, formatted. */
export async function renewed(readme: string): Promise<string> {
  const config = await prettier.resolveConfig(join(root, 'README.md'));
  return prettier.format(withFeatureTable(readme), { ...config, parser: 'markdown' });
}
