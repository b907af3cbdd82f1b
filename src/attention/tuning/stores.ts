/**
 * Where tuned choices are kept between runs: `indexedDbStore` in browsers, `fileStore` in Node,
 * `memoryStore` until the process ends. Readers validate what they load. Any call may reject,
 * because storage may be blocked or full.
 */
export interface TuningStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  clear(): Promise<void>;
  entries(): Promise<readonly (readonly [key: string, value: unknown])[]>;
}

/** Keeps choices in memory. */
export function memoryStore(
  initial: Iterable<readonly [key: string, value: unknown]> = [],
): TuningStore {
  const values = new Map(initial);
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    clear: async () => values.clear(),
    entries: async () => [...values],
  };
}

/** The parts of Node used here; the library is compiled without Node's types. */
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
 * Keeps choices in a JSON file, in Node. Reading rejects if the file is not JSON; writing replaces it.
 * @param path - by default, a file in the system's cache folder.
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
      // Written to a temporary file and renamed, because another process may read at any time.
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

/** Each system's cache folder. */
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

const STORE = 'tuning';

/** Keeps choices in this browser, for this origin. Calls reject if the page may not use storage. */
export function indexedDbStore(name = 'attention-playground'): TuningStore {
  const run = <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) =>
    transact(name, mode, ask);
  return {
    get: (key) => run<unknown>('readonly', (store) => store.get(key)),
    set: async (key, value) => void (await run('readwrite', (store) => store.put(value, key))),
    clear: async () => void (await run('readwrite', (store) => store.clear())),
    async entries() {
      const keys = await run('readonly', (store) => store.getAllKeys());
      const values = await run<unknown[]>('readonly', (store) => store.getAll());
      return keys.map((key, i) => [String(key), values[i]] as const);
    },
  };
}

/** Opens a connection per call, because an open one would block other pages' upgrades. */
async function transact<T>(
  name: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open(name);
  try {
    const transaction = database.transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    // Resolves when the transaction is complete: only then are the data written.
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  } finally {
    database.close();
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
