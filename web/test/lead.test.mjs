import assert from 'node:assert/strict';
import test from 'node:test';
import { lead } from '../lead.js';

/** Locks of one browser; holders are in line until they are let go. */
function fakeLocks() {
  const line = [];
  return {
    request: (name, run) => {
      line.push({ name, run });
      if (line.length === 1) run();
      return new Promise(() => {});
    },
    pageGoes() {
      line.shift();
      line[0]?.run();
    },
  };
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

test('a browser without locks', async () => {
  assert.equal(await lead({}, 'WK1'), false);
});

test('a browser that refuses locks', async () => {
  assert.equal(await lead({ locks: { request: () => Promise.reject(new Error('insecure')) } }, 'WK1'), false);
});
