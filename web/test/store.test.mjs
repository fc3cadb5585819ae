import assert from 'node:assert/strict';
import test from 'node:test';
import { Store } from '../thread/store.js';

/** A disk that works until it is told not to. */
function fakeDisk(left = { records: [], settled: [] }) {
  const calls = [];
  const disk = { fail: null, calls };
  const method = (name, answer) => (...args) => {
    calls.push([name, ...args]);
    return disk.fail ? Promise.reject(disk.fail) : Promise.resolve(answer(...args));
  };
  const claims = new Set();
  disk.load = method('load', () => left);
  disk.save = method('save', () => undefined);
  disk.drop = async (...args) => calls.push(['drop', ...args]);
  disk.claim = method('claim', (sid) => !claims.has(sid) && Boolean(claims.add(sid)));
  disk.unclaim = method('unclaim', (sid) => claims.delete(sid));
  return disk;
}

const denied = Object.assign(new Error('denied'), { name: 'SecurityError' });

test('what an earlier page left is there, and what is saved is on disk first', async () => {
  const disk = fakeDisk({ records: [{ sid: 'WR1' }], settled: ['WR0'] });
  const store = new Store(disk);
  assert.deepEqual(await store.load(), { records: [{ sid: 'WR1' }], settled: ['WR0'] });
  await store.save([{ sid: 'WR2' }], ['WR1']);
  assert.deepEqual(disk.calls[1], ['save', [{ sid: 'WR2' }], ['WR1']]);
});

test('a program that is started again in the same page finds what the last one saved', async () => {
  const store = new Store(fakeDisk());
  await store.load();
  await store.save([{ sid: 'WR1', case: 'x' }, { sid: 'WR2' }], []);
  await store.save([{ sid: 'WR1', case: 'y' }], ['WR2']);
  assert.deepEqual(await store.load(), { records: [{ sid: 'WR1', case: 'y' }], settled: ['WR2'] });
});

test('a claim is won once, and again when it was taken back', async () => {
  const store = new Store(fakeDisk());
  assert.equal(await store.claim('WR1'), true);
  assert.equal(await store.claim('WR1'), false);
  await store.unclaim('WR1');
  assert.equal(await store.claim('WR1'), true);
});

test('a page that is alone need not ask the disk who may pop', async () => {
  const disk = fakeDisk();
  const store = new Store(disk);
  store.alone = true;
  assert.equal(await store.claim('WR1'), true);
  assert.equal(await store.claim('WR1'), false);
  await store.unclaim('WR1');
  assert.equal(await store.claim('WR1'), true);
  assert.deepEqual(disk.calls, []);
});

test('denied from the start, it works in memory and says so once', async (t) => {
  const warnings = t.mock.method(console, 'warn', () => {});
  const disk = fakeDisk();
  disk.fail = denied;
  const store = new Store(disk);
  assert.deepEqual(await store.load(), { records: [], settled: [] });
  await store.save([{ sid: 'WR1' }], []);
  assert.equal(await store.claim('WR1'), true);
  assert.equal(await store.claim('WR1'), false);
  assert.deepEqual((await store.load()).records, [{ sid: 'WR1' }]);
  assert.equal(store.durable, false);
  assert.equal(warnings.mock.callCount(), 1);
  assert.match(warnings.mock.calls[0].arguments[1], /SecurityError/);
});

test('full in the middle of it, nothing that the program saved is lost to it, and nothing out of date stays', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const disk = fakeDisk();
  const store = new Store(disk);
  await store.load();
  await store.save([{ sid: 'WR1' }, { sid: 'WR3' }], []);
  await store.claim('WR1');
  disk.fail = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  await store.save([{ sid: 'WR2' }], []);
  await store.save([], ['WR3']);
  assert.deepEqual((await store.load()).records, [{ sid: 'WR1' }, { sid: 'WR2' }]);
  assert.equal(await store.claim('WR1'), false, 'also a claim from before');
  assert.deepEqual(disk.calls.filter(([name]) => name === 'drop'), [['drop', ['WR2']], ['drop', ['WR3']]]);
});

test('a disk that works again after its rest is given all that it lacks', async (t) => {
  t.mock.method(console, 'warn', () => {});
  let clock = 0;
  t.mock.method(performance, 'now', () => clock);
  const disk = fakeDisk();
  const store = new Store(disk);
  await store.load();
  disk.fail = new Error('stalled');
  await store.save([{ sid: 'WR1' }], []);
  disk.fail = null;
  clock = 1000;
  await store.save([{ sid: 'WR2' }], []);
  assert.equal(disk.calls.filter(([name]) => name === 'save').length, 1, 'it is left alone for a while');
  clock = 61_000;
  await store.save([{ sid: 'WR3' }], ['WR2']);
  assert.deepEqual(disk.calls.filter(([name]) => name === 'save').at(-1), ['save', [{ sid: 'WR1' }, { sid: 'WR3' }], ['WR2']]);
  assert.equal(store.durable, true);
});

test('settled reservations are not remembered for ever', async () => {
  const store = new Store(fakeDisk());
  await store.load();
  for (let i = 0; i < 600; i++) await store.save([], [`WR${i}`]);
  const { settled } = await store.load();
  assert.equal(settled.length, 512);
  assert.equal(settled[511], 'WR599');
});
