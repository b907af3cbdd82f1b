import type { Mask, MaskModifier, ScoreModifier } from './modifier';

/** Room for modifiers' numbers in the kernels' uniform (`MODIFIERS` in parameters.wgsl). */
export const MAX_MODIFIERS = 8;

export interface ComposedModifiers {
  /** The modifiers' files and the functions `visible`, `tile_state` and `modify_score` that call them. */
  readonly wgsl: string;
  /** One row of four for each modifier. Masks' rows are integers, scores' rows are floats. */
  readonly parameters: readonly {
    readonly type: 'i32' | 'f32';
    readonly values: readonly number[];
  }[];
}

/**
 * Joins modifiers into the three functions that kernels are written against. What is generated here is
 * calls alone; the functions called are in the modifiers' own files.
 */
export function composeModifiers(
  mask: Mask | undefined,
  scores: readonly ScoreModifier[] = [],
): ComposedModifiers {
  const files = new Map<string, string>();
  const parameters: ComposedModifiers['parameters'][number][] = [];

  const register = (modifier: MaskModifier | ScoreModifier): number => {
    files.set(modifier.name, modifier.wgsl);
    const type = modifier.kind === 'mask' ? 'i32' : 'f32';
    parameters.push({ type, values: modifier.parameters });
    return parameters.length - 1;
  };
  const maskCalls = mask
    ? maskExpressions(mask, register)
    : { visible: 'true', tile: 'TILE_VISIBLE' };
  const scoreLines = scores.map((modifier) => {
    const row = `bitcast<vec4<f32>>(parameters.modifiers[${register(modifier)}])`;
    return `  result = ${modifier.name}_score(result, batch, head, query, key, ${row});`;
  });

  const wgsl = [
    ...files.values(),
    `const SCORES_MODIFIED: bool = ${scores.length > 0};`,
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
  return { wgsl, parameters };
}

/** A tile is hidden < mixed < visible, so "all of" is the least of the parts' states and "any of" the greatest. */
function maskExpressions(
  mask: Mask,
  register: (modifier: MaskModifier) => number,
): { visible: string; tile: string } {
  if (mask.kind === 'mask') {
    const row = `parameters.modifiers[${register(mask)}]`;
    return {
      visible: `${mask.name}_visible(batch, head, query, key, ${row})`,
      tile: `${mask.name}_tile(batch, head, first_query, last_query, first_key, last_key, ${row})`,
    };
  }
  const parts = mask.masks.map((part) => maskExpressions(part, register));
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
