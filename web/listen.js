// The listeners given to Flex. Each only copies and queues, inside try/catch: an
// exception in a listener of manager.events breaks Flex's own dispatch, and a
// promise returned to an action would hold the agent up.
import { say } from './console.js';
import { findTasks } from './find.js';
import { now, setClock, snapshot } from './snapshot.js';

const selected = 'afterSelectTask';
// What agents click. These are not the truth: they fire although nothing
// happened, and not at all when the customer hangs up.
const actions = ['afterAcceptTask', 'afterHangupCall', 'afterWrapupTask', 'afterCompleteTask', selected];
// Of these the manager's events tell what came of it: the task's status, mostly before.
const clicks = ['afterAcceptTask', 'afterWrapupTask', 'afterCompleteTask'];
const outcomes = { taskAccepted: 'accepted', taskWrapup: 'wrapping', taskCompleted: 'completed' };
/** Of so many reservations it is known what was told last. */
const tasksTold = 100;

// What happened to a reservation.
const events = ['taskReceived', 'taskAccepted', 'taskWrapup', 'taskCompleted', 'taskCanceled', 'taskRejected', 'taskTimeout', 'taskRescinded'];
// After these the agent has it, after these no more.
const holding = ['taskAccepted', 'taskWrapup', 'found'];
const moving = ['taskWrapup', 'taskCompleted'];
/** So long after an agent has begun to end a conversation, in milliseconds, its end is the agent's. */
const underWay = 15_000;
const ending = ['taskCompleted', 'taskCanceled', 'taskRejected', 'taskTimeout', 'taskRescinded'];

/**
 * Listens, and queues what is heard. It does with what this Flex has of actions,
 * events and a store.
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 * @param {{push: (event: object) => void, skip: (event: object) => void}} queue skip: takes
 *   an event that says nothing new
 * @param {() => void} started is called when Flex has started its plugins, or now where it will not say so
 * @returns {{managerEvents: boolean, look: () => void, stop: () => void}} managerEvents:
 *   whether this Flex tells what happened, or only what was clicked; look: finds the
 *   tasks that are there, again
 */
export function listen(flex, manager, queue, started) {
  const managerEvents = typeof manager.events?.addListener === 'function';
  const stops = [];
  const held = new Set();
  const ended = new Map(); // by the agent: when, by reservation
  const told = new Map(); // the last status that was told, by reservation
  const tellsNothing = (kind, { sid, status }) => managerEvents && clicks.includes(kind) && (status === 'pending' || told.has(sid) && status === told.get(sid));
  const hear = (kind, task) => {
    if (!task) return;
    if (held.size === 0) setClock();
    const copy = snapshot(task);
    if (moving.includes(kind) && !copy.endedBy && now() - ended.get(task.sid) < underWay) copy.endedBy = 'agent';
    const event = { kind, at: now(), task: copy };
    if (tellsNothing(kind, copy)) {
      queue.skip(event);
      return;
    }
    queue.push(event);
    const status = kind === 'found' ? copy.status : outcomes[kind];
    if (status) told.set(task.sid, status);
    if (told.size > tasksTold) told.delete(told.keys().next().value);
    if (holding.includes(kind)) held.add(task.sid);
    else if (ending.includes(kind)) {
      held.delete(task.sid);
      ended.delete(task.sid);
    }
  };
  const add = (emitter, name, listener) => {
    const guarded = guard(listener);
    guard(() => {
      emitter.addListener(name, guarded);
      stops.push(() => emitter.removeListener(name, guarded));
    })();
  };

  for (const name of actions) {
    add(flex.Actions, name, (payload) => {
      if (payload?.task) hear(name, payload.task);
      else if (name === selected) queue.push({ kind: 'selectedNone', at: now() });
    });
  }
  // An agent with a telephone on the desk ends the call by wrapping it up, and there
  // is no HangupCall. It is known before, since the wrap-up comes before the action's end.
  add(flex.Actions, 'beforeWrapupTask', ({ task, sid } = {}) => ended.set(task?.sid ?? sid, now()));
  const finding = findTasks(manager, hear, (sids) => queue.push({ kind: 'listed', at: now(), text: sids.join(',') }), guard);
  stops.push(finding.stop);
  if (managerEvents) {
    for (const name of events) add(manager.events, name, (task) => hear(name, task));
    add(manager.events, 'pluginsInitialized', () => {
      started();
      finding.look();
    });
  } else {
    started();
  }
  return { managerEvents, look: finding.look, stop: () => stops.forEach((stop) => guard(stop)()) };
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
