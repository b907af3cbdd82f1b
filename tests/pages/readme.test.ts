import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type OpenedPage, openPage } from '../support/page';

const run = promisify(execFile);
const FOLDER = '.cache/library-under-test';

let opened: OpenedPage;

beforeAll(async () => {
  // The library as users get it: built, not the sources.
  await build({ mode: 'library', logLevel: 'error', build: { outDir: FOLDER, emptyOutDir: true } });
  opened = await openPage('tests/support/blank.html', inject('sourcesUrl'));
});

afterAll(() => opened.close());

/** The first JavaScript block of the README. */
async function exampleLines(): Promise<string> {
  const readme = await readFile('README.md', 'utf8');
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1];
  if (!example) throw new Error('README.md has no JavaScript example');
  return example;
}

it('the README’s example is at most fifteen lines', async () => {
  const lines = (await exampleLines()).split('\n').filter((line) => line.trim() !== '');
  expect(lines.length).toBeLessThanOrEqual(15);
});

it('those very lines run in Chrome, and are right', async () => {
  const { page } = opened;
  const printed = new Promise<string>((resolve) => {
    page.on('console', (message) => message.type() === 'log' && resolve(message.text()));
    page.on('pageerror', (error) => resolve(String(error)));
  });
  const source = inModule(await exampleLines(), `/${FOLDER}/attention-playground.js`);
  await page.addScriptTag({ type: 'module', content: source });
  const [passed, maxError] = (await printed).split(' ');
  expect(passed).toBe('true');
  expect(Number(maxError)).toBeGreaterThan(0);
  expect(Number(maxError)).toBeLessThan(1e-5);
});

it('those very lines agree with the types that the library brings', async () => {
  const types = `${FOLDER}/types`;
  await run('npx', ['tsc', '-p', 'tsconfig.lib.json', '--outDir', types]);
  const source = inModule(await exampleLines(), './types/attention/index');
  await writeFile(`${FOLDER}/example.ts`, source.replace('(stream)', '(stream: number)'));
  const options = '--strict --noEmit --skipLibCheck --module esnext --moduleResolution bundler';
  const environment = ['--target', 'es2022', '--types', '@webgpu/types', '--ignoreConfig'];
  await run('npx', ['tsc', `${FOLDER}/example.ts`, ...options.split(' '), ...environment]);
});

const inModule = (example: string, path: string) =>
  example.replace("'attention-playground'", `'${path}'`);
