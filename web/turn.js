// Runs the program whenever it is this page's turn: one page of an agent's writes.
import { say } from './console.js';
import { handover } from './handover.js';
import { lead } from './lead.js';
import { openCTI } from './opencti.js';
import { runThread } from './page.js';
import { isFlag, isOff, off, setting, settingLayers } from './settings.js';
import { now } from './snapshot.js';
import { dialler, watchTelephone } from './telephone.js';
import { knownWorker } from './worker.js';

/** A page that waited longer than this for its turn, in milliseconds, was not the only one. */
const standby = 1000;
/** What was accepted so long before a page got its turn, in milliseconds, the page before it had time to pop. */
const leeway = 3000;
/** So many threads that do not answer any more are one too many. */
const maxSilent = 3;

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
    for (let silent = 0; silent < maxSilent; silent++) {
      const left = await runThread(desk, turn.alone);
      if (left !== undefined) return left;
      say.error('its thread does not answer any more; another one is started');
    }
    return false;
  } finally {
    queue.onEvents(null);
    queue.forget('leave'); // it was for this program
    for (const name of ['thread', 'openCTI', 'clickToDial', 'obstacle']) journal.state(name, undefined);
    journal.countWaiting(() => undefined);
    journal.leads(false);
    turn.stepDown(); // another tab of this agent may do better
  }
}
