import assert from 'node:assert/strict';
import test from 'node:test';
import { openCTI } from '../opencti.js';

const lost = 'https://flex.twilio.com/agent?clc=1#top';
const right = 'https://flex.twilio.com/agent?clc=1&sfdcIframeOrigin=x&mode=Lightning#top';
const names = ['saveLog', 'initialize'];
const settled = () => new Promise((r) => { setImmediate(r); });
const unreadable = new Proxy({}, { get() { throw new Error('no'); }, ownKeys() { throw new Error('no'); } });

/** A window inside another; the scripts that it was given wait to be ended. */
function page(api, more = {}) {
  const window = {
    parent: {},
    location: { href: lost },
    moves: [],
    history: {
      state: { key: 'flex' },
      replaceState(state, title, to) {
        assert.equal(state, window.history.state);
        window.moves.push(to);
        window.location.href = to;
      },
    },
    scripts: new Set(),
    document: {
      createElement: () => Object.assign(new EventTarget(), { remove() { window.scripts.delete(this); } }),
      head: { appendChild: (script) => window.scripts.add(script) },
    },
    /** The last script runs, or fails. */
    end(name = 'load') {
      [...window.scripts].at(-1).dispatchEvent(new Event(name));
    },
    ...more,
  };
  if (api) window.sforce = { opencti: api };
  const clicks = [];
  const agent = openCTI(window, (payload) => clicks.push(structuredClone(payload)));
  return { window, clicks, agent };
}

test('a page is told as it is', () => {
  const { agent } = page({ saveLog() {}, initialize: 7, flexCaselogHost: 'ours' });
  assert.deepEqual(agent.look(names), { framed: true, href: lost, there: true, methods: ['saveLog'], host: 'ours' });
});

const views = {
  'without a library': [page().window, { there: false, methods: [] }],
  'with something else in its place': [{ sforce: { opencti: 'x' } }, { there: false }],
  'with null in its place': [{ sforce: { opencti: null } }, { there: false }],
  'with a library that can not be read': [{ sforce: { get opencti() { throw new Error('no'); } } }, { there: false }],
  'with a library of nothing but throws': [{ sforce: { opencti: unreadable } }, { there: true, methods: [], host: '' }],
  'with inherited methods': [{ sforce: { opencti: Object.create({ saveLog() {} }) } }, { methods: ['saveLog'] }],
  'with a mark that is no text': [{ sforce: { opencti: { flexCaselogHost: {} } } }, { host: '' }],
  'without anything': [{}, { framed: false, href: '', there: false, methods: [], host: '' }],
  'that can not be read at all': [unreadable, { framed: false, href: '', there: false, methods: [], host: '' }],
};
for (const [name, [window, want]] of Object.entries(views)) {
  test(`a page ${name}`, () => {
    const view = openCTI(window, () => {}).look(names);
    for (const key of Object.keys(want)) assert.deepEqual(view[key], want[key], key);
  });
}

test('a page in no frame', () => {
  const { window, agent } = page();
  window.parent = window;
  assert.equal(agent.look(names).framed, false);
});

test('a script loads while the address is what it has to be, and only then', async () => {
  const { window, agent } = page();
  agent.look(names);
  const came = agent.inject(names, 'https://acme/opencti.js', lost, right);
  assert.equal(window.location.href, right);
  assert.equal([...window.scripts][0].src, 'https://acme/opencti.js');
  window.sforce = { opencti: { saveLog() {} } };
  window.end();
  assert.equal(window.location.href, lost, 'in the same turn');
  window.end();
  window.end('error');
  assert.deepEqual(await came, { framed: true, href: lost, there: true, methods: ['saveLog'], host: '', seen: right, came: true });
  assert.equal(window.scripts.size, 1);
  assert.deepEqual(window.moves, [right, lost]);
});

const useless = {
  'that fails': (window) => window.end('error'),
  'that brings none': (window) => window.end(),
  'that is withdrawn': (window, agent) => assert.equal(agent.withdraw().came, false),
};
for (const [name, does] of Object.entries(useless)) {
  for (const [there, api] of [['without a library', undefined], ['with one that is dead', { old() {} }]]) {
    test(`a script ${name}, in a page ${there}`, async () => {
      const { window, agent } = page(api);
      agent.look(names);
      const came = agent.inject(names, 'https://acme/opencti.js', lost, right);
      does(window, agent);
      const view = await came;
      assert.equal(view.came, false);
      assert.equal(view.there, api !== undefined);
      assert.equal(window.scripts.size, 0);
      assert.equal(window.location.href, lost);
    });
  }
}

