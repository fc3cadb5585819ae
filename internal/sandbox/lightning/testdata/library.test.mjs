// The client library: what it sends, what it refuses, and the faults it shares with the original.

import assert from 'node:assert/strict';
import test from 'node:test';
import { FLEX, PAGE, QUERY, loadLibrary, page, settle, success } from './page.mjs';

const FAILED_START =
    'Failed to initialize Open CTI. Ensure that it is loaded from the right frame with correct URL parameters';
const origin = (host) => `?mode=Lightning&sfdcIframeOrigin=${encodeURIComponent(host)}`;

test('a start with the right parameters sends nothing', async () => {
    const p = page();
    const { thrown } = loadLibrary(p);
    await settle();
    assert.equal(thrown, undefined);
    assert.deepEqual(p.top.received, []);
    assert.equal(p.frameWindow.listeners.size, 1);
});

test('a failed start throws a string, leaves the API there, and loses every call silently', async () => {
    const queries = {
        'no parameters': '',
        'no mode': origin(PAGE).replace('mode=Lightning', 'x=1'),
        'an empty mode': origin(PAGE).replace('mode=Lightning', 'mode='),
        'the spelling of Visualforce': origin(PAGE).replace('sfdcIframe', 'sfdcIFrame'),
        'the origin twice': `${origin(PAGE)}&sfdcIframeOrigin=${PAGE}`,
        'an origin without encryption': origin('http://acme.lightning.force.com')
    };
    for (const [name, query] of Object.entries(queries)) {
        const p = page();
        const { opencti, thrown } = loadLibrary(p, { query });
        assert.equal(thrown, FAILED_START, name);
        assert.equal(typeof opencti.runApex, 'function', name);
        let called = false;
        opencti.runApex({ apexClass: 'A', callback: () => (called = true) });
        await settle();
        assert.equal(called, false, name);
        assert.equal(p.top.received.length, 0, name);
        assert.equal(p.top.dropped.length, 1, name);
        assert.equal(p.frameWindow.listeners.size, 0, name);
    }
});

test('a failed start is made good by initialize, which may be repeated', async () => {
    const p = page({ perform: async () => ({ response: success('here') }) });
    const { opencti, window } = loadLibrary(p, { query: '' });
    window.location.search = QUERY;
    opencti.initialize();
    opencti.initialize();
    const answers = [];
    opencti.getAppViewInfo({ callback: (answer) => answers.push(answer.returnValue) });
    await settle();
    assert.deepEqual(answers, ['here']);
});

test('hosts are Salesforce by their last labels', () => {
    const hosts = {
        'https://x.lightning.force.com': true,
        'https://x--sb.sandbox.lightning.force.com:8443': true,
        'https://x.my.salesforce.com': true,
        'https://x--c.vf.force.com': true,
        'https://x.my-lightning.com': true,
        'https://x.visualforce.com': true,
        'https://x.salesforce.mil': true,
        'https://x.crmforce.mil': true,
        'https://x.my.site.com': false,
        'https://x.my.salesforce-setup.com': false,
        'https://x.sfcrmapps.cn': false,
        'https://x.lightning.force.com.evil.com': false,
        'https://evilforce.com': false,
        'https://x.lightning.force.com/': false,
        'https://x.lightning.force.com/path': false
    };
    for (const [host, accepted] of Object.entries(hosts)) {
        const { thrown } = loadLibrary(page(), { query: origin(host) });
        assert.equal(thrown === undefined, accepted, host);
    }
});

test('calls carry the envelope, one number for all methods, and only the known arguments', async () => {
    const p = page({ perform: async () => ({ silent: true }) });
    const { opencti } = loadLibrary(p, { version: 62 });
    opencti.runApex({ apexClass: 'C', methodName: 'm', methodParams: 'a=1', extra: 1, callback() {} });
    opencti.screenPop({ type: 'sobject', params: { recordId: '500' }, deferred: true });
    opencti.saveLog({ value: null, callback() {} });
    opencti.onClickToDial({ listener() {} });
    opencti.enableClickToDial();
    opencti.notifyInitializationComplete();
    await settle();
    const sent = p.top.received;
    assert.deepEqual(sent[0], {
        methodName: 'runApex',
        callId: 0,
        apiVersion: 62,
        apiType: 'opencti',
        isCallbackRegistered: true,
        isListenerRegistered: false,
        args: { apexClass: 'C', methodName: 'm', methodParams: 'a=1' }
    });
    assert.deepEqual(sent[1].args, { type: 'sobject', params: { recordId: '500' } });
    assert.equal(sent[1].isCallbackRegistered, false);
    assert.deepEqual(sent[2].args, { object: null });
    assert.equal(sent[3].isListenerRegistered, true);
    assert.deepEqual(
        sent.map((m) => m.callId),
        [0, 1, 2, 3, 4, 5]
    );
});

