import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { wire } from '../wire.js';

const fixture = (name) => readFileSync(new URL(`../../internal/flexbridge/testdata/${name}`, import.meta.url), 'utf8');

test('events cross as the program reads them', () => {
  const { events, paths } = JSON.parse(fixture('events.json'));
  assert.equal(wire(events, paths), fixture('events.wire'));
});

test('no events are no text', () => {
  assert.equal(wire([], ['sid']), '');
});

test('what no JSON can hold is nothing', () => {
  const task = { a: NaN, b: () => {}, c: Symbol('c'), d: 1n, e: undefined };
  assert.equal(wire([{ number: 1, kind: 'x', at: Infinity, task }], ['a', 'b', 'c', 'd', 'e', 'f.g']), 'n1\x1fsx\x1f\x1f\x1f\x1f\x1f\x1f\x1f\x1f');
});

test('a path does not lead into what every object has', () => {
  assert.equal(wire([{ number: 1, kind: 'x', at: 0, task: { attributes: {} } }], ['attributes.constructor.name']), 'n1\x1fsx\x1fn0\x1f\x1f');
});
