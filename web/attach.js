// Ties the plugin to one Flex desktop: decides whether there is anything to do,
// listens, and starts the program whenever it is this page's turn. Flex waits for
// nothing of it.
import { log, say } from './console.js';
import { Disk } from './disk.js';
import { salesforceFrame } from './gate.js';
import { handover } from './handover.js';
import { Journal } from './journal.js';
import { lead } from './lead.js';
import { listen } from './listen.js';
import { notifier } from './notify.js';
import { openCTI } from './opencti.js';
import { keepRunning } from './program.js';
import { EventQueue } from './queue.js';
import { isFlag, isTexts, setting, settingLayers } from './settings.js';
import { now } from './snapshot.js';
import { Store } from './store.js';
import { dialler, watchTelephone } from './telephone.js';
import { wire } from './wire.js';
import { knownWorker } from './worker.js';

/**
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 * @param {Window} window the desktop's window
 */
export function attach(flex, manager, window) {
  const journal = new Journal({ plugin: __VERSION__, flex: flex.VERSION });
  const queue = new EventQueue();
  const heard = {
    push: (event) => {
      queue.push(event); // first: whatever becomes of the report, nothing of this is lost
      journal.heard(event);
    },
  };
  window.flexCaselog = consoleCommands(journal, queue);
  const stay = (why) => {
    say.info(why);
    journal.state('obstacle', why);
    queue.close();
  };
  const before = settingLayers(manager);
  if (isOff(before)) return stay(off);
  const { origin, why } = salesforceFrame(window, setting(before, 'trusted_hosts', isTexts) || []);
  if (origin === null) return stay(`not inside Salesforce, so there is nothing to do: ${why}`);
  journal.state('salesforce', origin);
  const listening = listen(flex, manager, heard);
  const tell = notifier(flex, manager);
  const desk = { flex, manager, window, origin, queue, listening, journal, tell, tellOnce: once(tell) };
  run(desk).catch((err) => {
    say.error('its program could not run; Flex goes on without it', err);
    journal.state('obstacle', `the program could not run: ${err?.name || 'Error'}`);
    desk.tell('The Salesforce case log could not start in this browser. Calls are not affected; please tell your Flex admin.');
  }).finally(() => {
    listening.stop();
    queue.close();
  });
  return undefined;
}

/** fn, but once for each text. */
function once(fn) {
  const told = new Set();
  return (text) => {
    if (told.has(text)) return;
    told.add(text);
    fn(text);
  };
}

const off = 'switched off by its configuration';

function isOff(settings) {
  return setting(settings, 'enabled', isFlag) === false;
}

/** What people can say to the plugin in the browser's console, as flexCaselog. */
function consoleCommands(journal, queue) {
  return {
    /** How things stand, and why. The package's version is there from the second time on. */
    report: () => {
      queue.push({ kind: 'asked', at: now() });
      return journal.report();
    },
    /** Tries again what Salesforce has refused for good. */
    retry: () => queue.push({ kind: 'retry', at: now() }),
    /** Changes which lines go to the console: debug, info, warn or error. */
    logLevel: (level) => {
      wishes.logLevel = String(level);
      queue.push({ kind: 'logLevel', at: now(), text: wishes.logLevel });
    },
  };
}

/** What somebody has said in the console, for programs that begin later. */
const wishes = { logLevel: undefined };

/** Runs the program whenever it is this page's turn, until that is given up. */
async function run(desk) {
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
  const disk = new Disk(`flex-caselog-${worker}`);
  const page = salesforcePage(window);
  let phone;
  let telephone;
  if (setting(settings, 'click_to_dial', isFlag)) {
    phone = dialler(desk.flex, manager, tell);
    telephone = watchTelephone(manager, (obstacle) => queue.push({ kind: 'telephone', at: now(), text: obstacle }));
  }
  try {
    for (;;) {
      const left = await takeTurn({ ...desk, worker, settings, page, phone, others, telephone, disk });
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
async function takeTurn({ window, origin, queue, listening, journal, tell, tellOnce, worker, settings, page, phone, others, telephone, disk }) {
  const store = new Store(disk);
  const began = performance.now();
  journal.state('turn', 'another tab of this agent writes, or this one is about to');
  const waiting = setTimeout(() => journal.leads(false), standby);
  const turn = await lead(window.navigator, worker);
  clearTimeout(waiting);
  let asked = false;
  let done = () => {};
  let paths = [];
  try {
    store.alone = turn.alone;
    if (performance.now() - began > standby) queue.distrust(now() - leeway);
    listening.look(); // the list of before says nothing about what came since
    say.info(`version ${__VERSION__}, inside ${origin}`);
    journal.state('turn', 'this tab writes');
    journal.leads(true);
    journal.countWaiting(() => store.waiting);
    // What only this page remembers would be lost to another one.
    done = others.leading(() => turn.alone && store.durable, () => {
      asked = true;
      queue.push({ kind: 'leave', at: now() });
    });
    const host = {
      window,
      origin,
      settings,
      managerEvents: listening.managerEvents,
      take: () => wire(queue.take(), paths),
      kept: (number) => queue.kept(number),
      onEvents: (wake, wanted) => {
        if (wanted) paths = wanted;
        if (wake) telephone?.say();
        if (wake && wishes.logLevel) queue.push({ kind: 'logLevel', at: now(), text: wishes.logLevel });
        queue.onEvents(wake);
      },
      load: () => store.load(),
      save: (keep, done) => store.save(keep, done),
      claim: (sid) => inFront(window, turn.alone).then(() => store.claim(sid)),
      unclaim: (sid) => store.unclaim(sid),
      ...page,
      dial: phone?.dial,
      note: (sid, line) => journal.note(sid, line),
      state: (name, text) => journal.state(name, text),
      log,
      tell,
      tellOnce,
    };
    for (;;) {
      await keepRunning(host, () => asked);
      if (!asked) return false;
      queue.forget('leave');
      if (store.durable) return true;
      asked = false; // the last of it went to memory only, so another page would not have it
    }
  } finally {
    done();
    queue.forget('leave'); // it was for this program
    for (const name of ['openCTI', 'clickToDial', 'obstacle']) journal.state(name, undefined);
    journal.countWaiting(() => undefined);
    journal.leads(false);
    turn.stepDown(); // another tab of this agent may do better
  }
}

/**
 * Open CTI's agent, as a program asks it. It is one for all programs of a page, since the
 * library keeps its listeners for good.
 */
function salesforcePage(window) {
  let hear = () => {};
  const agent = openCTI(window, (payload) => hear(payload));
  return {
    openCTI: (method, ...args) => agent[method](...args),
    onClicked: (fn) => { hear = fn; },
  };
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
function inFront(window, alone) {
  if (alone || window.document?.visibilityState !== 'hidden') return Promise.resolve();
  return new Promise((resolve) => { setTimeout(resolve, courtesy); });
}
