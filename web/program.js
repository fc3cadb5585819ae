// Unpacks the Go program, and runs it, anew where it dies.
import loadGo from 'caselog:wasm_exec';
import packed from 'caselog:program';
import { ask } from './ask.js';
import { say } from './console.js';
import { programScope } from './scope.js';

/** So many deaths within a minute are one too many. */
const maxDeaths = 3;
const soon = 60_000;

/**
 * Runs the program for as long as the page lives. The promise is fulfilled when
 * that is given up, or when the program ended because it was asked to, and is
 * rejected where it could not be started.
 * @param {import('./caselog').Host} host what the program is given
 * @param {() => boolean} asked whether it was asked to end
 * @returns {Promise<void>}
 */
export async function keepRunning(host, asked) {
  compiled ??= compile(host.window);
  const module = await compiled;
  const deaths = [];
  for (;;) {
    await run(module, host);
    if (asked()) return;
    const now = performance.now();
    deaths.push(now);
    if (deaths.filter((at) => now - at < soon).length >= maxDeaths) return;
    say.error('its program has ended; it is started again');
  }
}

/** The program, once this page has had it compiled. */
let compiled = null;

/** Runs one instance until it ends, which it should not. */
async function run(module, host) {
  const Go = loadGo(programScope(host.window, { ...host, ask }), lastWords());
  const go = new Go();
  // A small heap is collected in a millisecond, and the page's values that a program has
  // seen are held until it is.
  go.env = { GOGC: '20' };
  letRest(go);
  if (host.window.flexCaselog) host.window.flexCaselog.references = () => references(go);
  await go.run(await WebAssembly.instantiate(module, go.importObject));
  host.onEvents(null); // its callbacks are dead
  host.openCTI('withdraw'); // nobody waits for a script any more, and the address is Flex's
  // What still holds one of its callbacks holds all of its memory.
  go.mem = null;
  go._inst = null;
}

/** How many of the page's values a program holds, of which the first few are always there. */
function references(go) {
  return go.exited || !go._values ? 0 : go._values.length - go._idPool.length;
}

/**
 * Makes calls into a program that has ended do nothing, and has a call that breaks
 * the program end it. Its timers and the
 * callbacks that Salesforce's library still holds go off after its death, and Go's
 * support script throws in each of them.
 */
function letRest(go) {
  const resume = go._resume;
  go._resume = function () {
    if (!this.exited) {
      try {
        resume.call(this);
      } catch (err) { // a trap or an overflow of the stack: the instance is broken
        say.error('its program broke', err);
        this.exited = true;
        this._resolveExitPromise();
      }
      return;
    }
    // The support script calls again for as long as it knows the timer.
    this._scheduledTimeouts.forEach((timer) => clearTimeout(timer));
    this._scheduledTimeouts.clear();
  };
}

/** So long at most a busy page is waited for, in milliseconds. */
const patience = 3000;

/**
 * Waits until the page has a moment. While Flex starts it has none; what happens until
 * then waits in the queue, and Flex is on the screen sooner.
 */
function calm(window) {
  return new Promise((resolve) => {
    if (window.requestIdleCallback) window.requestIdleCallback(() => resolve(), { timeout: patience });
    else setTimeout(resolve);
  });
}

/** Inflated and compiled while it streams, both off the main thread. */
async function compile(window) {
  await calm(window);
  const stream = new Blob([bytes(packed)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compileStreaming(new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }));
}

/** The bytes that base64 stands for. A plain loop is many times faster than Uint8Array.from with a function. */
function bytes(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64); // browsers from 2025 on
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** Takes the bytes in which Go's runtime says why the program dies, and says them line by line. */
function lastWords() {
  const decoder = new TextDecoder();
  let rest = '';
  return (bytes) => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop();
    lines.forEach((line) => say.error(line));
  };
}
