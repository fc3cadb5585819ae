// Ties the plugin to one Flex desktop: decides whether there is anything to do,
// listens, and starts the program. Nothing here waits for anything.
import { setting, settingLayers } from './settings.js';
import { log, say } from './console.js';
import { salesforceOrigin } from './gate.js';
import { listen } from './listen.js';
import { EventQueue } from './queue.js';
import { start } from './program.js';

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
  const host = {
    window,
    origin,
    settings,
    managerEvents: listening.managerEvents,
    take: () => queue.take(),
    onEvents: (wake) => queue.onEvents(wake),
    log,
  };
  start(host).then(
    () => say.error('its program has ended; Flex goes on without it until the page is loaded again'),
    (err) => say.error('its program could not run; Flex goes on without it', err),
  ).then(() => {
    // A dead program's callbacks throw, so nothing may call them any more.
    listening.stop();
    queue.close();
  });
}
