import assert from 'node:assert/strict';
import test from 'node:test';
import { EventQueue } from '../queue.js';

test('what comes before the program is kept for it, in order', () => {
  const queue = new EventQueue();
  queue.push(1);
  queue.push(2);
  let woken = 0;
  queue.onEvents(() => woken++);
  assert.equal(woken, 1);
  assert.deepEqual(queue.take(), [1, 2]);
  assert.deepEqual(queue.take(), []);
});

test('the program is woken once for any number of events', () => {
  const queue = new EventQueue();
  let woken = 0;
  queue.onEvents(() => woken++);
  queue.push(1);
  queue.push(2);
  assert.equal(woken, 1);
  queue.take();
  queue.push(3);
  assert.equal(woken, 2);
});

test('a program that goes is not called any more, and the next one gets what is left', () => {
  const queue = new EventQueue();
  queue.onEvents(() => assert.fail('it has gone'));
  queue.onEvents(null);
  queue.push(1);
  let woken = 0;
  queue.onEvents(() => woken++);
  assert.equal(woken, 1);
  assert.deepEqual(queue.take(), [1]);
});

test('it does not grow for ever', (t) => {
  const warnings = t.mock.method(console, 'warn', () => {});
  const queue = new EventQueue();
  for (let i = 0; i < 1002; i++) queue.push(i);
  const events = queue.take();
  assert.equal(events.length, 1000);
  assert.equal(events[0], 2);
  assert.equal(events[999], 1001);
  assert.equal(warnings.mock.callCount(), 2);
});

test('once closed it takes nothing', () => {
  const queue = new EventQueue();
  queue.push(1);
  queue.onEvents(() => {});
  queue.close();
  queue.push(2);
  assert.deepEqual(queue.take(), []);
});