test('a library that is there when its script is withdrawn has come', async () => {
  const { window, agent } = page();
  agent.look(names);
  agent.inject(names, 'https://acme/opencti.js', lost, right);
  window.sforce = { opencti: {} };
  assert.equal(agent.withdraw().came, true);
  assert.equal(window.scripts.size, 1);
});

test('what is withdrawn too late has come', async () => {
  const { window, agent } = page();
  agent.look(names);
  assert.equal(agent.withdraw(), null, 'nothing was ever loaded');
  const came = agent.inject(names, 'https://acme/opencti.js', lost, '');
  window.sforce = { opencti: {} };
  window.end();
  assert.deepEqual(agent.withdraw(), await came);
});

test('a load ends the one before it', async () => {
  const { window, agent } = page();
  agent.look(names);
  const first = agent.inject(names, 'https://one/opencti.js', lost, right);
  agent.inject(names, 'https://two/opencti.js', lost, right);
  assert.equal((await first).came, false);
  assert.deepEqual([...window.scripts].map((s) => s.src), ['https://two/opencti.js']);
  assert.equal(window.location.href, right);
  window.end('error');
  assert.equal(window.location.href, lost);
});

for (const [name, broken] of Object.entries({
  'no document': { document: undefined },
  'no head': { document: { createElement: () => new EventTarget(), head: null } },
  'scripts that are no elements': { document: { createElement: () => null } },
})) {
  test(`a page with ${name} takes no script`, async () => {
    const { window, agent } = page(undefined, broken);
    agent.look(names);
    assert.equal((await agent.inject(names, 'https://acme/opencti.js', lost, right)).came, false);
    assert.equal(window.location.href, lost);
  });
}

/** What becomes of the address when somebody does this to it between there and back. */
const addresses = {
  'nobody navigates': [lost, right, (at) => at, lost],
  'there was no query': ['https://x.com/', 'https://x.com/?mode=L', (at) => at, 'https://x.com/'],
  'there was an empty query': ['https://x.com/?#a?b', 'https://x.com/?mode=L#a?b', (at) => at, 'https://x.com/?#a?b'],
  'somebody changes the path': [lost, right, (at) => at.replace('agent', 'teams'), lost.replace('agent', 'teams')],
  'somebody changes the fragment': [lost, right, (at) => at.replace('#top', '#a?b\n'), 'https://flex.twilio.com/agent?clc=1#a?b\n'],
  'somebody changes the query': [lost, right, () => 'https://flex.twilio.com/?b=2', 'https://flex.twilio.com/?b=2'],
  'somebody adds to the query': [lost, right, (at) => at.replace('#', '&b=2#'), right.replace('#', '&b=2#')],
  'somebody takes the query off': [lost, right, () => 'https://flex.twilio.com/teams', 'https://flex.twilio.com/teams'],
};
for (const [name, [from, to, navigate, want]] of Object.entries(addresses)) {
  test(`the address afterwards: ${name}`, () => {
    const { window, agent } = page({ initialize() { window.location.href = navigate(window.location.href); } });
    window.location.href = from;
    agent.look(names);
    const view = agent.start(names, from, to);
    assert.equal(window.location.href, want);
    assert.equal(view.href, want);
    assert.equal(view.seen, navigate(to));
  });
}

test('in a page that has gone on nothing is done', async () => {
  for (const to of [right, '']) {
    const { window, agent } = page({ initialize() { assert.fail(); } });
    agent.look(names);
    window.location.href = 'https://flex.twilio.com/teams';
    for (const view of [agent.start(names, lost, to), await agent.inject(names, 'https://acme/opencti.js', lost, to)]) {
      assert.equal(view.href, 'https://flex.twilio.com/teams');
      assert.equal('seen' in view, false);
    }
    assert.deepEqual(window.moves, []);
    assert.equal(window.scripts.size, 0);
  }
});

test('an address that can not be changed is left alone', () => {
  const { window, agent } = page({ initialize() {} });
  window.history.replaceState = () => { throw new Error('SecurityError'); };
  agent.look(names);
  const view = agent.start(names, lost, right);
  assert.deepEqual([view.seen, view.threw], [lost, '']);
});

const throws = {
  'an error': [new Error('no access'), 'no access'],
  'a typed error': [new TypeError('no access'), 'TypeError: no access'],
  'a text': ['no access', 'no access'],
  'an empty text': ['', 'an empty text'],
  'nothing': [undefined, 'undefined'],
  'null': [null, 'null'],
  'a symbol': [Symbol('s'), 'Symbol(s)'],
  'an object': [{ message: 'no access', code: 1 }, 'no access'],
  'an object without a message': [{}, 'an object without a message'],
  'what can not be read': [unreadable, 'an object without a message'],
};
for (const [name, [thrown, want]] of Object.entries(throws)) {
  test(`a library throws ${name}`, async () => {
    const boom = () => { throw thrown; };
    const { agent } = page({ initialize: boom, saveLog: boom, onClickToDial: boom });
    agent.look(names);
    assert.equal(agent.start(names, lost, right).threw, want);
    await assert.rejects(agent.call('saveLog', {}), { message: want });
    await assert.rejects(agent.listen(), { message: want });
  });
}

