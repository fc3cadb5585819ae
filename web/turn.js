// Runs the program whenever it is this page's turn: one page of an agent's writes.
import { log, say } from './console.js';
import { handover } from './handover.js';
import { lead } from './lead.js';
import { link } from './link.js';
import { openCTI } from './opencti.js';
import { isFlag, isOff, off, setting, settingLayers } from './settings.js';
import { now } from './snapshot.js';
import { dialler, watchTelephone } from './telephone.js';
import { startThread } from './thread.js';
import { wire } from './wire.js';
import { knownWorker } from './worker.js';

/** What somebody has said in the console, for programs that begin later. */
export const wishes = { logLevel: undefined };

/**
 * Runs the program whenever it is this page's turn, until that is given up.
 * @param {object} desk what it works for: see attach.js
 */
export async function takeTurns(desk) {
  const { manager, window, journal, queue, tell } = desk;
  const worker = await knownWorker(manager);
  const settings = settingLayers(manager); // the worker's are known only now
  if (isOff(settings)) {
    say.info(off);
    journal.state('obstacle', off);
    return;
  }
  if (setting(settings, 'select_log', isFlag)) journal.noteSelections();
  const others = handover(window, worker);
  // One for all programs of a page: the library keeps its listeners for good.
  const clicks = { hear: () => {} };
  const agent = openCTI(window, (click) => clicks.hear(click));
  let phone;
  let telephone;
  if (setting(settings, 'click_to_dial', isFlag)) {
    phone = dialler(desk.flex, manager, tell);
    telephone = watchTelephone(manager, (obstacle) => queue.push({ kind: 'telephone', at: now(), text: obstacle }));
  }
  try {
    for (;;) {
      const left = await takeTurn({ ...desk, worker, settings, agent, clicks, phone, others, telephone });
      if (!left) break;
    }
    journal.state('obstacle', 'the program has stopped after repeated errors; reload the page');
    tell('The Salesforce case log has stopped in this tab after repeated errors. Reload the page to start it again; calls are not affected.');
  } finally {
    telephone?.stop();
    phone?.stop();
    others.stop();
  }
}

/** Waits for this page's turn and runs the program. Returns whether it left because another page should go on. */
async function takeTurn(desk) {
  const { window, origin, queue, listening, journal, worker, others } = desk;
  const began = performance.now();
  journal.state('turn', 'another tab of this agent writes, or this one is about to');
  const waiting = setTimeout(() => journal.leads(false), standby);
  const turn = await lead(window.navigator, worker);
  clearTimeout(waiting);
  try {
    if (performance.now() - began > standby) queue.distrust(now() - leeway);
    listening.look(); // the list of before says nothing about what came since
    say.info(`version ${__VERSION__}, inside ${origin}`);
    journal.state('turn', 'this tab writes');
    journal.leads(true);
    return await runThread(desk, turn.alone);
  } finally {
    queue.onEvents(null);
    queue.forget('leave'); // it was for this program
    for (const name of ['openCTI', 'clickToDial', 'obstacle']) journal.state(name, undefined);
    journal.countWaiting(() => undefined);
    journal.leads(false);
    turn.stepDown(); // another tab of this agent may do better
  }
}

/** Runs the program in its thread until it ends. Returns whether it left because another page should go on. */
async function runThread(desk, alone) {
  const { source, window, origin, queue, listening, journal, tell, tellOnce, worker, settings, agent, clicks, phone, others, telephone } = desk;
  let end;
  const ended = new Promise((resolve, reject) => { end = { left: resolve, failed: reject }; });
  const thread = await startThread(window, source);
  let stands = { durable: true, waiting: undefined };
  let done = () => {};
  const program = link(thread.port, {
    listens: (life, paths) => {
      telephone?.say();
      if (wishes.logLevel) queue.push({ kind: 'logLevel', at: now(), text: wishes.logLevel });
      queue.onEvents(() => program.tell('events', life, wire(queue.take(), paths)));
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
    openCTI: (method, ...args) => agent[method](...args),
    dial: (number, attributes) => phone?.dial(number, attributes),
    note: (sid, line) => journal.note(sid, line),
    state: (name, text) => journal.state(name, text),
    log,
    tell,
    tellOnce,
  });
  try {
    clicks.hear = (click) => program.tell('clicked', click);
    journal.state('thread', thread.worker ? 'a worker' : 'the page: it has no worker for us');
    journal.countWaiting(() => stands.waiting);
    window.flexCaselog.usage = () => program.ask('usage');
    // What only this page remembers would be lost to another one.
    done = others.leading(() => alone && stands.durable, () => {
      program.tell('leave');
      queue.push({ kind: 'leave', at: now() });
    });
    program.tell('start', {
      database: `flex-caselog-${worker}`,
      alone,
      origin,
      settings: JSON.parse(JSON.stringify(settings)),
      managerEvents: listening.managerEvents,
    });
    return await ended;
  } finally {
    done();
    clicks.hear = () => {};
    agent.withdraw();
    delete window.flexCaselog.usage;
    thread.stop();
  }
}

/** A page that waited longer than this for its turn, in milliseconds, was not the only one. */
const standby = 1000;
/** What was accepted so long before a page got its turn, in milliseconds, the page before it had time to pop. */
const leeway = 3000;
/** How much later than a visible page a hidden one claims a screen pop, in milliseconds. */
const courtesy = 1500;

/**
 * Where every page writes because there are no locks, lets one that the agent looks
 * at claim a screen pop first.
 */
function inFront(window) {
  if (window.document?.visibilityState !== 'hidden') return undefined;
  return new Promise((resolve) => { setTimeout(resolve, courtesy); });
}
