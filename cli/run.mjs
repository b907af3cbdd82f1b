import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Failure, ensurePackages, explain, nodeVersionError, root } from './bootstrap.mjs';

/**
 * Runs `npm start`, `npm test`, `npm run bench` and the like, after installing what is missing. It must load on any
 * Node and without packages, so everything else is imported when needed.
 */

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  start: (args) => runModule('cli/start.ts', args),
  bench: (args) => runModule('cli/bench.ts', args),
  tune: (args) => runModule('cli/tune.ts', args),
  docs: (args) => runModule('cli/feature-table.ts', args),
  test: (args) => runTests(['unit', 'components', 'journeys'], args),
  'test:all': (args) => runTests(['*'], args),
};

/** @param {string[]} argv */
async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const names = Object.keys(commands).join(', ');
    throw new Failure(`"${name ?? ''}" is not a command; expected one of ${names}.`);
  }
  ensurePackages();
  const { ensureChrome } = await import('./chrome.mjs');
  // Neither --help nor the README's tables need a browser.
  const needsChrome = name.startsWith('test') || (name !== 'docs' && !args.includes('--help'));
  if (needsChrome) await ensureChrome();
  return command(args);
}

/**
 * Runs a TypeScript module's `main`, loaded by the Vite that also builds the page.
 * @param {string} path
 * @param {string[]} args
 */
async function runModule(path, args) {
  const { runnerImport } = await import('vite');
  const options = /** @type {const} */ ({ root, configFile: false, logLevel: 'error' });
  const { module } = await runnerImport(/** @type {any} */ (join(root, path)), options);
  return /** @type {any} */ (module).main(args);
}

/**
 * Vitest, on some of the projects in vitest.config.ts unless the arguments name others.
 * @param {string[]} projects
 * @param {string[]} args
 */
function runTests(projects, args) {
  const chosen = args.includes('--project') ? [] : projects.map((name) => `--project=${name}`);
  return runNode(join(root, 'node_modules/vitest/vitest.mjs'), ['run', ...chosen, ...args]);
}

/**
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function runNode(script, args) {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  // The terminal sends these to the child as well; its exit status is the one that counts.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => {});
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

const problem = nodeVersionError(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error) => {
    console.error(explain(error));
    process.exitCode = 1;
  },
);
