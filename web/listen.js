// The listeners given to Flex. Each only copies and queues, inside try/catch: an
// exception in a listener of manager.events breaks Flex's own dispatch, and a
// promise returned to an action would hold the agent up.
import { say } from './console.js';
import { now, snapshot } from './snapshot.js';

// What agents click. These are not the truth: they fire although nothing
// happened, and not at all when the customer hangs up.
const actions = ['afterAcceptTask', 'afterHangupCall', 'afterWrapupTask', 'afterCompleteTask'];

// What happened to a reservation.
const events = ['taskAccepted', 'taskWrapup', 'taskCompleted', 'taskCanceled', 'taskRejected', 'taskTimeout', 'taskRescinded'];

/**
 * Listens, and queues what is heard.
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 * @param {import('./queue').EventQueue} queue
 * @returns {{managerEvents: boolean, stop: () => void}} managerEvents: whether this
 *   Flex tells what happened, or only what was clicked
 */
export function listen(flex, manager, queue) {
  const stops = [];
  const hear = (kind, task) => {
    if (task) queue.push({ kind, at: now(), task: snapshot(task) });
  };

  for (const name of actions) {
    const listener = guard((payload) => hear(name, payload && payload.task));
    flex.Actions.addListener(name, listener);
    stops.push(() => flex.Actions.removeListener(name, listener));
  }

  const emitter = manager.events;
  const managerEvents = Boolean(emitter) && typeof emitter.addListener === 'function';
  if (managerEvents) {
    for (const name of events) {
      const listener = guard((task) => hear(name, task));
      emitter.addListener(name, listener);
      stops.push(() => emitter.removeListener(name, listener));
    }
    // Tasks that were there before this page have no event of their own. Flex
    // may learn of them before or after its plugins start.
    const look = guard(() => liveTasks(manager).forEach((task) => hear('found', task)));
    look();
    emitter.addListener('pluginsInitialized', look);
    stops.push(() => emitter.removeListener('pluginsInitialized', look));
  }

  return { managerEvents, stop: () => stops.forEach((stop) => guard(stop)()) };
}

/** The tasks that Flex's store has for this worker. */
function liveTasks(manager) {
  return [...manager.store.getState().flex.worker.tasks.values()];
}

/** fn, but it returns nothing and what it throws ends here. */
function guard(fn) {
  return (...args) => {
    try {
      fn(...args);
    } catch (err) {
      say.error('a listener failed', err);
    }
  };
}
