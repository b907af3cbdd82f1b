import type { TuningStore } from './store';

/** As much of Node as is used here: the library is compiled without Node's types. */
interface FileSystem {
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  writeFile(path: string, text: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { force: boolean }): Promise<void>;
  mkdir(path: string, options: { recursive: boolean }): Promise<unknown>;
}

interface Node {
  readonly platform: string;
  readonly pid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule(name: 'node:fs/promises'): FileSystem;
  getBuiltinModule(name: 'node:path'): { dirname(path: string): string };
  getBuiltinModule(name: 'node:os'): { homedir(): string };
}

/**
 * Remembers in a JSON file, in Node. Reading one that is not JSON rejects; writing replaces it.
 * @param path - a file in the system's folder for caches unless told.
 */
export function fileStore(path = defaultPath()): TuningStore {
  const files = node().getBuiltinModule('node:fs/promises');
  const read = async (): Promise<Record<string, unknown>> => {
    const text = await files.readFile(path, 'utf8').catch((error: { code?: string }) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    const values: unknown = JSON.parse(text);
    if (typeof values === 'object' && values && !Array.isArray(values)) return { ...values };
    throw new Error(`${path} holds no object`);
  };
  return {
    get: async (key) => (await read())[key],
    async set(key, value) {
      const values = { ...(await read().catch(() => ({}))), [key]: value };
      await files.mkdir(node().getBuiltinModule('node:path').dirname(path), { recursive: true });
      // Whole or not at all: another process may read at any time.
      const draft = `${path}.${node().pid}`;
      await files.writeFile(draft, `${JSON.stringify(values, null, 2)}\n`);
      await files.rename(draft, path);
    },
    clear: () => files.rm(path, { force: true }),
    entries: async () => Object.entries(await read()),
  };
}

function node(): Node {
  const { process } = globalThis as { readonly process?: Partial<Node> };
  if (!process?.getBuiltinModule) throw new Error('fileStore: needs Node, 20.16 or newer');
  return process as Node;
}

/** Where each system keeps what may be lost. */
function defaultPath(): string {
  const { platform, env } = node();
  const home = node().getBuiltinModule('node:os').homedir();
  const folders: Record<string, string | undefined> = {
    darwin: `${home}/Library/Caches`,
    win32: env.LOCALAPPDATA,
  };
  const folder = folders[platform] ?? env.XDG_CACHE_HOME ?? `${home}/.cache`;
  return `${folder}/attention-playground/tuning.json`;
}
