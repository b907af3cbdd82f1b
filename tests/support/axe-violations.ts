import type { AxeResults } from 'axe-core';

/** Each broken rule with the elements that break it: all that axe finds, or what it calls serious or critical. */
export const violationsOf = ({ violations }: AxeResults, least: 'any' | 'serious' = 'any') =>
  violations
    .filter(({ impact }) => least === 'any' || impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(' '))}`);
