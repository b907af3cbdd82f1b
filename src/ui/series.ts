import { contestants } from '../bench/contestants';

const symbols = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye'] as const;
const colors = symbols.map((_, i) => `var(--series-${i + 1})`);

/** Place in the contestants' list; a stranger (from an older report) comes after the last. */
function place(contestant: string) {
  const index = contestants.findIndex(({ name }) => name === contestant);
  return index < 0 ? contestants.length : index;
}

/** The colour that a contestant has everywhere on the page. */
export function seriesColor(contestant: string) {
  return colors[place(contestant) % colors.length]!;
}

/** The form of its mark, so that no meaning hangs on colour alone. */
export function seriesSymbol(contestant: string) {
  return symbols[place(contestant) % symbols.length]!;
}
