import { type attentionOf, type LessonState } from '../../../lessons/state';
import { texIn, texNumber, texProducts, texSoftmax, texWord } from '../arithmetic';
import type { StepCell } from './trace';

export interface Shown {
  readonly state: LessonState;
  readonly words: readonly string[];
  readonly steps: ReturnType<typeof attentionOf>;
}

/** How the number in a cell came about, with the numbers that it has now, as TeX. */
export function formulaOf(cell: StepCell, shown: Shown): string {
  const { table, row, column } = cell;
  const { state, words, steps } = shown;
  switch (table) {
    case 'x':
      return `x_{${texWord(words[row])},\\,${column + 1}} = ${texNumber(state.x[row][column])}`;
    case 'wq':
    case 'wk':
    case 'wv':
      return `W_{${table[1].toUpperCase()}\\;${row + 1},\\,${column + 1}} = ${texNumber(state[table][row][column])}`;
    case 'query':
      return projection('q', 'query', cell, shown, state.wq);
    case 'key':
      return projection('k', 'key', cell, shown, state.wk);
    case 'value':
      return projection('v', 'value', cell, shown, state.wv);
    case 'scores':
      return scoreFormula(row, column, shown);
    case 'masked':
      return maskFormula(row, column, shown);
    case 'weights': {
      const { masked, weights } = steps;
      const name = texIn('weight', `w_{${pair(row, column, words)}}`);
      return `${name} = ${texSoftmax(masked[row], column, weights[row][column])}`;
    }
    case 'output':
      return outputFormula(row, column, shown);
  }
}

const pair = (row: number, column: number, words: readonly string[]) =>
  `${texWord(words[row])}\\to ${texWord(words[column])}`;

function projection(
  letter: string,
  concept: 'query' | 'key' | 'value',
  { row, column }: StepCell,
  { state, words, steps }: Shown,
  matrix: LessonState['wq'],
): string {
  const name = texIn(concept, `${letter}_{${texWord(words[row])},\\,${column + 1}}`);
  const weights = matrix.map((cells) => cells[column]);
  const result = texIn(concept, texNumber(steps[concept][row][column]));
  return `${name} = ${texProducts(state.x[row], weights)} = ${result}`;
}

function scoreFormula(row: number, column: number, { state, words, steps }: Shown): string {
  const { query, key, scores } = steps;
  const products = texProducts(query[row], key[column], ['query', 'key']);
  const divisors = [
    state.scaled ? `\\sqrt{${query[0].length}}` : '',
    state.temperature === 1 ? '' : texNumber(state.temperature, 4),
  ].filter(Boolean);
  // A fraction would be one long line; a factor before brackets can be broken.
  const sum =
    divisors.length > 0 ? `\\tfrac{1}{${divisors.join(' \\cdot ')}}\\,(${products})` : products;
  return `s_{${pair(row, column, words)}} = ${sum} = ${texNumber(scores[row][column])}`;
}

/** Why this key is hidden from this query; empty where it is not. */
export function hiddenBecause(row: number, column: number, { state, words }: Shown): string {
  if (state.hidden.includes(column)) return `${words[column]} is hidden from all`;
  if (state.causal && column > row) return `${words[column]} comes after ${words[row]}`;
  return '';
}

function maskFormula(row: number, column: number, shown: Shown): string {
  const name = `m_{${pair(row, column, shown.words)}}`;
  const score = texNumber(shown.steps.scores[row][column]);
  const why = hiddenBecause(row, column, shown);
  return why
    ? `${name} = -\\infty \\quad \\text{(${texWord(why)})}`
    : `${name} = ${score} \\quad \\text{(seen)}`;
}

function outputFormula(row: number, column: number, { words, steps }: Shown): string {
  const { weights, value, output } = steps;
  const name = texIn('output', `o_{${texWord(words[row])},\\,${column + 1}}`);
  const values = value.map((cells) => cells[column]);
  const result = texIn('output', texNumber(output[row][column]));
  return `${name} = ${texProducts(weights[row], values, ['weight', 'value'])} = ${result}`;
}
