import assert from 'node:assert/strict';
import test from 'node:test';
import { link } from '../link.js';
import { EventQueue } from '../queue.js';
import { takeTurns } from '../turn.js';

globalThis.__VERSION__ = 'test';

// The thread hands its port to the test, which plays the program.
const source = 'var begin = (scope, port) => scope.begun(port)';

const turns = (n = 4) => Array.from({ length: n }).reduce((before) => before.then(() => new Promise((r) => { setTimeout(r, 3); })), Promise.resolve());

/** A desktop without other tabs, whose thread is played by the test. */
function desktop({ settings = {}, locks, visibility = 'visible', workers = false } = {}) {
  const threads = [];
  const said = [];
  const states = {};
  const tabs = [];
  const window = {
    Function, MessageChannel,
    navigator: { locks },
    URL: { createObjectURL: () => 'blob:', revokeObjectURL: () => {} },
    Blob,
    document: { visibilityState: visibility, addEventListener: () => {}, removeEventListener: () => {} },
    BroadcastChannel: class {
      constructor() { tabs.push(this); }
      postMessage() {}
      close() {}
    },
    begun: (port) => {
      const orders = [];
      const hear = (name) => (...args) => { orders.push([name, ...args]); };
      const page = link(port, {
        start: hear('start'), events: hear('events'), leave: hear('leave'), clicked: hear('clicked'),
        usage: () => (threads.find((each) => each.page === page).muted ? new Promise(() => {}) : { memory: 1, references: 2 }),
      });
      threads.push({ orders, page, close: () => port.close(), mute() { this.muted = true; } });
    },
  };
  if (workers) {
    window.Worker = class {
      constructor() {
        const { port1, port2 } = new MessageChannel();
        window.begun(port2);
        threads.at(-1).worker = this;
        port1.onmessage = (event) => this.onmessage(event);
        this.postMessage = (message) => port1.postMessage(message);
        this.terminate = () => { this.terminated = true; };
        setTimeout(() => this.onmessage({ data: 0 }));
      }
    };
  }
  const journal = {
    notes: [], note: (sid, line, at) => journal.notes.push([sid, line, at]), leads: () => {},
    state: (name, text) => { if (text === undefined) delete states[name]; else states[name] = text; },
    countWaiting: (count) => { journal.waiting = count; },
  };
  const queue = new EventQueue();
  const desk = {
    source, window, commands: {}, started: Promise.resolve(), journal, queue, origin: 'https://acme.lightning.force.com',
    flex: {}, manager: { workerClient: { sid: 'WK1' }, configuration: { custom_data: { features: { caselog: settings } } } },
    listening: { managerEvents: true, look: () => {} },
    tell: (text) => said.push(text), tellOnce: (text) => said.push(`once: ${text}`),
  };
  return { desk, window, journal, queue, states, said, threads, tabs };
}

/** Runs a desktop until the test has looked at it. */
async function during(t, d, look) {
  const { info, error } = console;
  console.info = () => {};
  console.error = () => {};
  const ended = takeTurns(d.desk);
  ended.catch(() => {});
  try {
    await turns();
    await look(d.threads[0], ended);
  } finally {
    d.threads.at(-1)?.page.tell('ended', false);
    await ended.catch(() => {});
    d.threads.forEach((thread) => thread.close());
    Object.assign(console, { info, error });
  }
}

const event = (kind, sid) => ({ kind, at: 1, task: { sid, attributes: { from: '+1' } } });
const numbers = (text) => text.split('\x1e').map((line) => line.split('\x1f')[0]);

test('the thread is told what its program needs, as plain data', async (t) => {
  await during(t, desktop({ settings: { log_level: 'debug', odd: () => {} } }), async ({ orders }) => {
    assert.deepEqual(orders, [['start', {
      database: 'flex-caselog-WK1', alone: false, origin: 'https://acme.lightning.force.com', settings: [{ log_level: 'debug', odd: NaN }], managerEvents: true,
    }]]);
  });
});

