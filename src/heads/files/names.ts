/** What a tensor's name says that it is. */
export type Role = 'query' | 'key' | 'value';

export interface NamedRole {
  readonly role: Role | undefined;
  /** The name without its role and its layer: tensors of one set share it. */
  readonly group: string;
  /** Number of its layer, where the name has one. */
  readonly layer: number | undefined;
  /** Whether it is a model's parameter: a matrix that makes queries, say, not queries. */
  readonly isWeight: boolean;
}

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['query', /^(?:q|qs|query|queries)(\d*)$/],
  ['key', /^(?:k|ks|key|keys)(\d*)$/],
  ['value', /^(?:v|vs|value|values)(\d*)$/],
];
const LAYER = /^(?:layers?|blocks?|h|l)(\d+)$/;
const WEIGHTS = new Set(['weight', 'bias', 'kernel', 'wq', 'wk', 'wv']);

/** "model.layers.3.attn.q_proj", "queryStates", "k", "q_2", "L4_keys". */
export function readName(name: string): NamedRole {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  let role: Role | undefined;
  let layer: number | undefined;
  const rest: string[] = [];
  // From the end: what stands last says most.
  for (const word of words.toReversed()) {
    const found: readonly [Role, string] | undefined = role ? undefined : roleOf(word);
    const number = found?.[1] || LAYER.exec(word)?.[1] || (/^\d+$/.test(word) ? word : undefined);
    if (found) role = found[0];
    if (number && layer === undefined) layer = Number(number);
    else if (!found) rest.push(word);
  }
  const isWeight = words.some((word) => WEIGHTS.has(word));
  return { role, group: rest.toReversed().join('.'), layer, isWeight };
}

function roleOf(word: string): readonly [Role, string] | undefined {
  for (const [role, pattern] of ROLES) {
    const match = pattern.exec(word);
    if (match) return [role, match[1]];
  }
  return undefined;
}
