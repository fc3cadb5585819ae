import assert from 'node:assert/strict';
import test from 'node:test';
import { link, lull } from '../link.js';

/** Two ends of a port. Messages are copied, as a browser does, and come later. */
function ports() {
  const ends = [{ sent: 0 }, { sent: 0 }];
  ends.forEach((end, i) => {
    end.postMessage = (data) => {
      const copy = structuredClone(data);
      end.sent++;
      setTimeout(() => ends[1 - i].onmessage({ data: copy }));
    };
  });
  return ends;
}

const turn = () => new Promise((resolve) => { setTimeout(() => setTimeout(resolve)); });

test('a call is answered with what the method returns, now or later', async () => {
  const [here, there] = ports();
  link(there, { add: (a, b) => a + b, later: async (list) => { await turn(); return { list }; }, nothing: () => undefined });
  const other = link(here, {});
  assert.equal(await other.ask('add', 1, 2), 3);
  assert.deepEqual(await other.ask('later', ['x']), { list: ['x'] });
  assert.equal(await other.ask('nothing'), undefined);
});

test('what goes wrong on the other side comes back as an error', async () => {
  const [here, there] = ports();
  link(there, {
    throws: () => { throw new Error('broken'); },
    refuses: () => Promise.reject(new Error('denied')),
    odd: () => Promise.reject(undefined),
  });
  const other = link(here, {});
  await assert.rejects(other.ask('throws'), /^Error: broken$/);
  await assert.rejects(other.ask('refuses'), /^Error: denied$/);
  await assert.rejects(other.ask('odd'), /^Error: undefined$/);
  await assert.rejects(other.ask('missing'), /not a function/);
});

test('what is said in one turn goes in one message, in order', async () => {
  const [here, there] = ports();
  const heard = [];
  link(there, { note: (text) => { heard.push(text); } });
  const other = link(here, {});
  for (const text of ['a', 'b', 'c']) other.tell('note', text);
  assert.equal(here.sent, 0, 'not while there may be more');
  await turn();
  assert.deepEqual(heard, ['a', 'b', 'c']);
  assert.equal(here.sent, 1);
});

test('what is only mentioned goes with the next that is told, or by itself a little later', async (t) => {
  const [here, there] = ports();
  const heard = [];
  link(there, { note: (text) => { heard.push(text); } });
  const other = link(here, {});
  other.mention('note', 'a');
  other.mention('note', 'b');
  await turn();
  assert.equal(here.sent, 0);
  other.tell('note', 'c');
  await turn();
  assert.deepEqual(heard, ['a', 'b', 'c'], 'in order');
  assert.equal(here.sent, 1);
  other.mention('note', 'd');
  await new Promise((resolve) => { setTimeout(resolve, lull + 50); });
  assert.deepEqual(heard, ['a', 'b', 'c', 'd']);
  assert.equal(here.sent, 2, 'and nothing that is empty');
});

test('answers find their calls, whichever comes first', async () => {
  const [here, there] = ports();
  const answers = [];
  link(there, { ask: () => new Promise((resolve) => { answers.push(resolve); }) });
  const other = link(here, {});
  const [one, two] = [other.ask('ask'), other.ask('ask')];
  await turn();
  answers[1]('two');
  answers[0]('one');
  assert.deepEqual(await Promise.all([one, two]), ['one', 'two']);
});

test('what can not be copied costs its own call and no other', async () => {
  const [here, there] = ports();
  const heard = [];
  link(there, { note: (text) => { heard.push(text); }, odd: () => () => {}, fine: () => 'fine' });
  const other = link(here, {});
  const [odd, fine] = [other.ask('odd'), other.ask('fine')];
  await assert.rejects(odd, /could not be cloned/);
  assert.equal(await fine, 'fine');
  const { error } = console;
  console.error = () => {};
  other.tell('note', 'before');
  other.tell('note', () => {});
  other.tell('note', 'after');
  await turn();
  console.error = error;
  assert.deepEqual(heard, ['before', 'after']);
});

test('a method that was only told and fails is named in the console, and the next is called', async () => {
  const [here, there] = ports();
  const heard = [];
  link(there, { bad: () => { throw new Error('broken'); }, good: () => { heard.push('good'); } });
  const other = link(here, {});
  const lines = [];
  const { error } = console;
  console.error = (...words) => lines.push(words.join(' '));
  other.tell('bad');
  other.tell('good');
  await turn();
  console.error = error;
  assert.deepEqual(heard, ['good']);
  assert.deepEqual(lines, ['caselog: bad failed Error: broken']);
});

test('an answer that nobody waits for is ignored', () => {
  const [here] = ports();
  link(here, {});
  here.onmessage({ data: [['', 7, '', 'x'], ['', 8, 'no']] });
});
