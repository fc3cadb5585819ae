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
 * @returns {{managerEvents: boolean, look: () => void, stop: () => void}} managerEvents:
 *   whether this Flex tells what happened, or only what was clicked; look: finds the
 *   tasks that are there, again
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
  let look = () => {};
  const managerEvents = Boolean(emitter) && typeof emitter.addListener === 'function';
  if (managerEvents) {
    for (const name of events) {
      const listener = guard((task) => hear(name, task));
      emitter.addListener(name, listener);
      stops.push(() => emitter.removeListener(name, listener));
    }
    const finding = findTasks(manager, emitter, hear, queue);
    look = finding.look;
    stops.push(finding.stop);
  }

  return { managerEvents, look, stop: () => stops.forEach((stop) => guard(stop)()) };
}

/** How often it is looked whether Flex has loaded the worker's tasks. */
const lookEvery = 1000;

/**
 * Finds the tasks that were there before this page, which have no event of their
 * own, and says when that is all of them. Flex may learn of them before or after
 * its plugins start.
 */
function findTasks(manager, emitter, hear, queue) {
  let timer = null;
  const look = guard(() => {
    const tasks = storeTasks(manager);
    tasks.forEach((task) => hear('found', task));
    const client = manager.workerClient;
    // The activity is set when the worker, and with it its reservations, has been
    // fetched. Before that an empty list says nothing.
    if (!client || !client.activity || !client.reservations) {
      timer = setTimeout(look, lookEvery);
      return;
    }
    const sids = new Set([...tasks.map((task) => task.sid), ...client.reservations.keys()]);
    queue.push({ kind: 'listed', at: now(), sids: [...sids] });
  });
  look();
  const again = guard(() => {
    clearTimeout(timer);
    look();
  });
  emitter.addListener('pluginsInitialized', again);
  return {
    look: again,
    stop: () => {
      clearTimeout(timer);
      emitter.removeListener('pluginsInitialized', again);
    },
  };
}

/** The tasks that Flex's store has for this worker. */
function storeTasks(manager) {
  const worker = manager.store.getState().flex?.worker;
  return worker && worker.tasks ? [...worker.tasks.values()] : [];
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
