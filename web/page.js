// The page, as the program's thread sees it: what it is told, and what it may ask for.
// See Thread and Page in caselog.d.ts.
import { log } from './console.js';
import { link } from './link.js';
import { watchPulse } from './pulse.js';
import { sendable } from './settings.js';
import { now } from './snapshot.js';
import { startThread } from './thread.js';
import { wire } from './wire.js';

/** What somebody has said in the console, for programs that begin later. */
export const wishes = { logLevel: undefined };

/** How much later than a visible page a hidden one claims a screen pop, in milliseconds. */
const courtesy = 1500;

/**
 * Runs the program in a thread of its own until it ends.
 * @param {object} desk what it works for: see attach.js and turn.js
 * @param {boolean} alone whether it is certain that no other page writes
 * @returns {Promise<boolean | undefined>} whether it left because another page should go
 *   on; undefined where the thread does not answer any more
 */
export async function runThread(desk, alone) {
  const { source, commands, window, origin, queue, listening, journal, tell, tellOnce, worker, settings, agent, clicks, phone, others, telephone, patience, started } = desk;
  await started;
  let end;
  const ended = new Promise((resolve, reject) => { end = { left: resolve, failed: reject }; });
  const thread = await startThread(window, source);
  let stands = { durable: true, waiting: undefined };
  let done = () => {};
  let relax = () => {};
  const program = link(thread.port, {
    listens: (life, paths, idle) => {
      telephone?.say();
      if (wishes.logLevel) queue.push({ kind: 'logLevel', at: now(), text: wishes.logLevel });
      queue.onEvents(() => program.tell('events', life, wire(queue.take(), paths)), idle);
    },
    rests: () => {
      queue.onEvents(null);
      agent.withdraw(); // nobody waits for a script any more, and the address is Flex's
    },
    kept: (number) => queue.kept(number),
    stands: (as) => { stands = as; },
    stays: () => queue.forget('leave'),
    ended: end.left,
    failed: (name, message) => end.failed(Object.assign(new Error(message), { name })),
    inFront: () => inFront(window),
    openCTI: (until, method, ...args) => {
      // By then the program has gone on without it, perhaps in another way.
      if (until > 0 && Date.now() > until) throw new Error('the page was busy for too long');
      return agent[method](...args);
    },
    dial: (number, attributes) => phone?.dial(number, attributes),
    note: (sid, line, at) => journal.note(sid, line, at),
    state: (name, text) => journal.state(name, text),
    log,
    tell,
    tellOnce,
  });
  try {
    clicks.hear = (click) => program.tell('clicked', click);
    journal.state('thread', thread.worker ? 'a worker' : 'the page: it has no worker for us');
    journal.countWaiting(() => stands.waiting);
    commands.usage = () => program.ask('usage');
    if (thread.worker) relax = watchPulse(() => program.ask('usage'), () => end.left(undefined), patience);
    // What only this page remembers would be lost to another one.
    done = others.leading(() => alone && stands.durable, () => {
      program.tell('leave');
      queue.push({ kind: 'leave', at: now() });
    });
    program.tell('start', {
      database: `flex-caselog-${worker}`,
      alone,
      origin,
      settings: sendable(settings),
      managerEvents: listening.managerEvents,
    });
    return await ended;
  } finally {
    thread.stop();
    relax();
    done();
    clicks.hear = () => {};
    agent.withdraw();
    delete commands.usage;
  }
}

/**
 * Where every page writes because there are no locks, lets one that the agent looks
 * at claim a screen pop first.
 */
function inFront(window) {
  if (window.document?.visibilityState !== 'hidden') return undefined;
  return new Promise((resolve) => { setTimeout(resolve, courtesy); });
}