test('wrong arguments throw before anything is sent', async () => {
    const p = page();
    const { opencti } = loadLibrary(p);
    const oneObject = /Must pass in only one object/;
    const refused = {
        'nothing to runApex': [() => opencti.runApex(), oneObject],
        'two objects to runApex': [() => opencti.runApex({ a: 1 }, { b: 2 }), oneObject],
        'an empty object to enableClickToDial': [() => opencti.enableClickToDial({}), oneObject],
        'a text to screenPop': [() => opencti.screenPop('500'), oneObject],
        'a question without a callback': [() => opencti.getAppViewInfo({ x: 1 }), /argument `callback`!/],
        'a registration without a listener': [() => opencti.onClickToDial({ x: 1 }), /argument `listener`!/],
        'JSON text to saveLog': [() => opencti.saveLog({ value: '{}' }), /argument `value object`!/]
    };
    for (const [name, [call, message]] of Object.entries(refused)) {
        assert.throws(call, message, name);
    }
    assert.throws(() => opencti.saveLog({ value: { f() {} } }), { name: 'DataCloneError' });
    await settle();
    assert.deepEqual(p.top.received, []);
});

test('an answer counts only with the right origin, version, type and flag', async () => {
    const p = page({ perform: async () => ({ silent: true }) });
    const { opencti } = loadLibrary(p);
    let answers = 0;
    opencti.getAppViewInfo({ callback: () => answers++ });
    await settle();
    const right = {
        methodName: 'getAppViewInfo',
        callId: 0,
        apiVersion: 57,
        apiType: 'opencti',
        shouldExecuteCallback: true,
        shouldExecuteListener: false,
        response: {}
    };
    const deliver = (change, from = PAGE) => p.frameWindow.deliver({ data: { ...right, ...change }, origin: from });
    deliver({}, FLEX);
    deliver({ apiVersion: '57' });
    deliver({ apiVersion: 58 });
    deliver({ apiType: 'cti' });
    deliver({ shouldExecuteCallback: 1 });
    deliver({ callId: 1 });
    p.frameWindow.deliver({ data: null, origin: PAGE });
    assert.equal(answers, 0);
    deliver({});
    deliver({});
    assert.equal(answers, 1, 'once, and then it is forgotten');
});

test('a callback that throws stays', async () => {
    const p = page({ perform: async () => ({ silent: true }) });
    const { opencti } = loadLibrary(p);
    let runs = 0;
    opencti.getAppViewInfo({
        callback() {
            runs++;
            throw new Error('mine');
        }
    });
    await settle();
    const data = { ...p.top.received[0], shouldExecuteCallback: true, response: {} };
    assert.throws(() => p.frameWindow.deliver({ data, origin: PAGE }), /mine/);
    assert.throws(() => p.frameWindow.deliver({ data, origin: PAGE }), /mine/);
    assert.equal(runs, 2);
});

test("two copies of one version take each other's answers", async () => {
    const p = page({ perform: async (call) => ({ response: success(call.args.apexClass) }) });
    const first = loadLibrary(p).opencti;
    const second = loadLibrary(p).opencti;
    assert.notEqual(first, second);
    const heard = [];
    first.runApex({ apexClass: 'first', callback: (a) => heard.push(['first', a.returnValue]) });
    second.runApex({ apexClass: 'second', callback: (a) => heard.push(['second', a.returnValue]) });
    await settle();
    assert.deepEqual(heard, [
        ['first', 'first'],
        ['second', 'first']
    ]);
});

test('channels: subscribe, publish, unsubscribe', async () => {
    const p = page();
    const { opencti } = loadLibrary(p);
    const heard = [];
    let token;
    opencti.subscribe({
        channelName: 'Channel__c',
        listener: (message) => heard.push(message),
        callback: (answer) => (token = answer.subscription)
    });
    await settle();
    opencti.publish({ channelName: 'Channel__c', message: { n: 1 } });
    await settle();
    opencti.unsubscribe({ subscription: token });
    await settle();
    opencti.publish({ channelName: 'Channel__c', message: { n: 2 } });
    await settle();
    assert.deepEqual(heard, [{ n: 1 }]);
    assert.deepEqual(
        p.top.received.map((m) => m.methodName),
        ['subscribe', 'publish', 'unsubscribe', 'publish']
    );
});
