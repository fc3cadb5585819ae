// What must outlive the program, and where the browser allows it the page: on
// disk, and in memory beside it, which is all there is where storage is denied or
// full.
import { say } from './console.js';

export class Store {
  #disk; // null once it has failed
  #records = new Map();
  #settled = [];
  #claims = new Set();
  #loaded = false;

  /** Whether no other page writes; then nobody else can claim a screen pop. */
  alone = false;

  /** @param {import('./disk').Disk} disk */
  constructor(disk) {
    this.#disk = disk;
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
    const disk = this.#disk;
    await this.#try(() => disk.save(keep, done));
    if (disk !== null && this.#disk === null) {
      // What is there of these is out of date, and would have a later page do again
      // what has been done. To delete takes no room.
      await disk.drop([...keep.map((record) => record.sid), ...done]).catch(() => {});
    }
    for (const record of keep) this.#records.set(record.sid, record);
    for (const sid of done) this.#records.delete(sid);
    this.#settled = [...this.#settled, ...done].slice(-maxSettled);
  }

  /** @returns {Promise<boolean>} whether this is the first claim of a reservation's screen pop */
  async claim(sid) {
    // Not more than must be between the record of a pop and the pop: what goes in
    // that moment is never popped.
    const won = this.alone ? undefined : await this.#try((disk) => disk.claim(sid));
    const first = won ?? !this.#claims.has(sid);
    this.#claims.add(sid);
    return first;
  }

  /** Takes a claim back. */
  async unclaim(sid) {
    this.#claims.delete(sid);
    if (!this.alone) await this.#try((disk) => disk.unclaim(sid));
  }

  async #try(work) {
    if (this.#disk === null) return undefined;
    try {
      return await work(this.#disk);
    } catch (err) {
      if (this.#disk !== null) {
        this.#disk = null;
        say.warn(`this browser does not store anything (${err?.name || 'Error'}), so what Salesforce has not confirmed is lost if the page is closed`);
      }
      return undefined;
    }
  }
}

/** How many settled reservations are remembered. */
export const maxSettled = 512;