test('a copy is marked, if it takes one', () => {
  const api = {};
  const { agent } = page(api);
  agent.mark('too early');
  agent.look(names);
  agent.mark('ours');
  assert.equal(api.flexCaselogHost, 'ours');
  const frozen = page(Object.freeze({})).agent;
  frozen.look(names);
  frozen.mark('ours');
});

test('a call gives what it was given, and what is answered', async () => {
  const { agent } = page({ saveLog({ callback, ...args }) { setTimeout(callback, 1, { success: true, returnValue: args, self: this.saveLog !== undefined }); } });
  agent.look(names);
  assert.deepEqual(await agent.call('saveLog', { value: { Name: 'Ann' } }), { answer: { success: true, returnValue: { value: { Name: 'Ann' } }, self: true } });
});

test('of two outcomes the first counts', async () => {
  const { agent } = page({
    twice({ callback }) { callback(1); callback(2); },
    answersAndThrows({ callback }) { callback(1); throw new Error('late'); },
    throwsAndAnswers({ callback }) { setTimeout(callback, 1, 1); throw new Error('early'); },
  });
  agent.look(names);
  assert.deepEqual(await agent.call('twice', {}), { answer: 1 });
  assert.deepEqual(await agent.call('answersAndThrows', {}), { answer: 1 });
  await assert.rejects(agent.call('throwsAndAnswers', {}), { message: 'early' });
  await settled();
});

test('what a copy does not have is missing', async () => {
  const before = page({ saveLog() {} }).agent;
  assert.deepEqual(await before.call('saveLog', {}), { missing: true }, 'nobody has looked yet');
  assert.deepEqual(await before.listen(), { missing: true });
  const { agent } = page({ saveLog: 7, get screenPop() { throw new Error('no'); } });
  agent.look(names);
  for (const method of ['saveLog', 'screenPop', 'runApex']) assert.deepEqual(await agent.call(method, {}), { missing: true }, method);
  assert.deepEqual(await agent.listen(), { missing: true });
});

test('the copy that was loaded is called, whatever comes into its place', async () => {
  const { window, agent } = page({ saveLog: ({ callback }) => callback('ours') });
  agent.look(names);
  window.sforce.opencti = { saveLog: ({ callback }) => callback('theirs') };
  assert.deepEqual(await agent.call('saveLog', {}), { answer: 'ours' });
});

/** What a page answers that is asked what it shows; whether that is the record of the call. */
const onScreen = {
  'the record, by its short id': [(a) => a.callback({ success: true, returnValue: { recordId: '500A00000000001' } }), true],
  'the record, by its long id': [(a) => a.callback({ success: true, returnValue: { recordId: '500A00000000001AAC' } }), true],
  'another record': [(a) => a.callback({ success: true, returnValue: { recordId: '500A00000000002AAC' } }), false],
  'no record': [(a) => a.callback({ success: true, returnValue: {} }), false],
  'a record that is no text': [(a) => a.callback({ success: true, returnValue: { recordId: {} } }), false],
  'a refusal': [(a) => a.callback({ success: false, returnValue: { recordId: '500A00000000001' } }), false],
  'null': [(a) => a.callback(null), false],
  'what it throws': [() => { throw new Error('no'); }, false],
  'nothing': [() => {}, false],
  'it late': [(a) => setTimeout(a.callback, 30, { success: true, returnValue: { recordId: '500A00000000001' } }), false],
};
for (const [name, [getAppViewInfo, there]] of Object.entries(onScreen)) {
  test(`a call on a record, in a page that says it shows ${name}`, async () => {
    const seen = [];
    const { agent } = page({ getAppViewInfo, refreshView: ({ callback, ...args }) => { seen.push(args); callback(args); } });
    agent.look(names);
    assert.equal(await agent.shows('500A00000000001AAC', 20), there);
    assert.deepEqual(await agent.callOn('500A00000000001AAC', 20, 'refreshView', { a: 1 }), there ? { answer: { a: 1 } } : { elsewhere: true });
    await new Promise((r) => { setTimeout(r, 40); });
    assert.deepEqual(seen, there ? [{ a: 1 }] : []);
  });
}

test('a call on a record that is shown, of a method that is missing', async () => {
  const { agent } = page({ getAppViewInfo: (a) => a.callback({ success: true, returnValue: { recordId: '500A00000000001' } }) });
  agent.look(names);
  assert.deepEqual(await agent.callOn('500A00000000001', 20, 'refreshView', {}), { missing: true });
});

