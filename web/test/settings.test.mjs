import assert from 'node:assert/strict';
import test from 'node:test';
import { isTexts, setting, settingLayers } from '../settings.js';

const account = (caselog) => ({ configuration: { custom_data: { features: { caselog } } } });
const worker = (caselog) => ({ workerClient: { attributes: { config_overrides: { features: { caselog } } } } });

const cases = {
  'a manager that has nothing': [{}, []],
  'the account only': [account({ a: 1 }), [{ a: 1 }]],
  'the account, as the service gives it': [
    { serviceConfiguration: { ui_attributes: account({ a: 1 }).configuration } }, [{ a: 1 }]],
  'the worker only': [worker({ a: 2 }), [{ a: 2 }]],
  'the worker goes over the account': [{ ...account({ a: 1 }), ...worker({ a: 2 }) }, [{ a: 1 }, { a: 2 }]],
  'what is no object': [{ ...account('on'), ...worker([1]) }, []],
  'null on the way': [{ configuration: { custom_data: null }, workerClient: null }, []],
};
for (const [name, [manager, want]] of Object.entries(cases)) {
  test(name, (t) => {
    const warnings = t.mock.method(console, 'warn', () => {});
    assert.deepEqual(settingLayers(manager), want);
    assert.equal(warnings.mock.callCount(), name === 'what is no object' ? 2 : 0);
  });
}

test('a list of texts holds texts only', () => {
  assert.equal(isTexts(['a', 'b']), true);
  for (const value of [['a', 1], 'a', null, undefined]) assert.equal(isTexts(value), false);
});

test('a getter that throws', () => {
  const manager = { get configuration() { throw new Error('not logged in'); } };
  assert.deepEqual(settingLayers(manager), []);
});

test('the topmost value of the right type counts', () => {
  const isBoolean = (value) => typeof value === 'boolean';
  assert.equal(setting([{ enabled: false }, { enabled: 'yes' }], 'enabled', isBoolean), false);
  assert.equal(setting([{ enabled: false }, { enabled: true }], 'enabled', isBoolean), true);
  assert.equal(setting([], 'enabled', isBoolean), undefined);
});
