import assert from 'node:assert/strict';
import test from 'node:test';
import { programScope } from '../thread/scope.js';

test('the program sees the window, and has for itself what it and its runtime put there', () => {
  const window = { sforce: { opencti: {} }, process: 'of the page' };
  const host = {};
  const scope = programScope(window, host);
  assert.equal(scope.sforce, window.sforce);
  assert.equal(scope.caselog, host);
  assert.equal(scope.process, undefined, 'a page that pretends to be Node must not confuse the runtime');
  scope.fs = 1;
  scope.Go = 2;
  assert.equal(scope.fs, 1);
  assert.ok('fs' in scope);
  assert.ok('sforce' in scope);
  assert.deepEqual(Object.keys(window), ['sforce', 'process'], 'nothing is left on the page');
});
