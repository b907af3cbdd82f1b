import { InputError } from '../input-error';
import type { Mask, MaskModifier, ScoreModifier } from './modifier';

/** Most numbers of all modifiers, by the size of `modifiers` in parameters.wgsl. */
export const MAX_NUMBERS = 64;

export interface ComposedModifiers {
  /** The modifiers' files and the functions `visible`, `tile_state` and `modify_score` that call them. */
  readonly wgsl: string;
  /** The modifiers' numbers, as 32-bit words, for the uniform. */
  readonly numbers: Uint32Array;
  /** The modifiers' lists, one after another. */
  readonly data: Uint32Array;
  /** Offset of the sinks in the data, if there are any. */
  readonly sinks: number | undefined;
}

/**
 * Composes modifiers into the three functions that kernels call. Only calls are generated here; the functions
 * they call are in the modifiers' own files.
 * @throws InputError for more numbers than the uniform holds.
 */
export function composeModifiers(
  mask: Mask | undefined,
  scores: readonly ScoreModifier[] = [],
  sinks?: Float32Array,
): ComposedModifiers {
  const registry = new Registry();
  const maskCalls = mask
    ? maskExpressions(mask, registry)
    : { visible: 'true', tile: 'TILE_VISIBLE' };
  const scoreLines = scores.map(
    (modifier) =>
      `  result = ${modifier.name}_score(result, batch, head, query, key, ${registry.add(modifier)}u);`,
  );
  const wgsl = [
    ...registry.files.values(),
    `const SCORES_MODIFIED: bool = ${scores.length > 0};`,
    `const HAS_SINKS: bool = ${sinks !== undefined};`,
    'fn visible(batch: u32, head: u32, query: u32, key: u32) -> bool {',
    `  return ${maskCalls.visible};`,
    '}',
    'fn tile_state(batch: u32, head: u32, first_query: u32, last_query: u32, first_key: u32, last_key: u32) -> u32 {',
    `  return ${maskCalls.tile};`,
    '}',
    'fn modify_score(score: f32, batch: u32, head: u32, query: u32, key: u32) -> f32 {',
    '  var result = score;',
    ...scoreLines,
    '  return result;',
    '}',
    '',
  ].join('\n');
  const sinksOffset = sinks && registry.offsetOf(sinks);
  return { wgsl, numbers: registry.numbers, data: registry.data, sinks: sinksOffset };
}

/** Collects modifiers' files, numbers and data. */
class Registry {
  readonly files = new Map<string, string>();
  readonly #words: number[] = [];
  readonly #lists = new Map<ArrayBufferView, number>();
  #listWords = 0;

  /** Returns where the modifier's numbers start. */
  add({ name, wgsl, integers = [], floats = [], data }: MaskModifier | ScoreModifier): number {
    this.files.set(name, wgsl);
    const at = this.#words.length;
    this.#words.push(...new Uint32Array(Int32Array.from(integers).buffer));
    this.#words.push(...new Uint32Array(Float32Array.from(floats).buffer));
    if (data) this.#words.push(this.offsetOf(data));
    if (this.#words.length > MAX_NUMBERS) {
      const given = `modifiers with ${this.#words.length} numbers`;
      throw new InputError('mask', given, `${MAX_NUMBERS}`);
    }
    return at;
  }

  get numbers(): Uint32Array {
    return Uint32Array.from(this.#words);
  }

  get data(): Uint32Array {
    const data = new Uint32Array(this.#listWords);
    for (const [list, offset] of this.#lists) {
      data.set(new Uint32Array(list.buffer, list.byteOffset, list.byteLength / 4), offset);
    }
    return data;
  }

  /** A list that two modifiers share is stored once. */
  offsetOf(list: ArrayBufferView): number {
    const known = this.#lists.get(list);
    if (known !== undefined) return known;
    const offset = this.#listWords;
    this.#lists.set(list, offset);
    this.#listWords += list.byteLength / 4;
    return offset;
  }
}

/** Hidden < mixed < visible, so "all of" is the minimum of the parts' tile states and "any of" the maximum. */
function maskExpressions(mask: Mask, registry: Registry): { visible: string; tile: string } {
  if (mask.kind === 'mask') {
    const at = `${registry.add(mask)}u`;
    return {
      visible: `${mask.name}_visible(batch, head, query, key, ${at})`,
      tile: `${mask.name}_tile(batch, head, first_query, last_query, first_key, last_key, ${at})`,
    };
  }
  const parts = mask.masks.map((part) => maskExpressions(part, registry));
  const all = mask.kind === 'all';
  return {
    visible: `(${parts.map((part) => part.visible).join(all ? ' && ' : ' || ') || String(all)})`,
    tile: parts
      .map((part) => part.tile)
      .reduce(
        (left, right) => `${all ? 'min' : 'max'}(${left}, ${right})`,
        all ? 'TILE_VISIBLE' : 'TILE_HIDDEN',
      ),
  };
}
