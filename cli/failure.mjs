/** Something the user can mend: shown as its message alone, without a stack. */
export class Failure extends Error {
  /** @override */
  name = 'Failure';
}

/**
 * What to tell the user. By name, as modules read by Vite have a class of their own.
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Failure' ? error.message : (error.stack ?? error.message);
}
