// The store on disk, in IndexedDB: one database for each worker, with a record for
// each reservation that is not settled, a mark for each that was settled lately,
// and the claims on screen pops. Every promise is rejected where the browser does
// not want to.
import { maxSettled } from './store.js';

const version = 1;
const records = 'records';
const settled = 'settled';
const claims = 'claims';

/** How long anything is of use: no task lives that long. */
const maxAge = 8 * 24 * 3600 * 1000;
/** How long the browser may take over one thing before it counts as refused. */
const patience = 5000;

export class Disk {
  #name;
  #database = null;

  /** @param {string} name of the database */
  constructor(name) {
    this.#name = name;
  }

  /** @returns {Promise<{records: object[], settled: string[]}>} what an earlier page has left */
  load() {
    return this.#transaction([records, settled, claims], 'readwrite', (tx) => {
      const left = { records: [], settled: [] };
      const oldest = Date.now() - maxAge;
      const old = (list) => list.filter((value) => !(value.at > oldest));
      prune(tx.objectStore(records), (values) => {
        left.records = values;
        return old(values);
      });
      prune(tx.objectStore(settled), (marks) => {
        left.settled = marks.map((mark) => mark.sid);
        return marks.slice(0, -maxSettled);
      });
      prune(tx.objectStore(claims), old);
      return left;
    });
  }

  /**
   * Keeps records in the place of earlier ones, and of settled reservations no
   * more than the SID: all or nothing.
   * @param {{sid: string}[]} keep
   * @param {string[]} done
   */
  save(keep, done) {
    return this.#transaction([records, settled], 'readwrite', (tx) => {
      for (const record of keep) tx.objectStore(records).put({ ...record, at: Date.now() });
      for (const sid of done) {
        tx.objectStore(records).delete(sid);
        tx.objectStore(settled).put({ sid, at: Date.now() });
      }
    });
  }

  /** Deletes records, where there is no room for anything else. */
  drop(sids) {
    return this.#transaction([records], 'readwrite', (tx) => {
      for (const sid of sids) tx.objectStore(records).delete(sid);
    });
  }

  /** @returns {Promise<boolean>} whether this is the first claim of the reservation's screen pop */
  claim(sid) {
    return this.#transaction([claims], 'readwrite', (tx) => {
      const won = { value: true };
      const add = tx.objectStore(claims).add({ sid, at: Date.now() });
      add.onerror = (event) => {
        if (add.error.name !== 'ConstraintError') return;
        won.value = false;
        event.preventDefault(); // else the transaction would be undone, and fail
        event.stopPropagation();
      };
      return won;
    }).then((won) => won.value);
  }

  /** Takes a claim back. */
  unclaim(sid) {
    return this.#transaction([claims], 'readwrite', (tx) => { tx.objectStore(claims).delete(sid); });
  }

  /** Runs work in one transaction; what it returns is the result once that is on disk. */
  async #transaction(stores, mode, work) {
    const database = await this.#open();
    return settle((resolve, reject) => {
      const tx = database.transaction(stores, mode);
      const result = work(tx);
      tx.oncomplete = () => resolve(result);
      tx.onabort = () => reject(tx.error || new Error('the transaction was aborted'));
      tx.onerror = () => reject(tx.error);
    });
  }

  #open() {
    this.#database ??= settle((resolve, reject) => {
      const request = indexedDB.open(this.#name, version);
      request.onupgradeneeded = () => {
        for (const name of [records, settled, claims]) request.result.createObjectStore(name, { keyPath: 'sid' });
      };
      request.onsuccess = () => {
        const database = request.result;
        // A later version of the plugin, or the user, wants it changed or gone.
        database.onversionchange = () => { database.close(); this.#database = null; };
        database.onclose = () => { this.#database = null; };
        resolve(database);
      };
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error('another page holds an older database'));
    }).catch((err) => {
      this.#database = null;
      throw err;
    });
    return this.#database;
  }
}

/** A promise that is rejected when it takes too long: some browsers never answer where storage is denied. */
function settle(work) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the browser did not answer')), patience);
    const end = (how) => (value) => {
      clearTimeout(timer);
      how(value);
    };
    try {
      work(end(resolve), end(reject));
    } catch (err) {
      end(reject)(err);
    }
  });
}

function all(store, then) {
  const request = store.getAll();
  request.onsuccess = () => then(request.result);
}

/** Deletes those that choose picks out of all, which it is given oldest first. */
function prune(store, choose) {
  all(store, (values) => {
    values.sort((a, b) => a.at - b.at);
    for (const value of choose(values)) store.delete(value.sid);
  });
}
