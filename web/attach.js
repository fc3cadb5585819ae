// Ties the plugin to one Flex desktop: decides whether there is anything to do,
// listens, and starts the program once it is this page's turn. Flex waits for
// nothing of it.
import { log, say } from './console.js';
import { Disk } from './disk.js';
import { salesforceOrigin } from './gate.js';
import { lead } from './lead.js';
import { listen } from './listen.js';
import { notifier } from './notify.js';
import { keepRunning } from './program.js';
import { EventQueue } from './queue.js';
import { isTexts, setting, settingLayers } from './settings.js';
import { now } from './snapshot.js';
import { Store } from './store.js';
import { knownWorker } from './worker.js';

/**
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 * @param {Window} window the desktop's window
 */
export function attach(flex, manager, window) {
  const before = settingLayers(manager);
  if (isOff(before)) return;
  const origin = salesforceOrigin(window, setting(before, 'trusted_hosts', isTexts) || []);
  if (origin === null) {
    say.info('not inside Salesforce, so there is nothing to do');
    return;
  }
  const queue = new EventQueue();
  const listening = listen(flex, manager, queue);
  const tell = notifier(flex, manager);
  window.flexCaselog = { retry: () => queue.push({ kind: 'retry', at: now() }) };
  run({ manager, window, origin, queue, listening, tell }).catch((err) => {
    say.error('its program could not run; Flex goes on without it', err);
    tell('The Salesforce case log could not start in this browser. Calls are not affected; please tell your Flex admin.');
  }).finally(() => {
    listening.stop();
    queue.close();
  });
}

/** Waits for this page's turn and runs the program until that is given up. */
async function run({ manager, window, origin, queue, listening, tell }) {
  const worker = await knownWorker(manager);
  const settings = settingLayers(manager); // the worker's are known only now
  if (isOff(settings)) return;
  const store = new Store(new Disk(`flex-caselog-${worker}`));
  const began = performance.now();
  const turn = await lead(window.navigator, worker);
  try {
    store.alone = turn.alone;
    if (performance.now() - began > standby) queue.distrust(now() - leeway);
    listening.look(); // the list of before says nothing about what came since
    say.info(`version ${__VERSION__}, inside ${origin}`);
    await keepRunning({
      window,
      origin,
      settings,
      managerEvents: listening.managerEvents,
      take: () => queue.take(),
      kept: (number) => queue.kept(number),
      onEvents: (wake) => queue.onEvents(wake),
      load: () => store.load(),
      save: (keep, done) => store.save(keep, done),
      claim: (sid) => store.claim(sid),
      unclaim: (sid) => store.unclaim(sid),
      log,
      tell,
    });
    tell('The Salesforce case log has stopped in this tab after repeated errors. Reload the page to start it again; calls are not affected.');
  } finally {
    turn.stepDown(); // another tab of this agent may do better
  }
}

/** A page that waited longer than this for its turn, in milliseconds, was not the only one. */
const standby = 1000;
/** What was accepted so long before a page got its turn, in milliseconds, the page before it had time to pop. */
const leeway = 3000;

function isOff(settings) {
  const off = setting(settings, 'enabled', (value) => typeof value === 'boolean') === false;
  if (off) say.info('switched off by its configuration');
  return off;
}
