import { readFileSync } from 'node:fs';

/**
 * Sums the counts of Vitest's JSON reports, given without ".json", and prints them as one line.
 * A report that is missing counts as a failed test, and so does a file that could not even be loaded.
 */
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const name of process.argv.slice(2)) {
  const counts = countsOf(`${name}.json`);
  for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) sum[key] += counts[key];
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed ? 1 : 0;

/** @param {string} path */
function countsOf(path) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    console.log(`no results in ${path}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const unloaded = report.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    failed: report.success ? failed : Math.max(1, failed),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
