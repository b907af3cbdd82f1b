import type { TuningStore } from './store';

const STORE = 'tuning';

/** Remembers in this browser, for this origin. Calls reject where storage is closed to the page. */
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

/** A connection of its own for each call: none is held that would block another page's. */
async function transact<T>(
  name: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open(name);
  try {
    const transaction = database.transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    // Written only once the transaction is complete.
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
