import assert from 'node:assert/strict';
import test from 'node:test';
import { link, lull } from '../link.js';
import { attend } from '../thread/main.js';

/** A thread whose program and page are played by the test. */
async function thread({ alone = true, disk = {}, ...order } = {}) {
  const { port1, port2 } = new MessageChannel();
  const told = [];
  const it = { told, lives: [] };
  const hear = (name) => (...args) => { told.push([name, ...args]); };
  const methods = Object.fromEntries(['listens', 'rests', 'kept', 'stands', 'stays', 'ended', 'failed', 'dial', 'note', 'state', 'log', 'tell', 'tellOnce'].map((name) => [name, hear(name)]));
  it.page = link(port1, {
    ...methods,
    inFront: () => { told.push(['inFront']); },
    openCTI: (...args) => (args[1] === 'never' ? new Promise(() => {}) : args),
  });
  it.turn = () => new Promise((resolve) => { setTimeout(() => setTimeout(resolve, 3), 3); });
  it.lull = () => new Promise((resolve) => { setTimeout(resolve, lull + 50); }); // what is only mentioned arrives by then
  class Disk {
    constructor(name) {
      it.database = name;
      Object.assign(this, { load: async () => ({ records: [], settled: [] }), save: async () => {}, drop: async () => {}, claim: async () => true, unclaim: async () => {} }, disk);
    }
  }
  const keepRunning = (scope, host, asked) => new Promise((end, fail) => { it.lives.push({ scope, host, asked, end, fail }); });
  attend('scope', port2, { keepRunning, usage: () => ({ memory: 1, references: 2 }), Disk });
  it.page.tell('start', { database: 'flex-caselog-WK1', alone, origin: 'o', settings: [{ x: 1 }], managerEvents: true, ...order });
  await it.turn();
  it.host = it.lives[0].host;
  it.close = () => [port1, port2].forEach((port) => port.close());
  return it;
}

test('the program finds what the page has ordered', async () => {
  const it = await thread();
  assert.equal(it.database, 'flex-caselog-WK1');
  assert.equal(it.lives[0].scope, 'scope');
  const { origin, settings, managerEvents } = it.host;
  assert.deepEqual({ origin, settings, managerEvents }, { origin: 'o', settings: [{ x: 1 }], managerEvents: true });
  assert.deepEqual(await it.host.openCTI(5, 'look', ['a']), [5, 'look', ['a']]);
  assert.deepEqual(await it.page.ask('usage'), { memory: 1, references: 2 });
  it.close();
});

test('what the program says goes to the page', async () => {
  const it = await thread();
  for (const name of ['kept', 'dial', 'state', 'log', 'tell', 'tellOnce']) it.host[name](name, 1);
  await it.lull();
  assert.deepEqual(it.told, ['kept', 'dial', 'state', 'log', 'tell', 'tellOnce'].map((name) => [name, name, 1]));
  it.close();
});

test('a line of the report has the time of when it was said, and not of when it arrives', async (t) => {
  t.mock.method(Date, 'now', () => 5);
  const it = await thread();
  it.host.note('WR1', 'Case: done');
  await it.lull();
  assert.deepEqual(it.told, [['note', 'WR1', 'Case: done', 5]]);
  it.close();
});

test('the page hears how the store stands when that changes', async () => {
  let full = false;
  const it = await thread({ disk: { save: async () => { if (full) throw new Error('full'); } } });
  await it.host.load();
  await it.host.save([{ sid: 'WR1' }], []);
  await it.host.save([{ sid: 'WR1', more: 1 }], []);
  full = true;
  await it.host.save([{ sid: 'WR1', more: 2 }], []);
  await it.lull();
  assert.deepEqual(it.told.filter(([name]) => name === 'stands').map(([, as]) => as), [
    { durable: true, waiting: 0 }, { durable: true, waiting: 1 }, { durable: false, waiting: 1 },
  ]);
  assert.match(it.told.find(([name]) => name === 'log')[2], /does not store anything/, 'lines of the thread are the page\'s');
  it.close();
});

test('a page that is alone claims screen pops at once, others in their turn', async () => {
  const [one, many] = [await thread(), await thread({ alone: false })];
  assert.equal(await one.host.claim('WR1'), true);
  assert.equal(await one.host.claim('WR1'), false);
  assert.deepEqual(one.told, []);
  assert.equal(await many.host.claim('WR1'), true);
  assert.deepEqual(many.told, [['inFront']]);
  await many.host.unclaim('WR1');
  one.close();
  many.close();
});

test('clicks reach the program that lives, and none after it', async () => {
  const it = await thread();
  const heard = [];
  it.host.onClicked((click) => heard.push(click));
  it.page.tell('clicked', { number: '+1' });
  await it.turn();
  it.host.ended();
  it.page.tell('clicked', { number: '+2' });
  await it.turn();
  assert.deepEqual(heard, [{ number: '+1' }]);
  assert.deepEqual(it.told, [['rests']]);
  it.close();
});

test('a program that dies does not wait for answers any more', async () => {
  const it = await thread();
  let answered = false;
  it.host.openCTI(0, 'look').then(() => { answered = true; });
  it.host.ended();
  await it.turn();
  assert.equal(answered, false);
  it.close();
});

test('a program that is given up has ended', async () => {
  const it = await thread();
  it.lives[0].end();
  await it.turn();
  assert.deepEqual(it.told, [['ended', false]]);
  it.close();
});

test('a program that was asked to leave has left', async () => {
  const it = await thread();
  assert.equal(it.lives[0].asked(), false);
  it.page.tell('leave');
  await it.turn();
  assert.equal(it.lives[0].asked(), true);
  it.lives[0].end();
  await it.turn();
  assert.deepEqual(it.told, [['ended', true]]);
  it.close();
});

test('a program that was asked to leave, and whose last word is in memory only, goes on', async () => {
  const it = await thread({ disk: { save: () => Promise.reject(new Error('full')) } });
  await it.host.save([{ sid: 'WR1' }], []);
  it.page.tell('leave');
  await it.turn();
  it.lives[0].end();
  await it.turn();
  assert.deepEqual(it.told.at(-1), ['stays']);
  assert.equal(it.lives.length, 2);
  assert.equal(it.lives[1].asked(), false);
  assert.deepEqual((await it.lives[1].host.load()).records, [{ sid: 'WR1' }]);
  it.close();
});

test('a program that can not be started is told, with why', async () => {
  const it = await thread();
  it.lives[0].fail(Object.assign(new Error('no wasm'), { name: 'CompileError' }));
  await it.turn();
  assert.deepEqual(it.told, [['failed', 'CompileError', 'no wasm']]);
  it.close();
});
