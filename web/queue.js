// Events between Flex, which must never wait, and the program, which may not be
// there yet, may be another page's for now, or may die with some in its hands.
import { say } from './console.js';

/** How many events are kept. */
const limit = 1000;
/** How many are handed over at once: to write one takes the page a moment. */
const handful = 50;
/** Of these only the last one says anything. */
const latest = [['listed'], ['afterSelectTask', 'selectedNone'], ['telephone'], ['logLevel'], ['asked'], ['leave']];

export class EventQueue {
  #events = []; // oldest first; the first #taken are with the program
  #taken = 0;
  #last = 0; // the number of the newest event
  #wake = null;
  #woken = false;
  #idle = []; // kinds that the program does nothing about
  #closed = false;
  #complained = false;

  /** Adds an event and lets the program know, unless it knows already. */
  push(event) {
    if (this.#closed || this.#idle.includes(event.kind)) return;
    // A list of all tasks makes an older one that nobody has read worse than useless,
    // and so do these.
    const kinds = latest.find((group) => group.includes(event.kind));
    if (kinds) this.#remove((other, i) => kinds.includes(other.kind) && i >= this.#taken);
    if (this.#events.length >= limit) this.#makeRoom();
    this.#events.push({ ...event, number: ++this.#last });
    this.#notify();
  }

  /** Hands over events that the program has not had, oldest first; it is woken again if there are more. */
  take() {
    const events = this.#events.slice(this.#taken, this.#taken + handful);
    this.#taken += events.length;
    this.#woken = false;
    if (this.#taken < this.#events.length) setTimeout(() => this.#notify());
    return events;
  }

  /**
   * Makes what was accepted before a time, when another page had its turn, into
   * tasks that were found: that page may have popped them, and where it could not
   * store anything nothing says so.
   */
  distrust(before) {
    const accepted = (event) => event.kind === 'taskAccepted' && event.at < before;
    this.#events = this.#events.map((event) => (accepted(event) ? { ...event, kind: 'found' } : event));
  }

  /** Forgets the events up to this number: the program has them safe. */
  kept(number) {
    const left = this.#events.findIndex((event) => event.number > number);
    const count = left < 0 ? this.#events.length : left;
    this.#events.splice(0, count);
    this.#taken = Math.max(0, this.#taken - count);
  }

  /** Forgets all events of a kind. */
  forget(kind) {
    this.#remove((event) => event.kind === kind);
  }

  /**
   * Calls wake, now or later, whenever there are events to take. A program that
   * begins is given everything that an earlier one has not kept. Events of the idle
   * kinds are not worth the while of its thread.
   */
  onEvents(wake, idle = []) {
    this.#wake = wake;
    this.#idle = idle;
    this.#remove((event) => idle.includes(event.kind));
    this.#woken = false;
    this.#taken = 0;
    if (this.#events.length > 0) this.#notify();
  }

  /** Forgets the program, and takes nothing more. */
  close() {
    this.#closed = true;
    this.#wake = null;
    this.#events = [];
  }

  // One call for any number of events until they are taken: crossings into the
  // program are what costs.
  #notify() {
    if (this.#wake === null || this.#woken || this.#taken >= this.#events.length) return;
    this.#woken = true;
    this.#wake();
  }

  // What is dropped is the task that was completed first: it has the best chance
  // to be in Salesforce already, by another page. Else it is the oldest event.
  #makeRoom() {
    if (!this.#complained) {
      this.#complained = true;
      say.warn(`more than ${limit} events wait for the program; the oldest are dropped`);
    }
    const done = this.#events.find((event) => event.kind === 'taskCompleted');
    this.#remove(done ? (event) => event.task?.sid === done.task.sid : (_, i) => i === 0);
  }

  #remove(which) {
    const before = this.#events;
    this.#events = before.filter((event, i) => !which(event, i));
    this.#taken -= before.slice(0, this.#taken).filter(which).length;
  }
}
