// Whether the agent can make a call now, and making one.
import { say } from './console.js';

/** How often it is looked, in milliseconds: Flex has no event for all of it. */
const lookEvery = 1000;
/** So soon after a call to a number was asked for here, in milliseconds, no person asks for it again. */
const again = 3000;
/** So long after another program has called a number, in milliseconds, it is the same click: Salesforce may take that long to read it. */
const theirs = 20_000;
/** How many digits at the end of two numbers make them the same: one may lack its country. */
const tail = 7;

/**
 * Looks whether the agent can make a call, and says so whenever that changes.
 * @param {object} manager the Flex Manager
 * @param {(obstacle: string) => void} hear is given busy, offline, voice, or nothing
 * @returns {{say: () => void, stop: () => void}} say: looks, and says it in any case
 */
export function watchTelephone(manager, hear) {
  let was;
  const look = () => {
    let is;
    try {
      is = obstacle(manager);
    } catch {
      is = 'offline'; // a Flex that is not there yet
    }
    if (is !== was) hear(is);
    was = is;
  };
  const timer = setInterval(look, lookEvery);
  look();
  return {
    say: () => {
      was = undefined;
      look();
    },
    stop: () => clearInterval(timer),
  };
}

/** What keeps the agent from making a call, or ''. */
function obstacle(manager) {
  const worker = manager.workerClient;
  const offline = manager.serviceConfiguration?.taskrouter_offline_activity_sid;
  const { activity } = worker;
  if (!activity || (offline ? activity.sid === offline : !activity.available)) return 'offline';
  if (isBusy(manager)) return 'busy';
  // An agent with a telephone on the desk needs none in the browser.
  const embedded = !/^(sips?:|\+|tel:)/.test(worker.attributes?.contact_uri ?? '');
  if (embedded && (manager.voiceClient?.state !== 'registered' || lacksMicrophone(manager))) return 'voice';
  return '';
}

function isBusy(manager) {
  return [...(manager.store?.getState?.().flex?.worker?.tasks?.values() ?? [])].some(isCall);
}

/** Whether Flex says that it has no microphone: what the StartOutboundCall of Flex UI 2.17 asks, which makes no call then and does not fail. */
function lacksMicrophone(manager) {
  return manager.store?.getState?.().flex?.phone?.listener?.isMicrophoneSet === false;
}

const isCall = (task) => ['pending', 'accepted'].includes(task.status) && (task.channelType || task.taskChannelUniqueName) === 'voice';

/**
 * Returns a function that has Flex call a number, unless the agent has a call by now,
 * or somebody else just calls it: Twilio's own integration hears the same click.
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 * @param {(sentence: string) => void} tell
 * @returns {{dial: (number: string, attributes: object) => void, stop: () => void}}
 */
export function dialler(flex, manager, tell) {
  let expected = null; // the call that is being asked for here
  let last = { number: '', at: 0, ours: false };
  const digits = (number) => String(number ?? '').replace(/\D/g, '');
  const isLast = (number, within) => same(digits(number), last.number) && performance.now() - last.at < within;
  const remember = (number, ours) => { last = { number: digits(number), at: performance.now(), ours }; };
  const twice = () => {
    say.warn('another integration dials the numbers that are clicked in Salesforce, too: switch off its click-to-dial, or the setting click_to_dial');
    tell('Two integrations dial the numbers you click in Salesforce; it was called once. Please tell your Flex admin.');
  };
  const before = (payload, abort) => {
    try {
      if (expected !== null && expected === digits(payload?.destination)) {
        expected = null;
        return;
      }
      if (last.ours && isLast(payload?.destination, again)) {
        abort();
        twice();
        return;
      }
      remember(payload?.destination, false); // by the agent's own hand, or by somebody else's program
    } catch (err) {
      say.error('a listener failed', err);
    }
  };
  flex.Actions.addListener('beforeStartOutboundCall', before);
  return {
    dial: (number, attributes) => {
      if (last.ours && isLast(number, again)) return; // clicked twice
      if (!last.ours && isLast(number, theirs)) {
        twice();
        return;
      }
      if (isBusy(manager)) {
        tell('You have a call by now, so the number you clicked was not called.');
        return;
      }
      expected = digits(number);
      remember(number, true);
      Promise.resolve(flex.Actions.invokeAction('StartOutboundCall', { destination: number, taskAttributes: attributes })).catch((err) => {
        say.warn(`Flex did not make the call (${err?.name || 'Error'})`);
        tell('Flex could not call this number. Please dial it in Flex.');
      }).finally(() => { expected = null; });
    },
    stop: () => flex.Actions.removeListener('beforeStartOutboundCall', before),
  };
}

/** Whether two numbers are the same, as far as their digits tell. */
function same(a, b) {
  return a === b || (a.length >= tail && b.length >= tail && a.slice(-tail) === b.slice(-tail));
}
