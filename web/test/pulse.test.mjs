import assert from 'node:assert/strict';
import test from 'node:test';
import { watchPulse } from '../pulse.js';

const step = 30_000;

/** A thread that answers while it is told to. */
function thread(t, ...answers) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const it = { asked: 0, lost: 0 };
  it.stop = watchPulse(() => (answers[it.asked++] === 'silence' ? new Promise(() => {}) : Promise.resolve()), () => { it.lost++; });
  it.wait = async (steps) => {
    for (let i = 0; i < steps; i++) {
      await new Promise((resolve) => { setImmediate(resolve); });
      t.mock.timers.tick(step);
    }
  };
  return it;
}

test('a thread that answers is left alone', async (t) => {
  const it = thread(t);
  await it.wait(100);
  assert.equal(it.asked, 101);
  assert.equal(it.lost, 0);
});

test('one silence is a computer that has slept', async (t) => {
  const it = thread(t, 'yes', 'silence', 'yes', 'silence', 'yes');
  await it.wait(10);
  assert.equal(it.lost, 0);
});

test('two in a row are a thread that is lost, and it is told once', async (t) => {
  const it = thread(t, 'yes', 'silence', 'silence', 'silence');
  await it.wait(2);
  assert.equal(it.lost, 0);
  await it.wait(10);
  assert.equal(it.lost, 1);
  assert.equal(it.asked, 3);
});

test('a thread that refuses lives', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let lost = 0;
  watchPulse(() => Promise.reject(new Error('no')), () => { lost++; });
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => { setImmediate(resolve); });
    t.mock.timers.tick(step);
  }
  assert.equal(lost, 0);
});

test('nobody is asked after the end', async (t) => {
  const it = thread(t, 'silence', 'silence', 'silence');
  await it.wait(1);
  it.stop();
  await it.wait(10);
  assert.equal(it.asked, 2);
  assert.equal(it.lost, 0);
});
