import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { featureTable, updatedReadme } from './feature-table';

it('the README’s table of features is what the kernels say (npm run docs writes it)', async () => {
  const readme = await readFile('README.md', 'utf8');
  expect(await updatedReadme(readme)).toBe(readme);
});

it('the table distinguishes kernels', () => {
  const lines = featureTable().split('\n');
  const cells = (line: string) => line.split('|').map((cell) => cell.trim());
  const header = cells(lines[0]);
  const row = cells(lines.find((line) => line.includes('More than 32 queries'))!);
  const of = (kernel: string) => row[header.indexOf(kernel)];
  for (const kernel of ['flash', 'flash-direct', 'three-pass']) expect(of(kernel)).toBe('f32, f16');
  for (const kernel of ['decode', 'decode-direct']) expect(of(kernel)).toBe('–');
});
