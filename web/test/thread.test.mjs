import assert from 'node:assert/strict';
import test from 'node:test';
import { startThread } from '../thread.js';

// A thread that says hello to whoever has the other end of its port.
const source = 'var begin = (scope, port) => { scope.begun = port; }';

/** A window whose workers do this. */
function page(Worker) {
  const addresses = new Set();
  return {
    addresses,
    Function, MessageChannel, Blob, Worker,
    URL: {
      createObjectURL: (blob) => { const address = `blob:${addresses.size}`; addresses.add(address); return address; },
      revokeObjectURL: (address) => { addresses.delete(address); },
    },
  };
}

/** A worker that does one thing once it is there. */
function worker(act) {
  return class {
    constructor(address) {
      this.address = address;
      this.constructor.last = this;
      setTimeout(() => act(this));
    }

    terminate() { this.terminated = true; }
  };
}

const quiet = async (work) => {
  const { info } = console;
  const lines = [];
  console.info = (...words) => lines.push(words.join(' '));
  try {
    return [await work(), lines];
  } finally {
    console.info = info;
  }
};

const close = (...ports) => ports.forEach((each) => each.close());

test('the program gets a worker where there is one', async () => {
  const window = page(worker((it) => it.onmessage({ data: 0 })));
  const thread = await startThread(window, source);
  assert.equal(thread.worker, true);
  assert.equal(window.begun, undefined, 'nothing of it is in the page');
  assert.equal(window.addresses.size, 0, 'the address is not kept');
  assert.equal(thread.port, window.Worker.last);
  thread.stop();
  assert.equal(window.Worker.last.terminated, true);
});

const refusals = {
  'has no workers': undefined,
  'throws at the making of one': class { constructor() { throw new Error('SecurityError'); } },
  'refuses one later': worker((it) => it.onerror({})),
  'breaks in it': worker((it) => it.onerror({ message: 'SyntaxError', preventDefault: () => {} })),
};
for (const [name, Worker] of Object.entries(refusals)) {
  test(`where the browser ${name} the program runs in the page`, async () => {
    const window = page(Worker);
    const [thread, lines] = await quiet(() => startThread(window, source));
    assert.equal(thread.worker, false);
    assert.ok(window.begun);
    assert.equal(window.addresses.size, 0);
    assert.match(lines[0], /^caselog: without a worker \(.+\), so its program runs in the page$/);
    close(thread.port, window.begun);
    if (Worker?.last) assert.equal(Worker.last.terminated, true);
  });
}

test('a worker that never says anything is given up', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const window = page(worker(() => {}));
  const started = quiet(() => startThread(window, source));
  for (let i = 0; i < 3; i++) {
    await Promise.resolve();
    t.mock.timers.tick(10_000);
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  const [thread] = await started;
  assert.equal(thread.worker, false);
  assert.equal(window.Worker.last.terminated, true);
  close(thread.port, window.begun);
});

test('an exception in a worker that is there is named, and ends nothing', async () => {
  const window = page(worker((it) => it.onmessage({ data: 0 })));
  const thread = await startThread(window, source);
  const { error } = console;
  const lines = [];
  console.error = (...words) => lines.push(words.join(' '));
  window.Worker.last.onerror({ message: 'Uncaught Error: no' });
  console.error = error;
  assert.deepEqual(lines, ['caselog: in its worker Uncaught Error: no']);
  assert.equal(window.Worker.last.terminated, undefined);
});
