// Runs the script in a Node that is made to look like a Flex desktop inside
// Salesforce, and prints what it saw as JSON.
// usage: node desktop.mjs BUNDLE SCENARIO
// The scenario cost:N plays N tasks and counts what crosses the border between the
// program and the page.
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import vm from 'node:vm';

const [, , bundle, scenario] = process.argv;
const saw = { calls: [], compiled: 0, lines: [], told: [], kinds: {} };
let framedBy = 'https://acme.lightning.force.com';
if (scenario === 'standalone') framedBy = null;
if (scenario === 'impostor') framedBy += '.evil.com';

const compileStreaming = WebAssembly.compileStreaming;
WebAssembly.compileStreaming = (source) => {
  saw.compiled++;
  return compileStreaming(source);
};

// Each call of the program's into the page is a crossing. What the runtime does for itself
// does not count: the clock, and letting go of values when it collects.
let crossings = 0;
let counted = true;
let least = Infinity;
let program = null;
const inside = new Set(['runtime.nanotime1', 'runtime.walltime', 'runtime.getRandomData', 'runtime.wasmWrite', 'runtime.resetMemoryDataView', 'syscall/js.finalizeRef']);
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (module, imports) => {
  if (!imports?.gojs) return instantiate(module, imports); // Node's own
  const gojs = {};
  for (const [name, fn] of Object.entries(imports.gojs)) {
    gojs[name] = inside.has(name) ? fn : (...args) => { crossings++; if (counted) saw.kinds[name] = (saw.kinds[name] ?? 0) + 1; return fn(...args); };
  }
  program = await instantiate(module, { ...imports, gojs });
  return program;
};

// Salesforce: a library that is there already and answers.
const answer = (method, returnValue) => (args) => {
  const { callback, ...rest } = args;
  saw.calls.push([method, rest]);
  if (method === 'saveLog') saved++;
  setTimeout(() => callback({ success: true, returnValue: returnValue(rest), errors: null }), 1);
};
let rows = 0;
let saved = 0;
let cases = 0;
let shown = null;
const opencti = {
  getAppViewInfo: answer('getAppViewInfo', () => ({ url: 'https://acme.lightning.force.com/', recordId: shown })),
  runApex: answer('runApex', () => ({ runApex: { Id: `500${String(++cases).padStart(12, '0')}AAA` } })),
  saveLog: answer('saveLog', ({ value }) => ({ recordId: value.Id ?? `a00${String(++rows).padStart(12, '0')}AAA` })),
  screenPop: answer('screenPop', ({ params }) => { shown = params.recordId; }),
  refreshView: answer('refreshView', () => null),
};

// Flex.
const listeners = new Map();
const events = new EventEmitter();
const flex = {
  Notifications: { registerNotification: () => {}, showNotification: (id, { sentence }) => saw.told.push(sentence) },
  Actions: { addListener: (name, fn) => listeners.set(name, fn), removeListener: (name) => listeners.delete(name) },
};
const manager = {
  events,
  configuration: { custom_data: { features: { caselog: scenario === 'disabled' ? { enabled: false } : { log_level: scenario.startsWith('cost') ? 'warn' : 'debug' } } } },
  strings: {},
  store: { getState: () => ({ flex: { worker: { tasks: new Map() } } }) },
};
const task = (status) => ({ sid: 'WR1', taskSid: 'WT1', status, channelType: 'voice', queueName: 'Everyone', attributes: { direction: 'inbound', from: '+14155550100' } });

let Plugin = null;
globalThis.parent = framedBy === null ? globalThis : {};
globalThis.location = { ancestorOrigins: framedBy === null ? [] : [framedBy], href: 'https://flex.twilio.com/', search: '' };
globalThis.sforce = { opencti };
globalThis.window = globalThis;
globalThis.navigator ??= {}; // without Web Locks
globalThis.Twilio = { Flex: { ...flex, Plugins: { init: (Class) => { Plugin = Class; } } } };
for (const level of ['debug', 'info', 'warn', 'error', 'log']) console[level] = (...words) => saw.lines.push([level, words.map(String).join(' ')]);

const globals = Object.getOwnPropertyNames(globalThis).length;
vm.runInThisContext(fs.readFileSync(bundle, 'utf8'), { filename: 'bundle.js' });
saw.registered = typeof Plugin;
const plugin = new Plugin();
saw.name = plugin.name;
saw.version = plugin.version;
saw.init = await Promise.race([plugin.init(flex, manager, []).then(() => 'at once'), new Promise((r) => setImmediate(r, 'late'))]);
saw.listeners = [...listeners.keys(), ...events.eventNames()].length;

const until = async (done) => {
  for (const end = Date.now() + 10_000; Date.now() < end && !done();) await new Promise((r) => setTimeout(r, 5));
};

/** Plays whole tasks, one after the other, and returns how often the border was crossed. */
async function work(tasks) {
  const before = crossings;
  least = Infinity;
  for (let i = 0; i < tasks; i++) {
    const sid = `WR${++saw.tasks}`;
    const one = (status) => ({ ...task(status), sid, taskSid: sid.replace('R', 'T') });
    const steps = [() => events.emit('taskAccepted', one('accepted')), () => events.emit('taskWrapup', one('wrapping')), () => events.emit('taskCompleted', one('completed'))];
    for (const [n, step] of steps.entries()) {
      const rows = saved;
      step();
      await until(() => saved >= rows + (n === 0 ? 1 : 2)); // one row is closed, one is made
    }
    saw.calls.length = 0;
    // What was seen since the last collection comes on top, so the least there ever is counts.
    least = Math.min(least, (await globalThis.flexCaselog.usage()).references);
  }
  await new Promise((r) => setTimeout(r, 100));
  return crossings - before;
}

if (scenario.startsWith('cost:')) {
  const tasks = Number(scenario.slice(5));
  saw.tasks = 0;
  await work(10);
  const perTask = 3; // events
  saw.kinds = {};
  saw.crossings = await work(50) / 50 / perTask;
  saw.kinds = Object.fromEntries(Object.entries(saw.kinds).map(([name, n]) => [name, n / 50 / perTask]));
  const read = () => ({ references: least, memory: program.exports.mem.buffer.byteLength });
  counted = false;
  saw.early = read();
  await work(tasks - 50);
  await work(50);
  saw.late = read();
} else if (saw.listeners > 0) {
  events.emit('taskAccepted', task('accepted'));
  const asked = (wanted) => saw.calls.some(([method]) => method === wanted);
  await until(() => asked('saveLog') && asked('screenPop'));
  const life = () => globalThis.flexCaselog.report().state.faults;
  let last;
  for (let deaths = { restart: 1, panic: 3 }[scenario] ?? 0; deaths > 0; deaths--) {
    await until(() => life() !== last);
    last = life();
    new BroadcastChannel('caselogFaults').postMessage('die');
  }
  if (scenario === 'panic') await until(() => listeners.size === 0);
  if (scenario === 'restart') await until(() => life() !== last);
  events.emit('taskWrapup', task('wrapping'));
  events.emit('taskCompleted', task('completed'));
  listeners.get('afterCompleteTask')?.({ task: task('completed') });
  if (scenario !== 'panic') await until(() => saw.calls.filter(([method]) => method === 'saveLog').length >= 4);
}
await new Promise((r) => setTimeout(r, 50));
saw.left = [...listeners.keys(), ...events.eventNames()].length;
delete globalThis.flexCaselog;
saw.globals = Object.getOwnPropertyNames(globalThis).length - globals;
fs.writeFileSync(1, JSON.stringify(saw));
process.exit(0);
