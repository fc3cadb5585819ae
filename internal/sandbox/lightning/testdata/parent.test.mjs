// The page's end of the wire: whom it hears, what it echoes, and what it does with each verdict.

import assert from 'node:assert/strict';
import test from 'node:test';
import { FLEX, FakeWindow, PAGE, failure, loadLibrary, page, settle, success } from './page.mjs';

const call = {
    methodName: 'runApex',
    callId: 7,
    apiVersion: 43,
    apiType: 'opencti',
    isCallbackRegistered: true,
    isListenerRegistered: false,
    args: {}
};

test('only the frame is heard, only from its origin, and only in the form of a call', async () => {
    let performed = 0;
    const p = page({ perform: async () => (performed++, { response: success() }) });
    const heard = (event) => p.top.deliver({ source: p.frameWindow, origin: FLEX, data: call, ...event });
    heard({ source: new FakeWindow(FLEX) });
    heard({ origin: 'https://flex.example.evil.com' });
    heard({ origin: PAGE });
    heard({ data: null });
    heard({ data: 'runApex' });
    heard({ data: { ...call, apiType: 'cti' } });
    heard({ data: { ...call, methodName: undefined } });
    await settle();
    assert.equal(performed, 0);
    heard({});
    await settle();
    assert.equal(performed, 1);
});

test('an answer echoes the call and carries both flags', async () => {
    const p = page({ perform: async () => ({ response: success({ runApex: null }) }) });
    p.top.deliver({ source: p.frameWindow, origin: FLEX, data: call });
    await settle();
    assert.deepEqual(p.frameWindow.received, [
        {
            methodName: 'runApex',
            callId: 7,
            apiVersion: 43,
            apiType: 'opencti',
            shouldExecuteCallback: true,
            shouldExecuteListener: false,
            response: { success: true, returnValue: { runApex: null }, errors: null }
        }
    ]);
});

test('what becomes of a call', async () => {
    const verdicts = {
        answered: [{ response: success(1) }, 1, 0],
        refused: [{ response: failure('SERVER_ERROR', 'no') }, 1, 0],
        muted: [{ silent: true }, 0, 0],
        'performed but its answer lost': [{ lost: true, response: success(), pop: { type: 'sobject' } }, 0, 1],
        'answered and popped': [{ response: success(), pop: { type: 'sobject' } }, 1, 1]
    };
    for (const [name, [verdict, answers, pops]] of Object.entries(verdicts)) {
        const p = page({ perform: async () => verdict });
        p.top.deliver({ source: p.frameWindow, origin: FLEX, data: call });
        await settle();
        assert.equal(p.frameWindow.received.length, answers, name);
        assert.equal(p.pops.length, pops, name);
    }
});

test('nobody is answered who does not wait', async () => {
    const p = page({ perform: async () => ({ response: success() }) });
    p.top.deliver({ source: p.frameWindow, origin: FLEX, data: { ...call, isCallbackRegistered: false } });
    await settle();
    assert.deepEqual(p.frameWindow.received, []);
});

test('an org that cannot be reached is an error, not silence', async () => {
    const p = page({
        perform: async () => {
            throw new Error('The org answered 502.');
        }
    });
    p.top.deliver({ source: p.frameWindow, origin: FLEX, data: call });
    await settle();
    assert.deepEqual(p.frameWindow.received[0].response.errors, [
        { code: 'GENERIC_ERROR', description: 'The org answered 502.', details: undefined }
    ]);
});

test('answers in another order than the calls find their callbacks', async () => {
    const waiting = [];
    const p = page({ perform: (c) => new Promise((resolve) => waiting.push([c, resolve])) });
    const { opencti } = loadLibrary(p);
    const heard = [];
    for (let i = 0; i < 200; i++) {
        opencti.runApex({ apexClass: String(i), callback: (a) => heard.push([String(i), a.returnValue]) });
    }
    await settle();
    for (const [c, resolve] of waiting.reverse()) {
        resolve({ response: success(c.args.apexClass) });
    }
    await settle();
    assert.equal(heard.length, 200);
    assert.ok(heard.every(([asked, answered]) => asked === answered));
});

test('events reach a listener flat, and nobody before it is registered', async () => {
    const p = page();
    const { opencti } = loadLibrary(p);
    assert.equal(p.parent.emit('onClickToDial', { number: '1' }), false);
    const heard = [];
    opencti.onClickToDial({ listener: (payload) => heard.push(payload) });
    opencti.onClickToDial({ listener: (payload) => heard.push(payload) });
    await settle();
    assert.equal(p.parent.emit('onClickToDial', { number: '+14155550123', recordId: '003' }), true);
    await settle();
    assert.deepEqual(heard, [
        { number: '+14155550123', recordId: '003' },
        { number: '+14155550123', recordId: '003' }
    ]);
});

test('the page answers by itself what is about the page', async () => {
    const p = page();
    const { opencti } = loadLibrary(p);
    const ask = (method, args) =>
        new Promise((resolve) => opencti[method]({ ...args, callback: resolve })).then((answer) =>
            answer.success ? answer.returnValue : answer.errors[0].code
        );
    assert.equal((await ask('getAppViewInfo')).url, `${PAGE}/lightning/page/home`);
    assert.deepEqual(await ask('isSoftphonePanelVisible'), { visible: true });
    assert.equal(await ask('setSoftphonePanelVisibility', { visible: false }), null);
    assert.deepEqual(await ask('isSoftphonePanelVisible'), { visible: false });
    assert.equal(await ask('setSoftphonePanelVisibility', { visible: 'no' }), 'INVALID_PARAM');
    assert.equal(await ask('setSoftphonePanelHeight', { heightPX: 500 }), null);
    assert.equal(await ask('setSoftphoneItemLabel', { label: 'On a call' }), null);
    assert.equal(await ask('enableClickToDial'), null);
    assert.equal(await ask('refreshView'), null);
    assert.deepEqual(p.events, [{ height: 500 }, { label: 'On a call' }, { clickToDial: true }, 'refresh']);
});

test('a method that there is not is refused, whatever its name', async () => {
    const p = page();
    for (const methodName of ['nonsense', 'constructor', '__proto__']) {
        p.top.deliver({ source: p.frameWindow, origin: FLEX, data: { ...call, methodName } });
    }
    await settle();
    assert.deepEqual(
        p.frameWindow.received.map((m) => m.response.errors[0].code),
        ['GENERIC_ERROR', 'GENERIC_ERROR', 'GENERIC_ERROR']
    );
});
