/** A file that cannot be read: says which, what is wrong with it, and what was expected. Nothing else is thrown. */
export class FileError extends Error {
  override name = 'FileError';
  constructor(
    readonly file: string,
    readonly problem: string,
    readonly expected: string,
  ) {
    super(`${file}: ${problem}; expected ${expected}.`);
  }
}
