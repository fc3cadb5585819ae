// The thread that the program runs in: a worker, so that the page's own thread, which
// is Flex's, has no part in it; the page's own where the browser, or a policy of the
// page's, has no worker for us.
import { say } from './console.js';

/** So long at most a busy page is waited for, in milliseconds. */
const busy = 200;
/** So long a worker may take to say that it is there, in milliseconds. */
const patience = 10_000;

/**
 * Starts the thread when the page has a moment. What happens until then waits in the queue.
 * @param {Window} window
 * @param {string} source a script that sets `begin`: see thread/entry.js
 * @returns {Promise<{port: {postMessage: Function, onmessage: Function}, worker: boolean, stop: () => void}>}
 *   port: the other end is begin's; worker: whether it is one; stop: ends the thread, if it is one
 */
export async function startThread(window, source) {
  await calm(window);
  try {
    return await startWorker(window, source);
  } catch (err) {
    say.info(`without a worker (${err?.message || err}), so its program runs in the page`);
  }
  const { port1, port2 } = new window.MessageChannel();
  new window.Function(`${source};return begin`)()(window, port2);
  return { port: port1, worker: false, stop: () => port1.close() };
}

function calm(window) {
  return new Promise((resolve) => {
    if (window.requestIdleCallback) window.requestIdleCallback(() => resolve(), { timeout: busy });
    else setTimeout(resolve);
  });
}

function startWorker(window, source) {
  if (typeof window.Worker !== 'function') throw new Error('this browser has none');
  const text = `${source};begin(self, self);postMessage(0)`;
  const address = window.URL.createObjectURL(new window.Blob([text], { type: 'text/javascript' }));
  return new Promise((resolve, reject) => {
    const worker = new window.Worker(address, { name: 'flex-caselog' });
    const fail = (why) => {
      worker.terminate();
      reject(new Error(why));
    };
    const timer = setTimeout(fail, patience, 'it does not start');
    worker.onmessage = () => {
      clearTimeout(timer);
      // An exception that nobody caught ends no thread: the program tells itself when it ends.
      worker.onerror = (event) => {
        event.preventDefault?.(); // else it would be the page's, and Flex's to report
        say.error('in its worker', event.message);
      };
      // A worker is a port, and a message to it costs a tenth of one to a MessagePort.
      resolve({ port: worker, worker: true, stop: () => worker.terminate() });
    };
    // A policy of the page's is told in this way, and says no more.
    worker.onerror = (event) => {
      clearTimeout(timer);
      event.preventDefault?.();
      fail(event.message || 'it was refused');
    };
  }).finally(() => window.URL.revokeObjectURL(address));
}