test('a call on a record is for the copy that was asked what is shown', async () => {
  let asked;
  const { window, agent } = page({ getAppViewInfo: (a) => { asked = a; } });
  agent.look(names);
  const came = agent.callOn('500A00000000001', 1000, 'refreshView', {});
  window.sforce.opencti = { refreshView: () => assert.fail() };
  agent.look(names);
  asked.callback({ success: true, returnValue: { recordId: '500A00000000001' } });
  assert.deepEqual(await came, { elsewhere: true });
});

const odd = [NaN];
const answers = {
  'nothing': [[], undefined],
  'null': [[null], null],
  'a text': [['ok'], 'ok'],
  'a number': [[7], 7],
  'a bigint': [[1n], 1n],
  'a function': [[() => {}], ...odd],
  'a symbol': [[Symbol('s')], ...odd],
  'what can not be read': [[unreadable], ...odd],
  'a list that can not be read': [[new Proxy([], { get() { throw new Error('no'); } })], ...odd],
  'a revoked proxy': [[(() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy; })()], ...odd],
  'data': [[{ a: [{ b: 'c' }, true, undefined, null, 1.5] }], { a: [{ b: 'c' }, true, undefined, null, 1.5] }],
  'a property that throws': [[{ a: 1, get b() { throw new Error('no'); } }], { a: 1, b: NaN }],
  'a method': [[{ a: 1, b() {} }], { a: 1, b: NaN }],
  'an error': [[{ errors: new Error('no access') }], { errors: { message: 'no access' } }],
  'an object of a class': [[new (class { a = 1; b() {} })()], { a: 1 }],
};
for (const [name, [given, want]] of Object.entries(answers)) {
  test(`an answer that is ${name}`, async () => {
    const { agent } = page({ saveLog: ({ callback }) => callback(...given) });
    agent.look(names);
    assert.deepEqual(structuredClone(await agent.call('saveLog', {})), { answer: want });
  });
}

test('an answer without an end is cut', async () => {
  const cycle = { name: 'a' };
  Object.assign(cycle, { one: cycle, two: [cycle, cycle], last: 'there' });
  const long = Array(1e6).fill(1);
  const sparse = [];
  sparse.length = 2 ** 32 - 1;
  const line = { name: 'a' };
  line.next = line;
  const given = [cycle, line, long, sparse, { [Symbol.iterator]: 1, length: 1e9 }];
  const { agent } = page({ saveLog: ({ callback }) => callback(given.shift()) });
  agent.look(names);
  const { answer } = structuredClone(await agent.call('saveLog', {}));
  assert.equal(answer.one.two[1].name, 'a');
  assert.equal(answer.last, 'there');
  assert.ok(JSON.stringify(answer).length < 1e6);
  const deep = structuredClone(await agent.call('saveLog', {}));
  assert.equal(JSON.stringify(deep).split('"a"').length, 21);
  for (let i = 0; i < 2; i++) assert.equal((await agent.call('saveLog', {})).answer.length, 9_999);
  assert.deepEqual(await agent.call('saveLog', {}), { answer: { length: 1e9 } });
});

/** A library that keeps its listeners and calls all of them, as Salesforce's does. */
const dialling = () => ({ listeners: [], onClickToDial({ listener, ...more }) { assert.deepEqual(more, {}); this.listeners.push(listener); } });

test('clicks are heard, as plain data, by one listener for each copy', async () => {
  const api = dialling();
  const { window, clicks, agent } = page(api);
  agent.look(names);
  assert.deepEqual(await agent.listen(), {});
  assert.deepEqual(await agent.listen(), {});
  assert.equal(api.listeners.length, 1);
  api.listeners[0]({ number: '1', element() {} }, 'more');
  api.listeners[0]();
  assert.deepEqual(clicks, [{ number: '1', element: NaN }, undefined]);
  const other = dialling();
  window.sforce.opencti = other;
  agent.look(names);
  assert.deepEqual(await agent.listen(), {});
  assert.equal(other.listeners.length, 1);
});

test('a listener that was refused hears nothing, and can be given again', async () => {
  const api = dialling();
  const add = api.onClickToDial;
  api.onClickToDial = function (args) { add.call(this, args); throw new Error('not ready'); };
  const { clicks, agent } = page(api);
  agent.look(names);
  await assert.rejects(agent.listen(), { message: 'not ready' });
  api.onClickToDial = function (args) { add.call(this, args); args.listener({ number: 'at once' }); };
  assert.deepEqual(await agent.listen(), {});
  for (const listener of api.listeners) listener({ number: '1' });
  assert.deepEqual(clicks, [{ number: 'at once' }, { number: '1' }]);
});
