import type { NamedTensor } from './contents';
import { readName, type Role } from './names';
import { describeTensor } from './proposal';

/** Tensors that belong together: one of each a layer. */
export interface TensorSet {
  readonly query: readonly NamedTensor[];
  readonly key: readonly NamedTensor[];
  readonly value?: readonly NamedTensor[];
  /** How they were told apart, where names did not say. */
  readonly guessed?: string;
}

interface Layer {
  readonly number: number | undefined;
  readonly parts: Partial<Record<Role, NamedTensor>>;
}

/** Sets by name, then, where names say nothing, by order. */
export function findSets(tensors: readonly NamedTensor[]): {
  found: TensorSet[];
  refusals: string[];
} {
  const refusals: string[] = [];
  const weights = tensors.filter(({ name }) => readName(name).isWeight);
  if (weights.length > 0) {
    refusals.push(
      `${weights[0].name} is a model’s parameter, not its queries or keys: run the model, and save those.`,
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
      refusals.push(`${only.name}: there are no ${missing} to go with it.`);
    }
    if (whole.length > 0) found.push(...stack(whole, group, refusals));
  }
  if (found.length === 0) found.push(...byOrder(others));
  if (found.length === 0 && others.length > 0) {
    const names = others.slice(0, 8).map(describeTensor).join(', ');
    refusals.push(`Names should tell queries from keys, as q and k do; these do not: ${names}.`);
  }
  return { found, refusals };
}

/** Tensors with a role, by what else their names say, layer by layer. */
function groupByName(tensors: readonly NamedTensor[]): Map<string, Layer[]> {
  const groups = new Map<string, Layer[]>();
  for (const tensor of tensors) {
    const { role, group, layer } = readName(tensor.name);
    if (!role) continue;
    const layers = groups.get(group) ?? [];
    groups.set(group, layers);
    let place = layers.find((one) => one.number === layer && !one.parts[role]);
    if (!place) layers.push((place = { number: layer, parts: {} }));
    place.parts[role] = tensor;
  }
  return groups;
}

/** Layers whose shapes agree become one set; others are sets of their own. */
function stack(layers: readonly Layer[], group: string, refusals: string[]): TensorSet[] {
  const ordered = layers.toSorted((a, b) => (a.number ?? -1) - (b.number ?? -1));
  const shapeOf = ({ parts }: Layer) => `${parts.query!.shape} ${parts.key!.shape}`;
  const alike = ordered.every((layer) => shapeOf(layer) === shapeOf(ordered[0]));
  if (!alike) {
    refusals.push(
      `Layers${group ? ` of ${group}` : ''} differ in shape: each is offered by itself.`,
    );
    return ordered.map((layer) => setOf([layer]));
  }
  return [setOf(ordered)];
}

function setOf(layers: readonly Layer[]): TensorSet {
  const values = layers.map(({ parts }) => parts.value);
  const sameShape = values.every((value) => String(value?.shape) === String(values[0]?.shape));
  return {
    query: layers.map(({ parts }) => parts.query!),
    key: layers.map(({ parts }) => parts.key!),
    value: values[0] && sameShape ? (values as NamedTensor[]) : undefined,
  };
}

/** Two or three tensors without telling names: first queries, then keys, then values; or the other way round. */
function byOrder(tensors: readonly NamedTensor[]): TensorSet[] {
  if (tensors.length < 2 || tensors.length > 3) return [];
  // One whose name tells is not to be taken for something else.
  if (tensors.some(({ name }) => readName(name).role)) return [];
  const [first, second, third] = tensors;
  const value = third && [third];
  return [
    { query: [first], key: [second], value, guessed: 'their order' },
    { query: [second], key: [first], value, guessed: 'the other order' },
  ];
}
