import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { listen as listenTo } from '../listen.js';

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
    skipped: [],
    queue() {
      return { push: (event) => this.heard.push(event), skip: (event) => this.skipped.push(event) };
    },
  };
}

/** Listens until the test ends. */
function listen(t, f, queue = f.queue(), started = () => {}) {
  const listening = listenTo(f.flex, f.manager, queue, started);
  t.after(listening.stop);
  return listening;
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
  get dateUpdated() { return new Date(6000); }
  get attributes() { return this.state.attributes; }
}
const live = (state = {}) => new LiveTask({ sid: 'WR1', taskSid: 'WT1', status: 'accepted', attributes: { from: '+1' }, ...state });

test('it hears the clicks and what happened', (t) => {
  const f = fakeFlex();
  const { managerEvents } = listen(t, f);
  assert.equal(managerEvents, true);
  for (const name of ['afterAcceptTask', 'afterHangupCall', 'afterWrapupTask', 'afterCompleteTask']) f.listeners.get(name)({ task: live() });
  for (const name of ['taskReceived', 'taskAccepted', 'taskWrapup', 'taskCompleted', 'taskCanceled', 'taskRejected', 'taskTimeout', 'taskRescinded']) f.manager.events.emit(name, live());
  assert.deepEqual(f.heard.map((event) => event.kind), [
    'afterAcceptTask', 'afterHangupCall', 'afterWrapupTask', 'afterCompleteTask',
    'taskReceived', 'taskAccepted', 'taskWrapup', 'taskCompleted', 'taskCanceled', 'taskRejected', 'taskTimeout', 'taskRescinded']);
});

// internal/flexbridge holds the same table: what is skipped here is no news there.
const clicks = JSON.parse(readFileSync(new URL('../../internal/flexbridge/testdata/clicks.json', import.meta.url), 'utf8'));
for (const [name, { told, click, status, skipped }] of Object.entries(clicks)) {
  test(`a click on ${name} ${skipped ? 'says nothing new' : 'counts'}`, (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const f = fakeFlex(told === 'found' ? [live({ status })] : []);
    listen(t, f);
    if (told !== 'found') f.manager.events.emit(told, live({ status: 'pending' }));
    f.listeners.get(click)({ task: live({ status }) });
    assert.deepEqual(f.heard.map((event) => event.kind), skipped ? [told] : [told, click]);
    assert.deepEqual(f.skipped.map((event) => event.kind), skipped ? [click] : []);
  });
}

test('of a Flex that only tells what was clicked each click counts', (t) => {
  const f = fakeFlex([live({ status: 'pending' })]);
  delete f.manager.events;
  listen(t, f);
  f.listeners.get('afterAcceptTask')({ task: live({ status: 'pending' }) });
  assert.deepEqual(f.heard.map((event) => event.kind), ['found', 'afterAcceptTask']);
});

test('a task is copied as it is at that moment', (t) => {
  const f = fakeFlex();
  listen(t, f);
  const task = live({ attributes: { from: '+1', deep: { list: [1] } } });
  const before = Date.now();
  f.manager.events.emit('taskAccepted', task);
  task.state.status = 'completed';
  task.state.attributes.deep.list.push(2);
  const [event] = f.heard;
  assert.deepEqual(JSON.parse(JSON.stringify(event.task)), {
    sid: 'WR1', taskSid: 'WT1', status: 'accepted', channel: 'voice', queue: 'Everyone', offered: 5000, updated: 6000,
    taskChannel: 'voice', attributes: { from: '+1', deep: { list: [1] } },
  });
  assert.ok(event.at >= before - 1 && event.at < before + 1000);
});

test('attributes that are no plain data do not stop an event', (t) => {
  const f = fakeFlex();
  listen(t, f);
  const cycle = {};
  cycle.self = cycle;
  for (const attributes of [cycle, undefined, 7n]) f.manager.events.emit('taskAccepted', live({ attributes }));
  assert.deepEqual(f.heard.map((event) => event.task.attributes), [undefined, undefined, undefined]);
});

