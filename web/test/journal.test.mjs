import assert from 'node:assert/strict';
import test from 'node:test';
import { Journal } from '../journal.js';

const accepted = (sid, attributes = { from: '+14155550100', name: 'Ada Lovelace' }) => ({ kind: 'taskAccepted', task: { sid, status: 'accepted', channel: 'voice', attributes } });
const without = (lines) => lines.map((line) => line.slice(line.indexOf(' ') + 1));

test('it says why there was a screen pop, or none, in one line', () => {
  const cases = {
    'no task so far': [() => {}, 'screen pop: no task so far'],
    'not decided yet': [(j) => j.heard(accepted('WR1')), 'screen pop: not yet'],
    'done': [(j) => j.note('WR1', 'screen pop: done'), 'screen pop: done'],
    'the record is open': [(j) => j.note('WR1', 'screen pop: not done: the record is open already'), 'screen pop: not done: the record is open already'],
    'Open CTI is not there': [(j) => { j.heard(accepted('WR1')); j.state('obstacle', 'Script blocked: …'); }, 'screen pop: not done: Script blocked: …'],
    'it is there after all': [(j) => { j.heard(accepted('WR1')); j.state('obstacle', 'Script blocked: …'); j.state('obstacle', ''); }, 'screen pop: not yet'],
    'not in Salesforce': [(j) => j.state('obstacle', 'not framed: …'), 'screen pop: not done: not framed: …'],
    'there is no Case': [(j) => j.note('WR1', 'Case: not done: class not accessible: ask'), 'screen pop: not done: class not accessible: ask'],
    'there was none at first': [(j) => { j.note('WR1', 'Case: not done: x'); j.note('WR1', 'Case: done'); }, 'screen pop: not yet'],
    'there is to be none': [(j) => j.note('WR1', 'no Case: channels does not name "fax"'), 'screen pop: not done: channels does not name "fax"'],
    'the agent did not take it': [(j) => j.heard({ kind: 'taskRejected', task: { sid: 'WR1' } }), 'screen pop: not done: the task was not accepted'],
    'the agent took it, and it was canceled': [(j) => { j.heard(accepted('WR1')); j.heard({ kind: 'taskCanceled', task: { sid: 'WR1' } }); }, 'screen pop: not yet'],
    'another tab writes': [(j) => { j.leads(false); j.heard(accepted('WR1')); },
      'screen pop: not done: another tab of this agent was to do it, and has it in its report'],
    'another tab wrote, and this one went on': [(j) => { j.leads(false); j.heard(accepted('WR1')); j.leads(true); j.note('WR1', 'screen pop: done'); }, 'screen pop: done'],
    'the latest task counts': [(j) => { j.note('WR1', 'screen pop: done'); j.note('WR2', 'screen pop: not done: x'); }, 'screen pop: not done: x'],
  };
  for (const [name, [play, want]] of Object.entries(cases)) {
    const journal = new Journal({});
    play(journal);
    assert.equal(journal.report().pop, want, name);
  }
});

test('it has what happened to each task, and nothing of the customer but two digits', () => {
  const journal = new Journal({ plugin: '0.1.0', flex: '2.17.1' });
  journal.heard(accepted('WR1'));
  journal.note('WR1', 'Case: done');
  journal.heard(accepted('WR2', { customerAddress: 'whatsapp:+442079460958' }));
  journal.heard(accepted('WR3', { outbound_to: '+442079460911', from: '+1' }));
  journal.heard({ kind: 'taskWrapup', task: { sid: 'WR1' } });
  journal.heard({ kind: 'listed', text: 'WR1' });
  const report = journal.report();
  assert.deepEqual(Object.keys(report.tasks), ['WR1', 'WR3', 'WR2'], 'the latest first');
  assert.deepEqual(without(report.tasks.WR1.events), ['taskAccepted (accepted) voice …00', 'Case: done', 'taskWrapup']);
  assert.deepEqual(without(report.tasks.WR2.events), ['taskAccepted (accepted) voice …58']);
  assert.deepEqual(without(report.tasks.WR3.events), ['taskAccepted (accepted) voice …11']);
  assert.doesNotMatch(JSON.stringify(report), /Ada|4155550100|2079460958/);
  assert.deepEqual(report.versions, { plugin: '0.1.0', flex: '2.17.1' });
});

test('a line that comes late stands where its time is', () => {
  const journal = new Journal({});
  journal.note('WR1', 'row Wrapup: done', 2000);
  journal.note('WR1', 'screen pop: done', 1000);
  journal.note('WR1', 'Case: done', 1000);
  assert.deepEqual(journal.report().tasks.WR1.events, [
    '1970-01-01T00:00:01.000Z screen pop: done', '1970-01-01T00:00:01.000Z Case: done', '1970-01-01T00:00:02.000Z row Wrapup: done',
  ]);
});

test('it keeps the last fifty lines of the last hundred tasks', () => {
  const journal = new Journal({});
  for (let i = 0; i < 60; i++) journal.note('WR1', `line ${i}`);
  const { events } = journal.report().tasks.WR1;
  assert.equal(events.length, 50);
  assert.match(events[0], / line 10$/);
  for (let i = 0; i < 150; i++) journal.note(`WR-${i}`, 'x');
  const sids = Object.keys(journal.report().tasks);
  assert.equal(sids.length, 100);
  assert.equal(sids[0], 'WR-149');
  assert.ok(!sids.includes('WR1'));
});

test('a task that is viewed is noted where that is wanted', () => {
  const selected = { kind: 'afterSelectTask', task: { sid: 'WR1' } };
  const journal = new Journal({});
  journal.heard(selected);
  assert.deepEqual(journal.report().tasks, {});
  journal.noteSelections();
  journal.heard(selected);
  assert.deepEqual(without(journal.report().tasks.WR1.events), ['Task viewed']);
});

test('a task that is found again and again is noted once', () => {
  const journal = new Journal({});
  for (let i = 0; i < 3; i++) journal.heard({ kind: 'found', task: { sid: 'WR1', status: 'accepted' } });
  assert.equal(journal.report().tasks.WR1.events.length, 1);
});

test('it says how things stand', () => {
  const journal = new Journal({ plugin: '0.1.0' });
  assert.match(journal.report().outbox.waiting, /^unknown/);
  journal.countWaiting(() => 3);
  journal.state('openCTI', 'connected');
  journal.state('apexVersion', '0.1.0');
  const report = journal.report();
  assert.equal(report.outbox.waiting, 3);
  assert.deepEqual(report.state, { openCTI: 'connected' });
  assert.deepEqual(report.versions, { plugin: '0.1.0', apex: '0.1.0' });
});
