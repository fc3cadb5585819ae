// What is not wholly in Salesforce, on disk.

export class Outbox {
  #open;

  constructor(name) {
    this.#open = new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('logs', { keyPath: 'sid' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  put(log) {
    const { busy, changed, stale, ...plain } = log;
    return this.#transaction('readwrite', (store) => store.put(plain));
  }

  delete(sid) {
    return this.#transaction('readwrite', (store) => store.delete(sid));
  }

  all() {
    return this.#transaction('readonly', (store) => store.getAll());
  }

  async #transaction(mode, work) {
    const database = await this.#open;
    return new Promise((resolve, reject) => {
      const tx = database.transaction('logs', mode);
      const request = work(tx.objectStore('logs'));
      tx.oncomplete = () => resolve(request.result);
      tx.onabort = () => reject(tx.error);
    });
  }
}