test('a listener never throws into Flex and never returns a promise', (t) => {
  const errors = t.mock.method(console, 'error', () => {});
  const f = fakeFlex();
  listen(t, f, { push: () => { throw new Error('Go program has already exited'); } });
  const broken = { get sid() { throw new Error('gone'); } };
  assert.equal(f.listeners.get('afterAcceptTask')({ task: live() }), undefined);
  assert.equal(f.listeners.get('afterAcceptTask')({ task: broken }), undefined);
  f.manager.events.emit('taskWrapup', live());
  assert.equal(errors.mock.callCount(), 3);
});

test('it hears which task the agent turns to, and that it is none', (t) => {
  const f = fakeFlex();
  listen(t, f);
  f.listeners.get('afterSelectTask')({ task: live() });
  f.listeners.get('afterSelectTask')({});
  assert.deepEqual(f.heard.map((event) => event.kind), ['afterSelectTask', 'selectedNone']);
});

const party = (type, status) => ({ type, mediaProperties: status ? { status } : {} });
const shown = (participantType, status) => ({ participantType, status });
const endings = {
  'the customer has left, the agent has not': [{ source: { channelParticipants: [party('customer', 'left'), party('agent')] } }, undefined, 'customer'],
  'the agent has left first': [{ source: { channelParticipants: [party('customer', 'left'), party('agent', 'left')] } }, undefined, undefined],
  'nobody has left': [{ source: { channelParticipants: [party('customer'), party('agent')] } }, undefined, undefined],
  'a Flex that shows no more than the participants': [{ participants: [shown('customer', 'left'), shown('worker', 'joined')] }, undefined, 'customer'],
  'what Flex shows is older than what it has': [
    { participants: [shown('customer', 'joined')], source: { channelParticipants: [party('customer', 'left'), party('agent')] } }, undefined, 'customer'],
  'a conference of another shape': [{ participants: 'none' }, undefined, undefined],
  'no conference': [undefined, undefined, undefined],
  'the attributes say so': [undefined, { conversations: { hang_up_by: 'Customer' } }, 'customer'],
  'the attributes say it was the agent': [undefined, { conversations: { hang_up_by: 'Agent' } }, 'agent'],
  'the attributes say something else': [undefined, { conversations: { hang_up_by: 'WarmTransfer' } }, undefined],
};
for (const [name, [conference, attributes, who]] of Object.entries(endings)) {
  test(`who ended it: ${name}`, (t) => {
    const f = fakeFlex();
    listen(t, f);
    f.manager.events.emit('taskWrapup', Object.assign(live({ attributes: attributes || {} }), { conference }));
    assert.equal(f.heard[0].task.endedBy, who);
  });
}

test('a conversation that the agent wraps up is ended by the agent, unless the customer had left', (t) => {
  const f = fakeFlex();
  listen(t, f);
  f.listeners.get('beforeWrapupTask')({ task: live() });
  f.manager.events.emit('taskWrapup', live());
  f.listeners.get('beforeWrapupTask')({ sid: 'WR2' });
  f.manager.events.emit('taskWrapup', Object.assign(live({ sid: 'WR2' }), { conference: { participants: [shown('customer', 'left'), shown('worker', 'joined')] } }));
  f.manager.events.emit('taskWrapup', live({ sid: 'WR3' }));
  f.listeners.get('beforeWrapupTask')();
  assert.deepEqual(f.heard.map((event) => event.task.endedBy), ['agent', 'customer', undefined]);
});

test('an action without a task is nothing', (t) => {
  const f = fakeFlex();
  listen(t, f);
  f.listeners.get('afterCompleteTask')();
  f.listeners.get('afterCompleteTask')({});
  assert.deepEqual(f.heard, []);
});

