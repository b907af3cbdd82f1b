import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Floors of the house, from the ground up. Folders that share a floor do not know each other. */
const FLOORS: readonly (readonly string[])[] = [
  ['src/numeric', 'src/webgpu'],
  ['src/attention'],
  ['src/bench', 'src/heads', 'src/lessons'],
  ['src/ui', 'cli'],
  ['src/main.ts'],
];

const files = ['src', 'cli'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => join(folder, name)),
);

/** Files of the project that a file imports, types included. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const found = source.matchAll(/(?:from|import\(?)\s+?'(\.[^'?]+)'|import\('(\.[^'?]+)'\)/g);
  return [...found].flatMap(([, a, b]) => {
    const path = relative('.', resolve(dirname(file), a ?? b));
    return files.find((other) => other === path || other === `${path}.ts`) ?? [];
  });
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

const floorOf = (file: string) =>
  FLOORS.findIndex((folders) => folders.some((folder) => file.startsWith(folder)));
const folderOf = (file: string) => FLOORS[floorOf(file)].find((folder) => file.startsWith(folder))!;

describe('imports', () => {
  it('are seen at all', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(graph.get('src/bench/benchmark.ts')).toContain('src/bench/recorder.ts');
  });

  it('point down, or stay within their folder', () => {
    const wrong = [...graph].flatMap(([file, targets]) =>
      targets
        .filter((target) => {
          const sameFolder = folderOf(file) === folderOf(target);
          return !sameFolder && floorOf(target) >= floorOf(file);
        })
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('form no cycle', () => {
    const finished = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error(`cycle: ${[...path, file].join(' → ')}`);
      if (finished.has(file)) return;
      for (const target of graph.get(file)!) visit(target, [...path, file]);
      finished.add(file);
    };
    for (const file of files) visit(file, []);
  });
});
