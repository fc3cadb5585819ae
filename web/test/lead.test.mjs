import assert from 'node:assert/strict';
import test from 'node:test';
import { lead } from '../lead.js';

/** Locks of one browser; holders are in line until they are let go. */
function fakeLocks() {
  const line = [];
  const locks = {
    request: (name, run) => {
      line.push(() => run().then(() => locks.pageGoes()));
      if (line.length === 1) line[0]();
      return new Promise(() => {});
    },
    pageGoes() {
      line.shift();
      line[0]?.();
    },
  };
  return locks;
}

test('one page leads, and the next one when that has gone', async () => {
  const locks = fakeLocks();
  const led = [];
  const one = lead({ locks }, 'WK1').then(() => led.push('one'));
  lead({ locks }, 'WK1').then(() => led.push('two'));
  await one;
  assert.deepEqual(led, ['one']);
  locks.pageGoes();
  await new Promise((r) => setImmediate(r));
  assert.deepEqual(led, ['one', 'two']);
});

test('a page that steps down makes way while it lives', async () => {
  const locks = fakeLocks();
  const first = await lead({ locks }, 'WK1');
  const next = lead({ locks }, 'WK1');
  assert.equal(first.alone, true);
  first.stepDown();
  assert.equal((await next).alone, true);
});

test('a browser without locks', async () => {
  const turn = await lead({}, 'WK1');
  assert.equal(turn.alone, false);
  turn.stepDown();
});

test('a browser that throws', async () => {
  assert.equal((await lead({ locks: { request: () => { throw new Error('insecure'); } } }, 'WK1')).alone, false);
  assert.equal((await lead(undefined, 'WK1')).alone, false);
});

test('a browser that refuses locks', async () => {
  assert.equal((await lead({ locks: { request: () => Promise.reject(new Error('insecure')) } }, 'WK1')).alone, false);
});
