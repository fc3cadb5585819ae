// Ties the plugin to one Flex desktop: decides whether there is anything to do,
// listens, and starts the program whenever it is this page's turn. Flex waits for
// nothing of it.
import source from 'caselog:thread';
import { say } from './console.js';
import { salesforceFrame } from './gate.js';
import { Journal } from './journal.js';
import { listen } from './listen.js';
import { notifier } from './notify.js';
import { wishes } from './page.js';
import { EventQueue } from './queue.js';
import { isOff, isTexts, off, setting, settingLayers } from './settings.js';
import { now } from './snapshot.js';
import { startup } from './startup.js';
import { takeTurns } from './turn.js';

/**
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 * @param {Window} window the desktop's window
 */
export function attach(flex, manager, window) {
  const journal = new Journal({ plugin: __VERSION__, flex: flex.VERSION });
  const queue = new EventQueue();
  const commands = consoleCommands(journal, queue);
  window.flexCaselog = commands;
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
  const starting = startup();
  const heard = {
    push: (event) => {
      queue.push(event); // first: whatever becomes of the report, nothing of this is lost
      starting.hear(event);
      journal.heard(event);
    },
    skip: (event) => journal.heard(event),
  };
  const listening = listen(flex, manager, heard, starting.plugins);
  const tell = notifier(flex, manager);
  const desk = { source, commands, started: starting.over, flex, manager, window, origin, queue, listening, journal, tell, tellOnce: once(tell) };
  takeTurns(desk).catch((err) => {
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
