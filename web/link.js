// Two threads that call each other's methods, with plain data only.
import { say } from './console.js';

/** What an answer has in the place of the method: no method has that name. */
const answer = '';
/** So long may wait what is only mentioned, in milliseconds. */
export const lull = 1000;

/**
 * @param {{postMessage: Function, onmessage: Function}} port to the other side, which has a
 *   link too: a worker, a worker's own scope, a MessagePort
 * @param {Record<string, Function>} methods what the other side may call: each takes
 *   plain data, and returns plain data or a promise of it
 * @returns {{tell: (method: string, ...args: unknown[]) => void, mention: (method: string, ...args: unknown[]) => void, ask: (method: string, ...args: unknown[]) => Promise<unknown>, drop: () => void}}
 *   tell: calls a method of the other side; mention: the same, when there is something to
 *   tell, or a little later; ask: the same, and promises what it returns. They arrive in order
 */
export function link(port, methods) {
  const waiting = new Map(); // how to settle, by the number of the call
  let last = 0;
  let batch = [];
  let soon = false; // it goes at the end of this turn
  let timer = null; // it goes then
  // Each message is a task of the other side's, so what is said in one turn goes in one,
  // and what is not urgent goes with it.
  const flush = () => {
    clearTimeout(timer);
    timer = null;
    soon = false;
    const all = batch;
    batch = [];
    try {
      port.postMessage(all);
    } catch { // one of them can't be copied
      for (const each of all) sendAlone(port, each);
    }
  };
  const send = (...message) => {
    batch.push(message);
    if (!soon) queueMicrotask(flush);
    soon = true;
  };

  async function run(method, number, args) {
    let value;
    let problem = '';
    try {
      value = await methods[method](...args);
    } catch (err) {
      if (number === 0) say.error(`${method} failed`, err);
      problem = String(err?.message ?? err) || 'Error';
    }
    if (number > 0) send(answer, number, problem, value);
  }

  function settle(number, problem, value) {
    const call = waiting.get(number);
    waiting.delete(number);
    if (problem) call?.reject(new Error(problem));
    else call?.resolve(value);
  }

  port.onmessage = ({ data }) => {
    for (const [method, number, ...rest] of data) {
      if (method === answer) settle(number, ...rest);
      else run(method, number, rest);
    }
  };
  return {
    tell: (method, ...args) => send(method, 0, ...args),
    mention: (method, ...args) => {
      batch.push([method, 0, ...args]);
      timer ??= setTimeout(flush, lull);
    },
    /** Forgets who waits for answers: they are gone. */
    drop: () => waiting.clear(),
    ask: (method, ...args) => new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      send(method, last, ...args);
    }),
  };
}

/** Sends a message, or in the place of an answer that can't be copied that it can't. */
function sendAlone(port, message) {
  try {
    port.postMessage([message]);
  } catch (err) {
    const [method, number] = message;
    if (method === answer) port.postMessage([[answer, number, String(err?.message ?? err)]]);
    else say.error(`${method} could not be sent`, err);
  }
}
