// Events between Flex, which must never wait, and the program, which may not be
// there yet.
import { say } from './console.js';

/** How many events are kept for a program that does not take them. */
const limit = 1000;

export class EventQueue {
  #events = [];
  #wake = null;
  #woken = false;
  #closed = false;

  /** Adds an event and lets the program know, unless it knows already. */
  push(event) {
    if (this.#closed) return;
    if (this.#events.length === limit) {
      this.#events.shift();
      say.warn(`more than ${limit} events wait for the program; the oldest is dropped`);
    }
    this.#events.push(event);
    this.#notify();
  }

  /** Hands over all events, oldest first. */
  take() {
    const events = this.#events;
    this.#events = [];
    this.#woken = false;
    return events;
  }

  /** Calls wake, now or later, whenever there are events to take. */
  onEvents(wake) {
    this.#wake = wake;
    this.#woken = false;
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
}
