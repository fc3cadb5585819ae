// Events between Flex, which must never wait, and the program, which may not be
// there yet, may be another page's for now, or may die with some in its hands.
import { say } from './console.js';

/** How many events are kept. */
const limit = 1000;

export class EventQueue {
  #events = []; // oldest first; the first #taken are with the program
  #taken = 0;
  #last = 0; // the number of the newest event
  #wake = null;
  #woken = false;
  #closed = false;
  #complained = false;

  /** Adds an event and lets the program know, unless it knows already. */
  push(event) {
    if (this.#closed) return;
    if (this.#events.length >= limit) this.#makeRoom();
    this.#events.push({ ...event, number: ++this.#last });
    this.#notify();
  }

  /** Hands over the events that the program has not had, oldest first. */
  take() {
    const events = this.#events.slice(this.#taken);
    this.#taken = this.#events.length;
    this.#woken = false;
    return events;
  }

  /** Forgets the events up to this number: the program has them safe. */
  kept(number) {
    const left = this.#events.findIndex((event) => event.number > number);
    const count = left < 0 ? this.#events.length : left;
    this.#events.splice(0, count);
    this.#taken = Math.max(0, this.#taken - count);
  }

  /**
   * Calls wake, now or later, whenever there are events to take. A program that
   * begins is given everything that an earlier one has not kept.
   */
  onEvents(wake) {
    this.#wake = wake;
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
    if (this.#wake === null || this.#woken) return;
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
    const keep = done ? (event) => event.task?.sid !== done.task.sid : (_, i) => i > 0;
    const before = this.#events;
    this.#events = before.filter(keep);
    this.#taken -= before.slice(0, this.#taken).filter((event, i) => !keep(event, i)).length;
  }
}
