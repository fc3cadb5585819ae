import assert from 'node:assert/strict';
import test from 'node:test';
import { startup } from '../startup.js';

/** Whether a promise is fulfilled by now. */
const isOver = async ({ over }) => {
  let is = false;
  over.then(() => { is = true; });
  await Promise.resolve();
  return is;
};

test('Flex has started a moment after its plugins have', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const starting = startup();
  t.mock.timers.tick(1500);
  starting.plugins();
  t.mock.timers.tick(999);
  assert.equal(await isOver(starting), false);
  t.mock.timers.tick(1);
  assert.equal(await isOver(starting), true);
});

test('a Flex that never says so is waited for two seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const starting = startup();
  t.mock.timers.tick(1999);
  assert.equal(await isOver(starting), false);
  t.mock.timers.tick(1);
  assert.equal(await isOver(starting), true);
});

const kinds = {
  taskReceived: true, taskAccepted: true, taskWrapup: true, taskCompleted: true, taskCanceled: true, afterAcceptTask: true, afterHangupCall: true,
  found: false, listed: false, afterSelectTask: false, selectedNone: false,
};
for (const [kind, wanted] of Object.entries(kinds)) {
  test(`the program is ${wanted ? '' : 'not '}wanted at once for ${kind}`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const starting = startup();
    starting.hear({ kind });
    assert.equal(await isOver(starting), wanted);
  });
}
