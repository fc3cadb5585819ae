// Where a thread begins: thread.js has a text that calls begin.
import { Disk } from './disk.js';
import { attend } from './main.js';
import { keepRunning, usage } from './program.js';

/** Begins the thread whose global object is scope, and whose port leads to the page. */
export function begin(scope, port) {
  attend(scope, port, { keepRunning, usage, Disk });
}
