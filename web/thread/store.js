// What must outlive the program, and where the browser allows it the page: on
// disk, and in memory beside it, which is all there is where storage is denied or
// full.
import { say } from '../console.js';

/** How many settled reservations are remembered. */
export const maxSettled = 512;
/** How long a disk that failed is left alone, in milliseconds: it may take seconds to fail. */
const rest = 60_000;

export class Store {
  #disk;
  #records = new Map();
  #settled = [];
  #claims = new Set();
  #loaded = false;
  #restUntil = 0; // the disk is not asked before
  #behind = false; // the disk lacks what only memory has
  #said = false;

  /** Whether no other page writes; then nobody else can claim a screen pop. */
  alone = false;

  /** @param {import('./disk').Disk} disk */
  constructor(disk) {
    this.#disk = disk;
  }

  /** Whether what is saved outlives the page, as far as is known. */
  get durable() {
    return !this.#behind;
  }

  /** How many reservations are not settled. */
  get waiting() {
    return this.#records.size;
  }

  /** @returns {Promise<{records: object[], settled: string[]}>} what an earlier page or program has left */
  async load() {
    if (!this.#loaded) {
      const left = await this.#try((disk) => disk.load());
      for (const record of left?.records || []) this.#records.set(record.sid, record);
      this.#settled = left?.settled || [];
      this.#loaded = true;
    }
    return { records: [...this.#records.values()], settled: [...this.#settled] };
  }

  /**
   * Keeps records in the place of earlier ones, and of settled reservations no
   * more than the SID.
   * @param {{sid: string}[]} keep
   * @param {string[]} done
   */
  async save(keep, done) {
    for (const record of keep) this.#records.set(record.sid, record);
    for (const sid of done) this.#records.delete(sid);
    this.#settled = [...this.#settled, ...done].slice(-maxSettled);
    // A disk that has failed is behind by more than this.
    const all = this.#behind ? [...this.#records.values()] : keep;
    const saved = await this.#try(async (disk) => {
      await disk.save(all, done);
      return true;
    });
    if (saved) {
      this.#behind = false;
      return;
    }
    // What is there of these is out of date, and would have a later page do again
    // what has been done. To delete takes no room, and nobody waits for it.
    this.#disk.drop([...keep.map((record) => record.sid), ...done]).catch(() => {});
  }

  /** @returns {Promise<boolean>} whether this is the first claim of a reservation's screen pop */
  async claim(sid) {
    // Not more than must be between the record of a pop and the pop: what goes in
    // that moment is never popped.
    const won = this.alone ? undefined : await this.#try((disk) => disk.claim(sid));
    const first = won ?? !this.#claims.has(sid);
    this.#claims.add(sid);
    if (this.#claims.size > maxSettled) this.#claims.delete(this.#claims.values().next().value);
    return first;
  }

  /** Takes a claim back. */
  async unclaim(sid) {
    this.#claims.delete(sid);
    if (!this.alone) await this.#try((disk) => disk.unclaim(sid));
  }

  /** What work makes of the disk, or undefined where that does not work. */
  async #try(work) {
    if (performance.now() < this.#restUntil) return undefined;
    try {
      return await work(this.#disk);
    } catch (err) {
      this.#behind = true;
      this.#restUntil = performance.now() + rest;
      if (!this.#said) {
        this.#said = true;
        say.warn(`this browser does not store anything (${err?.name || 'Error'}), so what Salesforce has not confirmed is lost if the page is closed`);
      }
      return undefined;
    }
  }
}