test('tasks that were there before the page are found, and found again when Flex is up', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const f = fakeFlex([live(), live({ sid: 'WR2' })]);
  listen(t, f);
  f.manager.events.emit('pluginsInitialized');
  assert.deepEqual(f.heard.map((event) => `${event.kind} ${event.task.sid}`), ['found WR1', 'found WR2', 'found WR1', 'found WR2']);
});

test('that Flex has started its plugins is passed on', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const f = fakeFlex();
  let started = 0;
  listen(t, f, f.queue(), () => { started++; });
  assert.equal(started, 0);
  f.manager.events.emit('pluginsInitialized');
  assert.equal(started, 1);
});

test('a Flex that would not say so counts as started', (t) => {
  const f = fakeFlex();
  delete f.manager.events;
  let started = 0;
  listen(t, f, f.queue(), () => { started++; });
  assert.equal(started, 1);
});

test('all tasks are listed once Flex has loaded them, and not before', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const f = fakeFlex([live()]);
  f.manager.workerClient = { reservations: new Map(), activity: undefined };
  listen(t, f);
  t.mock.timers.tick(5000);
  assert.equal(f.heard.filter((event) => event.kind === 'listed').length, 0);
  f.manager.workerClient.reservations.set('WR2', {});
  f.manager.workerClient.activity = {};
  t.mock.timers.tick(1000);
  t.mock.timers.tick(60_000);
  const lists = f.heard.filter((event) => event.kind === 'listed');
  assert.equal(lists.length, 1);
  assert.equal(lists[0].text, 'WR1,WR2');
});

test('once stopped it does not look any more', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const f = fakeFlex([live()]);
  listen(t, f).stop();
  const before = f.heard.length;
  t.mock.timers.tick(60_000);
  assert.equal(f.heard.length, before);
});

test('a store without tasks yet does no harm', (t) => {
  const errors = t.mock.method(console, 'error', () => {});
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const f = fakeFlex();
  f.manager.store.getState = () => ({ flex: {} });
  listen(t, f);
  assert.equal(errors.mock.callCount(), 0);
  f.manager.events.emit('taskAccepted', live());
  assert.equal(f.heard.length, 1);
});

test('a Flex that only tells what was clicked', (t) => {
  const f = fakeFlex();
  delete f.manager.events;
  assert.equal(listen(t, f).managerEvents, false);
  f.listeners.get('afterAcceptTask')({ task: live() });
  assert.equal(f.heard.length, 1);
});

test('a Flex without actions tells all the same', (t) => {
  t.mock.method(console, 'error', () => {});
  const f = fakeFlex();
  delete f.flex.Actions;
  listen(t, f);
  f.manager.events.emit('taskAccepted', live());
  assert.equal(f.heard.length, 1);
});

test('a getter that throws costs its field, not the event', (t) => {
  const f = fakeFlex();
  listen(t, f);
  const task = live();
  Object.defineProperty(task, 'queueName', { get: () => { throw new Error('gone'); } });
  f.manager.events.emit('taskAccepted', task);
  assert.equal(f.heard[0].task.queue, undefined);
  assert.equal(f.heard[0].task.sid, 'WR1');
});

test('times run on while a task lasts, and are set right between tasks', (t) => {
  const f = fakeFlex();
  listen(t, f);
  const real = Date.now;
  t.after(() => { Date.now = real; });
  f.manager.events.emit('taskAccepted', live());
  Date.now = () => real() + 3600_000; // set in the middle of a call
  f.manager.events.emit('taskWrapup', live());
  f.manager.events.emit('taskCompleted', live());
  f.manager.events.emit('taskAccepted', live({ sid: 'WR2' })); // the computer has slept
  const [accepted, wrapup, , next] = f.heard.map((event) => event.at);
  assert.ok(wrapup - accepted < 1000);
  assert.ok(next - accepted > 3599_000);
});

test('once stopped it hears nothing', (t) => {
  const f = fakeFlex();
  listen(t, f).stop();
  assert.equal(f.listeners.size, 0);
  assert.deepEqual(f.manager.events.eventNames(), []);
});
