// Ties the plugin to one Flex desktop: decides whether there is anything to do,
// listens, and starts the program once it is this page's turn. Nothing here
// waits for anything.
import { log, say } from './console.js';
import { Disk } from './disk.js';
import { salesforceOrigin } from './gate.js';
import { lead } from './lead.js';
import { listen } from './listen.js';
import { notifier } from './notify.js';
import { keepRunning } from './program.js';
import { EventQueue } from './queue.js';
import { setting, settingLayers } from './settings.js';
import { now } from './snapshot.js';
import { Store } from './store.js';

/**
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 * @param {Window} window the desktop's window
 */
export function attach(flex, manager, window) {
  const settings = settingLayers(manager);
  if (setting(settings, 'enabled', (value) => typeof value === 'boolean') === false) {
    say.info('switched off by its configuration');
    return;
  }
  const origin = salesforceOrigin(window, setting(settings, 'trusted_hosts', Array.isArray) || []);
  if (origin === null) {
    say.info('not inside Salesforce, so there is nothing to do');
    return;
  }

  const queue = new EventQueue();
  const listening = listen(flex, manager, queue);
  const tell = notifier(flex, manager);
  const worker = workerSid(manager);
  const store = new Store(new Disk(`flex-caselog-${worker}`));
  const host = {
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
  };
  window.flexCaselog = { retry: () => queue.push({ kind: 'retry', at: now() }) };
  const turn = lead(window.navigator, worker);
  turn.then(({ alone }) => {
    store.alone = alone;
    listening.look(); // the list of before says nothing about what came since
    return keepRunning(host);
  }).then(
    () => tell('The Salesforce case log has stopped in this tab after repeated errors. Reload the page to start it again; calls are not affected.'),
    (err) => {
      say.error('its program could not run; Flex goes on without it', err);
      tell('The Salesforce case log could not start in this browser. Calls are not affected; please tell your Flex admin.');
    },
  ).then(async () => {
    listening.stop();
    queue.close();
    (await turn).stepDown(); // another tab of this agent may do better
  });
}

/** Whose desktop it is: pages of other agents in this browser have stores of their own. */
function workerSid(manager) {
  try {
    return manager.workerClient.sid || 'unknown';
  } catch {
    return 'unknown';
  }
}
