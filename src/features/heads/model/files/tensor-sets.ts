import { describeTensor } from './proposal';
import type { FileTensor } from './tensor-file';

type TensorRole = 'query' | 'key' | 'value';

interface NamedRole {
  readonly role: TensorRole | undefined;
  /** The name without role and layer; tensors of one set share it. */
  readonly group: string;
  /** Number of the layer, if the name contains one. */
  readonly layer: number | undefined;
  /** Whether it is a model's parameter, such as the matrix that computes queries. */
  readonly isWeight: boolean;
}

const ROLES: readonly (readonly [TensorRole, RegExp])[] = [
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
  let role: TensorRole | undefined;
  let layer: number | undefined;
  const rest: string[] = [];
  // From the end, where names are most specific.
  for (const word of words.toReversed()) {
    const found: readonly [TensorRole, string] | undefined = role ? undefined : roleOf(word);
    const number = found?.[1] || LAYER.exec(word)?.[1] || (/^\d+$/.test(word) ? word : undefined);
    if (found) role = found[0];
    if (number && layer === undefined) layer = Number(number);
    else if (!found) rest.push(word);
  }
  const isWeight = words.some((word) => WEIGHTS.has(word));
  return { role, group: rest.toReversed().join('.'), layer, isWeight };
}

function roleOf(word: string): readonly [TensorRole, string] | undefined {
  for (const [role, pattern] of ROLES) {
    const match = pattern.exec(word);
    if (match) return [role, match[1]];
  }
  return undefined;
}

export interface TensorSet {
  readonly query: readonly FileTensor[];
  readonly key: readonly FileTensor[];
  readonly value?: readonly FileTensor[];
  /** What roles were guessed from, where names gave none. */
  readonly guessedFrom?: string;
}

interface NamedLayer {
  readonly number: number | undefined;
  readonly parts: Partial<Record<TensorRole, FileTensor>>;
}

/** Sets by name; if names give none, by order. */
export function findSets(tensors: readonly FileTensor[]): {
  found: TensorSet[];
  refusals: string[];
} {
  const refusals: string[] = [];
  const weights = tensors.filter(({ name }) => readName(name).isWeight);
  if (weights.length > 0) {
    refusals.push(
      `${weights[0].name} is a model’s parameter, not its queries or keys: run the model and save those.`,
    );
  }
  const others = tensors.filter((tensor) => !weights.includes(tensor));
  const found: TensorSet[] = [];
  for (const [group, layers] of groupByName(others)) {
    const whole = layers.filter(({ parts }) => parts.query && parts.key);
    for (const { parts } of layers) {
      if (parts.query && parts.key) continue;
      const [only] = Object.values(parts);
      const missing = parts.query ? 'keys' : parts.key ? 'queries' : 'queries and keys';
      refusals.push(`${only.name} has no matching ${missing}.`);
    }
    if (whole.length > 0) found.push(...stack(whole, group, refusals));
  }
  if (found.length === 0) found.push(...byOrder(others));
  if (found.length === 0 && others.length > 0) {
    const names = others.slice(0, 8).map(describeTensor).join(', ');
    refusals.push(`No Q/K pair found. Name arrays q and k (or query and key). Found: ${names}.`);
  }
  return { found, refusals };
}

function groupByName(tensors: readonly FileTensor[]): Map<string, NamedLayer[]> {
  const groups = new Map<string, NamedLayer[]>();
  for (const tensor of tensors) {
    const { role, group, layer } = readName(tensor.name);
    if (!role) continue;
    const layers = groups.get(group) ?? [];
    groups.set(group, layers);
    let entry = layers.find((one) => one.number === layer && !one.parts[role]);
    if (!entry) layers.push((entry = { number: layer, parts: {} }));
    entry.parts[role] = tensor;
  }
  return groups;
}

/** One set of all layers if their shapes agree, else a set for each layer. */
function stack(layers: readonly NamedLayer[], group: string, refusals: string[]): TensorSet[] {
  const ordered = layers.toSorted((a, b) => (a.number ?? -1) - (b.number ?? -1));
  const shapeOf = ({ parts }: NamedLayer) => `${parts.query!.shape} ${parts.key!.shape}`;
  const alike = ordered.every((layer) => shapeOf(layer) === shapeOf(ordered[0]));
  if (!alike) {
    refusals.push(
      `Layers${group ? ` of ${group}` : ''} differ in shape: each is listed separately.`,
    );
    return ordered.map((layer) => setOf([layer]));
  }
  return [setOf(ordered)];
}

function setOf(layers: readonly NamedLayer[]): TensorSet {
  const values = layers.map(({ parts }) => parts.value);
  const sameShape = values.every((value) => String(value?.shape) === String(values[0]?.shape));
  return {
    query: layers.map(({ parts }) => parts.query!),
    key: layers.map(({ parts }) => parts.key!),
    value: values[0] && sameShape ? (values as FileTensor[]) : undefined,
  };
}

/** Two or three tensors without roles in their names: queries, keys and values in this order; or keys before queries. */
function byOrder(tensors: readonly FileTensor[]): TensorSet[] {
  if (tensors.length < 2 || tensors.length > 3) return [];
  // A tensor with a role in its name must not get another one.
  if (tensors.some(({ name }) => readName(name).role)) return [];
  const [first, second, third] = tensors;
  const value = third && [third];
  return [
    { query: [first], key: [second], value, guessedFrom: 'their order' },
    { query: [second], key: [first], value, guessedFrom: 'the other order' },
  ];
}
