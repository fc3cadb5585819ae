import assert from 'node:assert/strict';
import test from 'node:test';
import { dialler, watchTelephone } from '../telephone.js';

const call = (status, channelType = 'voice') => ({ status, channelType });

/** A Flex whose agent can make a call. */
function readyManager(change = () => {}) {
  const manager = {
    workerClient: { activity: { sid: 'WA1', available: true }, attributes: { contact_uri: 'client:ada' } },
    serviceConfiguration: { taskrouter_offline_activity_sid: 'WA0' },
    voiceClient: { state: 'registered' },
    tasks: [],
    phone: { listener: { isMicrophoneSet: true } },
    store: { getState: () => ({ flex: { worker: { tasks: new Map(manager.tasks.map((task, i) => [i, task])) }, phone: manager.phone } }) },
  };
  change(manager);
  return manager;
}

const obstacles = {
  'an agent who can call': [() => {}, ''],
  'on a break, which is not offline': [(m) => { m.workerClient.activity.available = false; }, ''],
  'offline': [(m) => { m.workerClient.activity.sid = 'WA0'; }, 'offline'],
  'not available where nobody says what offline is': [(m) => { m.serviceConfiguration = {}; m.workerClient.activity.available = false; }, 'offline'],
  'Flex is still starting': [(m) => { m.workerClient.activity = undefined; }, 'offline'],
  'a Flex without a worker': [(m) => { m.workerClient = undefined; }, 'offline'],
  'in a call': [(m) => { m.tasks = [call('accepted')]; }, 'busy'],
  'it rings': [(m) => { m.tasks = [call('pending')]; }, 'busy'],
  'in wrap-up': [(m) => { m.tasks = [call('wrapping')]; }, ''],
  'in a chat': [(m) => { m.tasks = [call('accepted', 'web')]; }, ''],
  'without voice': [(m) => { m.voiceClient = undefined; }, 'voice'],
  'voice that is not registered': [(m) => { m.voiceClient.state = 'unregistered'; }, 'voice'],
  'without a microphone': [(m) => { m.phone.listener.isMicrophoneSet = false; }, 'voice'],
  'a Flex that does not tell of microphones': [(m) => { m.phone = undefined; }, ''],
  'without a microphone, with a telephone on the desk': [
    (m) => { m.phone.listener.isMicrophoneSet = false; m.workerClient.attributes.contact_uri = '+442079460958'; }, ''],
  'with a telephone on the desk': [(m) => { m.voiceClient = undefined; m.workerClient.attributes.contact_uri = '+442079460958'; }, ''],
  'with a SIP telephone': [(m) => { m.voiceClient = undefined; m.workerClient.attributes.contact_uri = 'sip:ada@example.com'; }, ''],
};
for (const [name, [change, want]] of Object.entries(obstacles)) {
  test(`what keeps an agent from calling: ${name}`, () => {
    const heard = [];
    watchTelephone(readyManager(change), (obstacle) => heard.push(obstacle)).stop();
    assert.deepEqual(heard, [want]);
  });
}

test('changes are heard within a second, and only changes', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const manager = readyManager();
  const heard = [];
  const watch = watchTelephone(manager, (obstacle) => heard.push(obstacle));
  t.mock.timers.tick(5000);
  manager.tasks = [call('accepted')];
  t.mock.timers.tick(1000);
  watch.say();
  watch.stop();
  manager.tasks = [];
  t.mock.timers.tick(5000);
  assert.deepEqual(heard, ['', 'busy', 'busy']);
});

/** Flex's actions, as far as a call needs them. */
function fakeActions() {
  const actions = {
    called: [],
    listener: null,
    addListener: (name, fn) => { assert.equal(name, 'beforeStartOutboundCall'); actions.listener = fn; },
    removeListener: (name, fn) => { if (actions.listener === fn) actions.listener = null; },
    async invokeAction(name, payload) {
      assert.equal(name, 'StartOutboundCall');
      let aborted = false;
      await actions.listener?.({ ...payload }, () => { aborted = true; });
      if (aborted) throw new Error('cancelled by before event');
      if (actions.broken) throw new Error('no voice');
      actions.called.push(payload);
    },
  };
  return actions;
}

function newDialler(t) {
  t.mock.method(console, 'warn', () => {});
  const Actions = fakeActions();
  const told = [];
  const manager = readyManager();
  return { Actions, told, manager, ...dialler({ Actions }, manager, (sentence) => told.push(sentence)) };
}
const settled = () => new Promise((r) => { setImmediate(r); });

test('Flex is asked to call, with the attributes', async (t) => {
  const d = newDialler(t);
  d.dial('+442079460958', { recordId: '003A' });
  await settled();
  assert.deepEqual(d.Actions.called, [{ destination: '+442079460958', taskAttributes: { recordId: '003A' } }]);
  assert.deepEqual(d.told, []);
});

test('a number that another integration has just dialled is left to it', async (t) => {
  const d = newDialler(t);
  await d.Actions.invokeAction('StartOutboundCall', { destination: '020 7946 0958' }); // as it is written
  d.dial('+442079460958', {});
  await settled();
  assert.equal(d.Actions.called.length, 1);
  assert.match(d.told[0], /^Two integrations/);
});

test('another integration that comes later does not call a second time', async (t) => {
  const d = newDialler(t);
  d.dial('+442079460958', {});
  await settled();
  await assert.rejects(d.Actions.invokeAction('StartOutboundCall', { destination: '+442079460958' }));
  assert.equal(d.Actions.called.length, 1);
  assert.match(d.told[0], /^Two integrations/);
});

test('an agent may dial a number in Flex as often as they like', async (t) => {
  const d = newDialler(t);
  for (let i = 0; i < 3; i++) await d.Actions.invokeAction('StartOutboundCall', { destination: '+442079460958' });
  assert.equal(d.Actions.called.length, 3);
});

test('a number that is clicked twice is called once, and nobody is blamed', async (t) => {
  const d = newDialler(t);
  d.dial('+442079460958', {});
  d.dial('+442079460958', {});
  await settled();
  assert.equal(d.Actions.called.length, 1);
  assert.deepEqual(d.told, []);
});

test('a call that has come meanwhile is not disturbed', async (t) => {
  const d = newDialler(t);
  d.manager.tasks = [call('pending')];
  d.dial('+442079460958', {});
  await settled();
  assert.deepEqual(d.Actions.called, []);
  assert.match(d.told[0], /^You have a call by now/);
});

test('after a call that Flex did not make the agent may dial the number', async (t) => {
  t.mock.timers.enable({ apis: ['Date'] });
  const d = newDialler(t);
  d.Actions.broken = true;
  d.dial('+442079460958', {});
  await settled();
  d.Actions.broken = false;
  await d.Actions.invokeAction('StartOutboundCall', { destination: '+14155550100' });
  assert.equal(d.Actions.called.length, 1);
});

test('another number is another call', async (t) => {
  const d = newDialler(t);
  d.dial('+442079460958', {});
  d.dial('+442079460911', {});
  await d.Actions.invokeAction('StartOutboundCall', { destination: '+14155550100' });
  await settled();
  assert.equal(d.Actions.called.length, 3);
});

test('a call that Flex does not make is told', async (t) => {
  const d = newDialler(t);
  d.Actions.broken = true;
  d.dial('+442079460958', {});
  await settled();
  assert.match(d.told[0], /^Flex could not call/);
});

test('once stopped it listens no more', (t) => {
  const d = newDialler(t);
  d.stop();
  assert.equal(d.Actions.listener, null);
});
