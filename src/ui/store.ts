/** Where a reader has been: states to go back to, and forward again. */
export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** States are small and share what did not change. */
const MAX_HISTORY = 500;

export const createHistory = <State>(present: State): History<State> => ({
  past: [],
  present,
  future: [],
});

/** A step to a new state; what could be gone forward to is forgotten. A step to the same state is none. */
export function pushState<State>(history: History<State>, next: State): History<State> {
  const { past, present } = history;
  if (next === present) return history;
  return { past: [...past, present].slice(-MAX_HISTORY), present: next, future: [] };
}

/** Back to where everything began, as a step: it can be gone back from. */
export const reset = <State>(history: History<State>, initial: State): History<State> =>
  pushState(history, initial);

/** The new state in the present's place: while a handle is dragged, say, so that a drag is one step. */
export const replaceState = <State>(history: History<State>, present: State): History<State> => ({
  ...history,
  present,
});

export function undo<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past[past.length - 1], future: [present, ...future] };
}

export function redo<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0], future: future.slice(1) };
}
