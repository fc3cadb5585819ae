import assert from 'node:assert/strict';
import test from 'node:test';
import { EventQueue } from '../queue.js';

const event = (kind, sid) => ({ kind, task: { sid } });
const kinds = (events) => events.map((e) => e.kind);

test('what comes before the program is kept for it, in order', () => {
  const queue = new EventQueue();
  queue.push(event('a'));
  queue.push(event('b'));
  let woken = 0;
  queue.onEvents(() => woken++);
  assert.equal(woken, 1);
  const taken = queue.take();
  assert.deepEqual(kinds(taken), ['a', 'b']);
  assert.deepEqual(taken.map((e) => e.number), [1, 2]);
  assert.deepEqual(queue.take(), []);
});

test('the program is woken once for any number of events', () => {
  const queue = new EventQueue();
  let woken = 0;
  queue.onEvents(() => woken++);
  queue.push(event('a'));
  queue.push(event('b'));
  assert.equal(woken, 1);
  queue.take();
  queue.push(event('c'));
  assert.equal(woken, 2);
});

test('what the program does nothing about does not wake it', () => {
  const queue = new EventQueue();
  queue.push(event('idle'));
  queue.push(event('a'));
  let woken = 0;
  queue.onEvents(() => woken++, ['idle']);
  assert.deepEqual(kinds(queue.take()), ['a']);
  queue.push(event('idle'));
  assert.equal(woken, 1);
  queue.push(event('b'));
  assert.deepEqual(kinds(queue.take()), ['b']);
});

test('a program that begins says for itself what it does nothing about', () => {
  const queue = new EventQueue();
  queue.onEvents(() => {}, ['a']);
  queue.onEvents(null);
  queue.push(event('a'));
  queue.onEvents(() => {});
  assert.deepEqual(kinds(queue.take()), ['a']);
});

test('a program that dies leaves what it has not kept to the next one', () => {
  const queue = new EventQueue();
  queue.onEvents(() => {});
  for (const kind of ['a', 'b', 'c']) queue.push(event(kind));
  const taken = queue.take();
  queue.kept(taken[0].number);
  queue.push(event('d'));
  queue.onEvents(null);
  queue.push(event('e'));
  let woken = 0;
  queue.onEvents(() => woken++);
  assert.equal(woken, 1);
  assert.deepEqual(kinds(queue.take()), ['b', 'c', 'd', 'e']);
});

test('what is kept is forgotten, and only that', () => {
  const queue = new EventQueue();
  queue.onEvents(() => {});
  for (const kind of ['a', 'b', 'c']) queue.push(event(kind));
  queue.take();
  queue.push(event('d'));
  queue.kept(3);
  assert.deepEqual(kinds(queue.take()), ['d']);
  queue.kept(99);
  queue.kept(1);
  queue.onEvents(() => {});
  assert.deepEqual(queue.take(), []);
});

/** All that the queue has, handful by handful. */
function takeAll(queue) {
  const all = [];
  for (let some = queue.take(); some.length > 0; some = queue.take()) all.push(...some);
  return all;
}

test('many events are handed over in handfuls, so that Flex is not held up', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const queue = new EventQueue();
  for (let i = 0; i < 120; i++) queue.push(event(`e${i}`));
  const sizes = [];
  queue.onEvents(() => sizes.push(queue.take().length));
  t.mock.timers.tick(1);
  t.mock.timers.tick(1);
  t.mock.timers.tick(1);
  assert.deepEqual(sizes, [50, 50, 20]);
});

test('a list of all tasks takes the place of an older one that nobody has read', () => {
  const queue = new EventQueue();
  queue.push({ kind: 'listed', sids: ['old'] });
  queue.push(event('taskAccepted', 'WR1'));
  queue.push({ kind: 'listed', sids: ['WR1'] });
  assert.deepEqual(queue.take().map((e) => e.sids ?? e.kind), ['taskAccepted', ['WR1']]);
});

test('what was accepted while another page had its turn is only found', () => {
  const queue = new EventQueue();
  queue.push({ ...event('taskAccepted', 'WR1'), at: 100 });
  queue.push({ ...event('taskWrapup', 'WR1'), at: 110 });
  queue.push({ ...event('taskAccepted', 'WR2'), at: 200 });
  queue.distrust(150);
  assert.deepEqual(kinds(queue.take()), ['found', 'taskWrapup', 'taskAccepted']);
});

test('it does not grow for ever: the task that was completed first goes first', (t) => {
  const warnings = t.mock.method(console, 'warn', () => {});
  const queue = new EventQueue();
  queue.push(event('taskAccepted', 'live'));
  for (let i = 0; i < 400; i++) {
    queue.push(event('taskAccepted', `done${i}`));
    queue.push(event('taskCompleted', `done${i}`));
  }
  for (let i = 0; i < 500; i++) queue.push(event('taskAccepted', `new${i}`));
  const events = takeAll(queue);
  assert.ok(events.length <= 1000);
  assert.equal(events[0].task.sid, 'live', 'a task that is not completed stays');
  assert.equal(events.filter((e) => e.task.sid === 'done0').length, 0);
  assert.equal(events.filter((e) => e.task.sid.startsWith('new')).length, 500);
  assert.equal(warnings.mock.callCount(), 1, 'it says so once');
});

test('it does not grow for ever, not even of tasks that never end', (t) => {
  t.mock.method(console, 'warn', () => {});
  const queue = new EventQueue();
  queue.onEvents(() => {});
  for (let i = 0; i < 600; i++) queue.push(event('taskAccepted', `a${i}`));
  takeAll(queue);
  for (let i = 0; i < 600; i++) queue.push(event('taskAccepted', `b${i}`));
  const rest = takeAll(queue);
  assert.equal(rest.length, 600, 'what the program has had goes first, and is not given twice');
  assert.equal(rest[0].task.sid, 'b0');
});

test('once closed it takes nothing', () => {
  const queue = new EventQueue();
  queue.push(event('a'));
  queue.onEvents(() => {});
  queue.close();
  queue.push(event('b'));
  assert.deepEqual(queue.take(), []);
});
