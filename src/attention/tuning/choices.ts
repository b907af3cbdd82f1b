/** How long a candidate took on a class's representative problem. */
export interface RankedCandidate {
  readonly name: string;
  readonly ms: number;
}

/** What tuning found for a class of problems: the candidates whose results were right, the fastest first. */
export interface TunedChoice {
  readonly ranking: readonly RankedCandidate[];
  /** ISO 8601, UTC. */
  readonly tunedAt: string;
}

/** What plans ask, at once, of what was tuned before. */
export interface TunedChoices {
  choice(shapeClass: string): TunedChoice | undefined;
}

/** Whether something read from a store is a choice: anybody may have written there. */
export function isTunedChoice(value: unknown): value is TunedChoice {
  const { ranking, tunedAt } = (value ?? {}) as Partial<TunedChoice>;
  return (
    typeof tunedAt === 'string' &&
    Array.isArray(ranking) &&
    ranking.length > 0 &&
    ranking.every(isRanked)
  );
}

function isRanked(value: unknown): value is RankedCandidate {
  const { name, ms } = (value ?? {}) as Partial<RankedCandidate>;
  return typeof name === 'string' && Number.isFinite(ms) && ms! > 0;
}