test('events reach the program that listens, what it has not kept the next one too, and what it has kept nobody', async (t) => {
  const d = desktop();
  d.queue.push(event('taskAccepted', 'WR1'));
  await during(t, d, async ({ orders, page }) => {
    orders.length = 0;
    page.tell('listens', 1, ['attributes.from']);
    await turns();
    d.queue.push(event('taskWrapup', 'WR1'));
    d.queue.push(event('taskCompleted', 'WR1'));
    await turns();
    assert.deepEqual(orders.map(([name, life, text]) => [name, life, numbers(text)]), [['events', 1, ['n1']], ['events', 1, ['n2']], ['events', 1, ['n3']]]);
    assert.match(orders[0][2], /s\+1$/, 'what it asked for');
    page.tell('kept', 1);
    page.tell('rests');
    await turns();
    d.queue.push(event('taskAccepted', 'WR2'));
    orders.length = 0;
    page.tell('listens', 3, []);
    await turns();
    assert.deepEqual(orders.map(([, life, text]) => [life, numbers(text)]), [[3, ['n2', 'n3', 'n4']]]);
  });
});

test('the thread waits until Flex has started, and nothing else does', async (t) => {
  const d = desktop();
  let start;
  d.desk.started = new Promise((resolve) => { start = resolve; });
  let looked = false;
  d.desk.listening.look = () => { looked = true; };
  await during(t, d, async () => {
    assert.deepEqual(d.threads, []);
    assert.equal(d.states.turn, 'this tab writes');
    assert.ok(looked, 'the tasks of then');
    start();
    await turns();
    assert.equal(d.threads.length, 1);
  });
});

test('what the program does nothing about is not sent', async (t) => {
  const d = desktop();
  await during(t, d, async ({ orders, page }) => {
    orders.length = 0;
    page.tell('listens', 1, [], ['taskReceived']);
    await turns();
    d.queue.push(event('taskReceived', 'WR1'));
    d.queue.push(event('taskAccepted', 'WR1'));
    await turns();
    assert.deepEqual(orders.map(([, , text]) => numbers(text)), [['n1']]);
  });
});

test('what the program says reaches the report, the agent and the console', async (t) => {
  const d = desktop();
  await during(t, d, async ({ page }) => {
    page.tell('note', 'WR1', 'Case: done', 5);
    page.tell('state', 'openCTI', 'connected');
    page.tell('tell', 'a');
    page.tell('tellOnce', 'b');
    page.tell('stands', { durable: true, waiting: 7 });
    page.tell('dial', '+1', {});
    await turns();
    assert.deepEqual(d.journal.notes, [['WR1', 'Case: done', 5]]);
    assert.equal(d.states.openCTI, 'connected');
    assert.match(d.states.thread, /^the page/);
    assert.deepEqual(d.said, ['a', 'once: b']);
    assert.equal(d.journal.waiting(), 7);
    assert.deepEqual(await d.desk.commands.usage(), { memory: 1, references: 2 });
  });
  assert.equal(d.states.openCTI, undefined, 'it is of the program that has ended');
  assert.equal(d.desk.commands.usage, undefined);
  assert.equal(d.journal.waiting(), undefined);
});

test('a call goes to Open CTI in the page, and a click there to the program', async (t) => {
  const d = desktop({ settings: { click_to_dial: false } });
  let click;
  d.window.sforce = { opencti: {
    runApex: ({ callback, apexClass }) => callback({ success: true, returnValue: apexClass }),
    onClickToDial: ({ listener }) => { click = listener; },
  } };
  await during(t, d, async ({ page, orders }) => {
    await page.ask('openCTI', 0, 'look', ['runApex']);
    const call = (until) => page.ask('openCTI', until, 'call', 'runApex', { apexClass: 'X' });
    assert.deepEqual(await call(Date.now() + 60_000), { answer: { success: true, returnValue: 'X' } });
    await assert.rejects(call(Date.now() - 1), /busy for too long/, 'the program has gone on without it');
    await page.ask('openCTI', 0, 'listen');
    click({ number: '+1' });
    await turns();
    assert.deepEqual(orders.at(-1), ['clicked', { number: '+1' }]);
  });
  d.threads[0].orders.length = 0;
  click({ number: '+2' });
  await turns();
  assert.deepEqual(d.threads[0].orders, [], 'nobody hears it any more');
});

