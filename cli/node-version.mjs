/** What Vite and Vitest run on: 20.19 or later in its line, and everything from 22.12 on. */
const oldest = '20.19 or later (in the 22 line, 22.12 or later)';

/**
 * Why this version of Node will not do, or null when it will.
 * @param {string} version as in `process.versions.node`
 */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  return fits ? null : `This is Node ${version}; the playground needs Node ${oldest}.`;
}
