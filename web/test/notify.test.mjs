import assert from 'node:assert/strict';
import test from 'node:test';
import { notifier } from '../notify.js';

function fakeFlex() {
  const shown = [];
  const registered = [];
  return {
    shown,
    registered,
    flex: {
      NotificationType: { warning: 'warning' },
      Notifications: {
        registerNotification: (n) => {
          if (registered.some((r) => r.id === n.id)) throw new Error('registered twice');
          registered.push(n);
        },
        showNotification: (id, context) => shown.push([id, context]),
      },
    },
    manager: { strings: { other: 'kept' } },
  };
}

test('a sentence is shown, and goes by itself: it may lie over the button that accepts a task', (t) => {
  t.mock.method(console, 'warn', () => {});
  const f = fakeFlex();
  const tell = notifier(f.flex, f.manager);
  tell('Careful.');
  tell('Again.');
  assert.equal(f.registered.length, 1);
  assert.ok(f.registered[0].timeout > 0 && f.registered[0].timeout <= 8000);
  assert.equal(f.registered[0].closeButton, true);
  assert.deepEqual(f.shown.map(([, context]) => context.sentence), ['Careful.', 'Again.']);
  assert.equal(f.manager.strings[f.registered[0].content], '{{sentence}}');
  assert.equal(f.manager.strings.other, 'kept');
});

test('a Flex that shows nothing does no harm: the sentence is in the console', (t) => {
  const warnings = t.mock.method(console, 'warn', () => {});
  t.mock.method(console, 'error', () => {});
  notifier({}, {})('Careful.');
  assert.equal(warnings.mock.calls[0].arguments[1], 'Careful.');
});
