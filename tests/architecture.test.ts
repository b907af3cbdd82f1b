import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Layers, lowest first. A layer may import from those below; folders of one layer do not know each other. */
const LAYERS: readonly (readonly RegExp[])[] = [
  [/^src\/numeric\//, /^src\/async\//],
  [/^src\/webgpu\//],
  [/^src\/attention\//],
  [/^src\/bench\//],
  [/^src\/ui\//],
  [/^src\/features\/benchmark\//, /^src\/features\/heads\//, /^src\/features\/lesson\//, /^cli\//],
  [/^src\/app\//],
];

const isTest = (file: string) => /\.(test|gpu|fixtures)\.ts$/.test(file);

const files = ['src', 'cli'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !isTest(name))
    .map((name) => join(folder, name)),
);
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** Project files that a file imports, types included. */
function importsOf(file: string): string[] {
  const found = sources
    .get(file)!
    .matchAll(/(?:from|import\(?)\s+?'(\.[^'?]+)'|import\('(\.[^'?]+)'\)/g);
  return [...found].flatMap(([, a, b]) => {
    const path = relative('.', resolve(dirname(file), a ?? b));
    return [path, `${path}.ts`].find((other) => sources.has(other)) ?? [];
  });
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

const layerOf = (file: string) =>
  LAYERS.findIndex((folders) => folders.some((folder) => folder.test(file)));
const folderOf = (file: string) => LAYERS[layerOf(file)]?.find((folder) => folder.test(file));

/** The imports of a graph, between the groups that its files belong to. */
function grouped(groupOf: (file: string) => string | null): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [file, targets] of graph) {
    const group = groupOf(file);
    if (group === null) continue;
    const others = targets.map(groupOf).filter((other) => other !== null && other !== group);
    groups.set(group, [...(groups.get(group) ?? []), ...(others as string[])]);
  }
  return groups;
}

/** @throws with the path of a cycle, where there is one. */
function expectNoCycle(edges: ReadonlyMap<string, readonly string[]>): void {
  const finished = new Set<string>();
  const visit = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) throw new Error(`cycle: ${[...path, node].join(' → ')}`);
    if (finished.has(node)) return;
    for (const target of edges.get(node) ?? []) visit(target, [...path, node]);
    finished.add(node);
  };
  for (const node of edges.keys()) visit(node, []);
}

/** The folders inside `src/ui` and inside each feature; a section of the lesson is a folder of its own. */
function roomOf(file: string): string | null {
  const [, root, rest] = /^(src\/ui|src\/features\/\w+)\/(.*)$/.exec(file) ?? [];
  if (root === undefined) return null;
  const folders = rest.split('/').slice(0, -1);
  const depth = folders[0] === 'sections' ? 2 : 1;
  return [root, ...folders.slice(0, depth)].join('/');
}

/** What only a page has. */
const DOM =
  /from 'lit|\bHTML\w*Element\b|\bSVG\w*Element\b|\bcustomElements\b|\b(document|window)\.\w/;
const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

describe('imports', () => {
  it('are seen at all', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(graph.get('src/bench/benchmark.ts')).toContain('src/bench/recorder.ts');
  });

  it('belong to a layer, each file of them', () => {
    expect(files.filter((file) => layerOf(file) === -1)).toEqual([]);
  });

  it('point down, or stay within their folder', () => {
    const wrong = [...graph].flatMap(([file, targets]) =>
      targets
        .filter((target) => folderOf(file) !== folderOf(target) && layerOf(target) >= layerOf(file))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('form no cycle between files', () => expectNoCycle(graph));

  it('form no cycle between the folders of src/ui and of each feature', () => {
    expectNoCycle(grouped(roomOf));
  });

  it('of the lesson: only chapters and the page know its sections, and no section another', () => {
    const section = (file: string) =>
      /^src\/features\/lesson\/sections\/(\w[\w-]*)\//.exec(file)?.[1];
    const wrong = [...graph].flatMap(([file, targets]) =>
      targets
        .filter((target) => section(target) && section(target) !== section(file))
        .filter(() => /^src\/features\/lesson\/(model|parts|sections|engine)\//.test(file))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('models', () => {
  const models = files.filter((file) => /^src\/features\/\w+\/model\//.test(file));

  it('are seen at all', () => expect(models.length).toBeGreaterThan(20));

  it('reach no file that needs a page', () => {
    const wrong = models.flatMap((model) => {
      const reached = new Map<string, string>([[model, '']]);
      for (const [file] of reached) {
        for (const target of graph.get(file)!) if (!reached.has(target)) reached.set(target, file);
      }
      return [...reached]
        .filter(([file]) => DOM.test(withoutComments(sources.get(file)!)))
        .map(([file, by]) => `${model}: ${file}, imported by ${by || 'nobody'}`);
    });
    expect(wrong).toEqual([]);
  });
});
