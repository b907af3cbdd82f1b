import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** What `import builds from './NAME.ts?assembly'` gives: WebAssembly in base64. */
const BUILDS = {
  'relaxed-shared': ['--enable', 'relaxed-simd', '--sharedMemory'],
  relaxed: ['--enable', 'relaxed-simd'],
  'plain-shared': ['--sharedMemory'],
  plain: [],
} as const;

/** No runtime, no allocation: memory is imported, and its layout is the importer's. */
const OPTIONS = (
  '-O3 --noAssert --runtime stub --disableWarning 112 ' +
  '--enable simd --enable threads --enable bulk-memory ' +
  '--importMemory --initialMemory 1 --maximumMemory 65536'
).split(' ');

const SUFFIX = '?assembly';
const CACHE = join(import.meta.dirname, '.cache', 'assembly');

type Compiled = Readonly<Record<keyof typeof BUILDS, string>>;

const compiling = new Map<string, Promise<Compiled>>();

/** Compiles AssemblyScript where it is imported: in development, in builds, in tests and in workers. */
export function assembly(): Plugin {
  return {
    name: 'assemblyscript',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const entry = id.slice(0, -SUFFIX.length);
      const sources = await readSources(dirname(entry));
      for (const name of sources.keys()) this.addWatchFile(join(dirname(entry), name));
      return `export default ${JSON.stringify(await compileOnce(basename(entry), sources))};`;
    },
  };
}

/** The AssemblyScript files of a folder, by name. */
export async function readSources(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).toSorted();
  const texts = names.map((name) => readFile(join(folder, name), 'utf8'));
  return new Map((await Promise.all(texts)).map((text, i) => [names[i], text]));
}

/** A second or two of work, so it is kept on disk, by what went into it. */
async function compileOnce(entry: string, sources: Map<string, string>): Promise<Compiled> {
  const { default: asc } = await import('assemblyscript/asc');
  const parts = [asc.version, entry, BUILDS, OPTIONS, [...sources]];
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
  const known = compiling.get(key) ?? readOrCompile(join(CACHE, `${key}.json`), entry, sources);
  compiling.set(key, known);
  known.catch(() => compiling.delete(key));
  return known;
}

async function readOrCompile(file: string, entry: string, sources: Map<string, string>) {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Compiled;
  } catch {
    // Not there yet.
  }
  const builds: Record<string, string> = {};
  for (const [name, options] of Object.entries(BUILDS)) {
    builds[name] = await compile(entry, sources, options);
  }
  await mkdir(CACHE, { recursive: true });
  // Other processes may be reading: a file appears whole, or not at all.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(builds));
  await rename(draft, file);
  return builds as Compiled;
}

/** Compiles one build of `entry`; base64. @throws Error with the compiler's words. */
export async function compile(
  entry: string,
  sources: Map<string, string>,
  options: readonly string[] = [],
): Promise<string> {
  const { default: asc } = await import('assemblyscript/asc');
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [entry, ...OPTIONS, ...options, '--outFile', 'out.wasm'],
    {
      readFile: (name) => sources.get(name) ?? null,
      listFiles: () => [],
      writeFile: (_name, contents) => void (binary = contents as Uint8Array),
    },
  );
  if (error || !binary) throw new Error(`AssemblyScript: ${error?.message}\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}
