import sharedWgsl from '../../shaders/shared/modifiers.wgsl?raw';
import type { ComposedModifiers } from '../../src/attention/modifiers/compose';

export const HIDDEN = 0;
export const MIXED = 1;
export const VISIBLE = 2;

/** The three functions that kernels call. */
export interface ComposedFunctions {
  visible(batch: number, head: number, query: number, key: number): boolean;
  tile_state(
    batch: number,
    head: number,
    first_query: number,
    last_query: number,
    first_key: number,
    last_key: number,
  ): number;
  modify_score(score: number, batch: number, head: number, query: number, key: number): number;
}

const bits = new DataView(new ArrayBuffer(4));

/** WGSL's own words, where JavaScript has none of the same name. */
const BUILTINS = {
  TILE_HIDDEN: HIDDEN,
  TILE_MIXED: MIXED,
  TILE_VISIBLE: VISIBLE,
  i32: (x: number) => x | 0,
  u32: (x: number) => x >>> 0,
  f32: Math.fround,
  bitcast_u32: (word: number) => word,
  bitcast_i32: (word: number) => word | 0,
  bitcast_f32: (word: number) => {
    bits.setUint32(0, word);
    return bits.getFloat32(0);
  },
  select: (no: unknown, yes: unknown, condition: boolean) => (condition ? yes : no),
  clamp: (x: number, low: number, high: number) => Math.min(Math.max(x, low), high),
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
  exp: Math.exp,
};

/**
 * WGSL as JavaScript. Modifiers are expressions of few words, so replacing types is enough; the GPU's own
 * compiler has its say in the kernel tests. Whole numbers are divided by constants alone.
 */
const translate = (wgsl: string) =>
  wgsl
    .replaceAll(/\/\/.*/g, '')
    .replaceAll(/@group.*;/g, '')
    .replaceAll(/:\s*(?:[uif]32|bool)\b/g, '')
    .replaceAll(/->\s*\w+/g, '')
    .replaceAll(/\blet\b/g, 'const')
    .replaceAll(/\bfn\b/g, 'function')
    .replaceAll(/bitcast<(\w+)>/g, 'bitcast_$1')
    .replaceAll(/(\w+) \/ (\d+)u\b/g, 'Math.floor($1 / $2)')
    .replaceAll(/\b(0x[\da-f]+|\d+)u\b/g, '$1');

/** By source: new numbers need no new shader. */
const compiled = new Map<string, Function>();

/** Runs composed modifiers as a kernel would: from their source, numbers and data, and nothing else. */
export function asJavaScript({ wgsl, numbers, data }: ComposedModifiers): ComposedFunctions {
  const rows = Array.from({ length: Math.ceil(numbers.length / 4) }, (_, row) =>
    within('modifiers', numbers.subarray(4 * row, 4 * row + 4)),
  );
  const given = {
    ...BUILTINS,
    parameters: { modifiers: within('modifiers', rows) },
    modifier_data: within('modifier_data', data),
  };
  let run = compiled.get(wgsl);
  if (!run) {
    // oxlint-disable-next-line no-new-func -- the project's own shaders, made readable to JavaScript
    run = new Function(
      ...Object.keys(given),
      `'use strict';${translate(sharedWgsl + wgsl)}; return { visible, tile_state, modify_score };`,
    );
    compiled.set(wgsl, run);
  }
  return run(...Object.values(given)) as ComposedFunctions;
}

/** An array that may not be read past its end: a GPU would read something else in silence. */
function within<T extends object>(name: string, values: T): T {
  return new Proxy(values, {
    get(target, index) {
      const value: unknown = Reflect.get(target, index, target);
      if (value === undefined) throw new RangeError(`${name}[${String(index)}] is past the end`);
      return value;
    },
  });
}