test('a worker is ended with its program', async (t) => {
  const d = desktop({ workers: true });
  await during(t, d, async () => {
    assert.equal(d.states.thread, 'a worker');
  });
  assert.equal(d.threads[0].worker.terminated, true);
  assert.equal(d.states.thread, undefined);
});

test('a worker that does not answer any more is replaced, and the next one gets what was not kept; not for ever', async (t) => {
  const d = desktop({ workers: true });
  d.desk.patience = 15;
  d.queue.push(event('taskAccepted', 'WR1'));
  await during(t, d, async (first, ended) => {
    first.page.tell('listens', 1, []);
    for (const [n] of [0, 1, 2].entries()) {
      while (d.threads.length === n) await turns(1);
      d.threads[n].mute();
    }
    await ended;
    assert.equal(d.threads.length, 3);
    assert.ok(d.threads.every(({ worker }) => worker.terminated));
    assert.match(d.states.obstacle, /stopped after repeated errors/);
    assert.equal(d.queue.take().length, 1, 'nobody has kept it');
  });
});

test('a program that can not be started ends it all, with why', async (t) => {
  const d = desktop();
  await during(t, d, async ({ page }, ended) => {
    page.tell('failed', 'CompileError', 'no wasm');
    await assert.rejects(ended, (err) => err.name === 'CompileError' && err.message === 'no wasm');
  });
});

test('a program that has died too often is given up, and the agent is told once', async (t) => {
  const d = desktop();
  await during(t, d, async ({ page }, ended) => {
    page.tell('ended', false);
    await ended;
    assert.match(d.states.obstacle, /stopped after repeated errors/);
    assert.equal(d.said.length, 1);
  });
});

/** The first program listens, and another tab wants to go on. */
async function wanted(d, page) {
  page.tell('listens', 1, []);
  await turns();
  d.tabs[0].onmessage({ data: 'want' });
  await turns();
}

/** Web Locks that are free. */
const free = { request: (name, run) => Promise.resolve(run()) };

test('a hidden tab makes room: the program is told, leaves, and the tab waits for its next turn', async (t) => {
  const d = desktop({ locks: free, visibility: 'hidden' });
  await during(t, d, async ({ page, orders }) => {
    await wanted(d, page);
    assert.deepEqual(orders.slice(1).map(([name]) => name), ['leave', 'events']);
    page.tell('rests');
    page.tell('ended', true);
    await turns(6);
    assert.equal(d.threads.length, 2, 'it has the lock again, as nobody else wants it');
    assert.equal(d.threads[1].orders[0][1].alone, true);
    d.threads[1].page.tell('listens', 1, []);
    await turns();
    assert.equal(d.threads[1].orders.length, 1, 'the next program is not told to leave');
  });
});

test('a tab whose store does not outlive it does not make room', async (t) => {
  const d = desktop({ locks: free, visibility: 'hidden' });
  await during(t, d, async ({ page, orders }) => {
    page.tell('listens', 1, []);
    page.tell('stands', { durable: false, waiting: 1 });
    await turns();
    d.tabs[0].onmessage({ data: 'want' });
    await turns();
    assert.equal(orders.length, 1);
  });
});

test('a program that was asked to leave and can not is not asked again in its next life', async (t) => {
  const d = desktop({ locks: free, visibility: 'hidden' });
  await during(t, d, async ({ page, orders }) => {
    await wanted(d, page);
    page.tell('rests');
    page.tell('stays');
    orders.length = 0;
    page.tell('listens', 3, []);
    await turns();
    assert.deepEqual(orders, []);
  });
});

test('where several tabs write, a hidden one claims its screen pops later', async (t) => {
  const d = desktop({ visibility: 'hidden' });
  await during(t, d, async ({ page }) => {
    let claims = false;
    const asked = page.ask('inFront').then(() => { claims = true; });
    await turns();
    assert.equal(claims, false);
    d.window.document.visibilityState = 'visible';
    await page.ask('inFront');
    await asked;
  });
});
