import assert from 'node:assert/strict';
import test from 'node:test';
import { knownWorker } from '../worker.js';

test('the worker is known at once', async () => {
  assert.equal(await knownWorker({ workerClient: { sid: 'WK1' } }), 'WK1');
});

test('the worker is known later, where Twilio is slow', async () => {
  const manager = { workerClient: {} };
  setTimeout(() => { manager.workerClient.sid = 'WK1'; }, 5);
  assert.equal(await knownWorker(manager), 'WK1');
});

test('a desktop without a worker', async () => {
  assert.equal(await knownWorker({}), 'unknown');
  assert.equal(await knownWorker({ get workerClient() { throw new Error('not logged in'); } }), 'unknown');
});
