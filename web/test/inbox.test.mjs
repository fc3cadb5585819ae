import assert from 'node:assert/strict';
import test from 'node:test';
import { inbox } from '../thread/inbox.js';

function page() {
  const told = [];
  return { told, tell: (...message) => told.push(message) };
}

test('the program is woken once for any number of events, and takes them as one text', () => {
  const events = inbox(page());
  let woken = 0;
  events.on(() => woken++, ['attributes.from']);
  events.put(1, 'a');
  events.put(1, 'b');
  assert.equal(woken, 1);
  assert.equal(events.take(), 'a\x1eb');
  assert.equal(events.take(), '');
  events.put(1, 'c');
  assert.equal(woken, 2);
});

test('the page is told which life of a program listens, and to what', () => {
  const to = page();
  const events = inbox(to);
  events.on(() => {}, ['x'], ['taskReceived']);
  events.on(null);
  events.on(() => {}, ['y'], []);
  assert.deepEqual(to.told, [['listens', 1, ['x'], ['taskReceived']], ['rests'], ['listens', 3, ['y'], []]]);
});

test('what was on its way to a program that has died is not given to the next one, which gets all of it again', () => {
  const events = inbox(page());
  events.on(() => {}, []);
  events.put(1, 'taken by nobody');
  events.on(null);
  events.put(1, 'late');
  let woken = 0;
  events.on(() => woken++, []);
  events.put(1, 'later');
  assert.equal(woken, 0);
  assert.equal(events.take(), '');
  events.put(3, 'again');
  assert.equal(events.take(), 'again');
  assert.equal(woken, 1);
});
