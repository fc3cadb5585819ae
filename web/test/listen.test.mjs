import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test from 'node:test';
import { listen } from '../listen.js';

/** A Flex whose actions and tasks a test plays with. */
function fakeFlex(tasks = []) {
  const listeners = new Map();
  return {
    flex: {
      Actions: {
        addListener: (name, fn) => listeners.set(name, fn),
        removeListener: (name, fn) => listeners.get(name) === fn && listeners.delete(name),
      },
    },
    manager: {
      events: new EventEmitter(),
      store: { getState: () => ({ flex: { worker: { tasks: new Map(tasks.map((task) => [task.sid, task])) } } }) },
    },
    listeners,
    heard: [],
    queue() {
      return { push: (event) => this.heard.push(event) };
    },
  };
}

/** A live task: getters on a prototype, as Flex's are. */
class LiveTask {
  constructor(state) { this.state = state; }
  get sid() { return this.state.sid; }
  get taskSid() { return this.state.taskSid; }
  get status() { return this.state.status; }
  get channelType() { return this.state.channelType; }
  get taskChannelUniqueName() { return 'voice'; }
  get queueName() { return 'Everyone'; }
  get dateCreated() { return new Date(5000); }
  get attributes() { return this.state.attributes; }
}
const live = (state = {}) => new LiveTask({ sid: 'WR1', taskSid: 'WT1', status: 'accepted', attributes: { from: '+1' }, ...state });

test('it hears the clicks and what happened', () => {
  const f = fakeFlex();
  const { managerEvents } = listen(f.flex, f.manager, f.queue());
  assert.equal(managerEvents, true);
  for (const name of ['afterAcceptTask', 'afterHangupCall', 'afterWrapupTask', 'afterCompleteTask']) f.listeners.get(name)({ task: live() });
  for (const name of ['taskAccepted', 'taskWrapup', 'taskCompleted', 'taskCanceled', 'taskRejected', 'taskTimeout', 'taskRescinded']) f.manager.events.emit(name, live());
  assert.deepEqual(f.heard.map((event) => event.kind), [
    'afterAcceptTask', 'afterHangupCall', 'afterWrapupTask', 'afterCompleteTask',
    'taskAccepted', 'taskWrapup', 'taskCompleted', 'taskCanceled', 'taskRejected', 'taskTimeout', 'taskRescinded']);
});

test('a task is copied as it is at that moment', () => {
  const f = fakeFlex();
  listen(f.flex, f.manager, f.queue());
  const task = live({ attributes: { from: '+1', deep: { list: [1] } } });
  const before = performance.timeOrigin + performance.now();
  f.manager.events.emit('taskAccepted', task);
  task.state.status = 'completed';
  task.state.attributes.deep.list.push(2);
  const [event] = f.heard;
  assert.deepEqual(event.task, {
    sid: 'WR1', taskSid: 'WT1', status: 'accepted', channel: 'voice', queue: 'Everyone', offered: 5000,
    attributes: { from: '+1', deep: { list: [1] } },
  });
  assert.ok(event.at >= before && event.at < before + 1000);
});

test('attributes that are no plain data do not stop an event', () => {
  const f = fakeFlex();
  listen(f.flex, f.manager, f.queue());
  const cycle = {};
  cycle.self = cycle;
  for (const attributes of [cycle, undefined, 7n]) f.manager.events.emit('taskAccepted', live({ attributes }));
  assert.deepEqual(f.heard.map((event) => event.task.attributes), [{}, {}, {}]);
});

test('a listener never throws into Flex and never returns a promise', (t) => {
  const errors = t.mock.method(console, 'error', () => {});
  const f = fakeFlex();
  listen(f.flex, f.manager, { push: () => { throw new Error('Go program has already exited'); } });
  const broken = { get sid() { throw new Error('gone'); } };
  assert.equal(f.listeners.get('afterAcceptTask')({ task: live() }), undefined);
  assert.equal(f.listeners.get('afterAcceptTask')({ task: broken }), undefined);
  f.manager.events.emit('taskWrapup', live());
  assert.equal(errors.mock.callCount(), 3);
});

test('an action without a task is nothing', () => {
  const f = fakeFlex();
  listen(f.flex, f.manager, f.queue());
  f.listeners.get('afterCompleteTask')();
  f.listeners.get('afterCompleteTask')({});
  assert.deepEqual(f.heard, []);
});

test('tasks that were there before the page are found, and found again when Flex is up', () => {
  const f = fakeFlex([live(), live({ sid: 'WR2' })]);
  listen(f.flex, f.manager, f.queue());
  f.manager.events.emit('pluginsInitialized');
  assert.deepEqual(f.heard.map((event) => `${event.kind} ${event.task.sid}`), ['found WR1', 'found WR2', 'found WR1', 'found WR2']);
});

test('a store without tasks yet does no harm', (t) => {
  const errors = t.mock.method(console, 'error', () => {});
  const f = fakeFlex();
  f.manager.store.getState = () => ({ flex: {} });
  listen(f.flex, f.manager, f.queue());
  assert.equal(errors.mock.callCount(), 1);
  f.manager.events.emit('taskAccepted', live());
  assert.equal(f.heard.length, 1);
});

test('a Flex that only tells what was clicked', () => {
  const f = fakeFlex();
  delete f.manager.events;
  assert.equal(listen(f.flex, f.manager, f.queue()).managerEvents, false);
  f.listeners.get('afterAcceptTask')({ task: live() });
  assert.equal(f.heard.length, 1);
});

test('once stopped it hears nothing', () => {
  const f = fakeFlex();
  listen(f.flex, f.manager, f.queue()).stop();
  assert.equal(f.listeners.size, 0);
  assert.deepEqual(f.manager.events.eventNames(), []);
});
