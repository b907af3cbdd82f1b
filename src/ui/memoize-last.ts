/** Caches the last result of `make`, for as long as the arguments are identical (`Object.is`). */
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
