import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { renewed } from '../../cli/docs';
import { featureTable } from '../../cli/feature-table';

it('the README’s table of features is what the kernels say (npm run docs writes it)', async () => {
  const readme = await readFile('README.md', 'utf8');
  expect(await renewed(readme)).toBe(readme);
});

it('the table tells kernels apart', () => {
  const row = featureTable()
    .split('\n')
    .find((line) => line.includes('More than 32 queries'));
  expect(row).toBe(
    '| More than 32 queries | any tensor | f32, f16 | f32, f16 | f16 | – | – | f32, f16 |',
  );
});
