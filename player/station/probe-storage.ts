const name = 'yuanbo-probe';
const blockBytes = 4_000_000;
const blocks = 16;

/** Writes 64 MB into the box's database and takes them away again; answers MB/s, undefined where it cannot keep them. */
export async function storageSpeed(): Promise<number | undefined> {
  if (typeof indexedDB === 'undefined') return undefined;
  try {
    const database = await opened();
    try {
      const beganMs = performance.now();
      for (let at = 0; at < blocks; at += 1) await put(database, at);
      return (blocks * blockBytes) / 1000 / (performance.now() - beganMs);
    } finally {
      database.close();
      indexedDB.deleteDatabase(name);
    }
  } catch {
    return undefined;
  }
}

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore('blocks');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database does not open.'));
  });

const put = (database: IDBDatabase, at: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction('blocks', 'readwrite');
    transaction.objectStore('blocks').put(new Uint8Array(blockBytes).fill(at), at);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The database is full.'));
  });
