import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { explain, Failure } from './bootstrap.mjs';
import { nodeVersionError } from './bootstrap.mjs';
import { root } from './bootstrap.mjs';

/**
 * The way in for `npm start`, `npm test`, `npm run bench` and the like: installs what is missing, then runs the
 * command. It must load on any Node and without packages, so everything else is imported when needed.
 */

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  start: (args) => runModule('cli/start.ts', args),
  bench: (args) => runModule('cli/bench.ts', args),
  tune: (args) => runModule('cli/tune.ts', args),
  docs: (args) => runModule('cli/docs.ts', args),
  test: (args) => runNode(join(root, 'node_modules/vitest/vitest.mjs'), ['run', ...args]),
};

/** @param {string[]} argv */
async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const names = Object.keys(commands).join(', ');
    throw new Failure(`"${name ?? ''}" is not a command; expected one of ${names}.`);
  }
  const { ensurePackages } = await import('./bootstrap.mjs');
  ensurePackages();
  const { ensureChrome } = await import('./chrome.mjs');
  // Asking what there is to ask takes no browser.
  const needsChrome = name === 'test' || (name !== 'docs' && !args.includes('--help'));
  if (needsChrome) await ensureChrome();
  return command(args);
}

/**
 * TypeScript, read by the Vite that builds the page: no tool of its own for the terminal.
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
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function runNode(script, args) {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  // The terminal sends these to the child as well; its answer is the one that counts.
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
