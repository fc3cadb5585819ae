// Loads a bundle as Flex would, in a page inside Salesforce, and waits for the
// program in it to make its first call to Salesforce.
// usage: node smoke.mjs BUNDLE
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import vm from 'node:vm';

const say = (line) => {
  process.stdout.write(`${line}\n`);
  process.exit(line === 'ok' ? 0 : 1);
};
process.on('uncaughtException', (error) => say(`it throws: ${error.message}`));
process.on('unhandledRejection', (error) => say(`it rejects: ${error?.message ?? error}`));
setTimeout(() => say('its program has not called Salesforce after 30 seconds'), 30_000);

let Plugin = null;
const actions = { addListener() {}, removeListener() {} };
const flex = { Actions: actions, Plugins: { init: (Class) => { Plugin = Class; } } };
globalThis.window = globalThis;
globalThis.parent = {};
globalThis.navigator ??= {}; // Node 20 has none; without Web Locks
globalThis.location = { ancestorOrigins: ['https://acme.lightning.force.com'], href: 'https://flex.twilio.com/', search: '' };
globalThis.Twilio = { Flex: flex };
globalThis.sforce = { opencti: { getAppViewInfo: () => say('ok'), runApex() {}, saveLog() {}, screenPop() {} } };
for (const level of ['debug', 'info', 'warn', 'error', 'log']) console[level] = () => {};

vm.runInThisContext(fs.readFileSync(process.argv[2], 'utf8'), { filename: 'bundle.js' });
if (Plugin === null) say('it does not call Twilio.Flex.Plugins.init while it is loaded');
const manager = { events: new EventEmitter(), configuration: {}, strings: {}, store: { getState: () => ({ flex: { worker: { tasks: new Map() } } }) } };
await new Plugin().init(flex, manager, []);
