/**
 * A function that gives its last result again while its arguments are the same ones. Sections draw
 * themselves at every change of the state, and few changes concern them.
 */
export function memoizeLast<Args extends readonly unknown[], Result>(
  make: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { args: Args; result: Result } | null = null;
  return (...args) => {
    const isSame = last?.args.every((value, i) => Object.is(value, args[i]));
    if (!last || !isSame) last = { args, result: make(...args) };
    return last.result;
  };
}
