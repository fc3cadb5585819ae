// Unpacks the Go program, and runs it, anew where it dies.
import loadGo from 'caselog:wasm_exec';
import packed from 'caselog:program';
import { ask } from './ask.js';
import { say } from '../console.js';
import { programScope } from './scope.js';

/** So many deaths within a minute are one too many. */
const maxDeaths = 3;
const soon = 60_000;

/**
 * Runs the program for as long as its thread lives. The promise is fulfilled when
 * that is given up, or when the program ended because it was asked to, and is
 * rejected where it could not be started.
 * @param {object} scope the thread's global object
 * @param {import('../caselog').Host} host what the program is given
 * @param {() => boolean} asked whether it was asked to end
 * @returns {Promise<void>}
 */
export async function keepRunning(scope, host, asked) {
  compiled ??= compile();
  const module = await compiled;
  const deaths = [];
  for (;;) {
    await run(module, scope, host);
    if (asked()) return;
    const now = performance.now();
    deaths.push(now);
    if (deaths.filter((at) => now - at < soon).length >= maxDeaths) return;
    say.error('its program has ended; it is started again');
  }
}

/** The program, once this thread has had it compiled. */
let compiled = null;
/** The program that runs. */
let current = null;
/** The memories of all programs that are not garbage yet: one that has died must be. */
let memories = [];

/** Runs one instance until it ends, which it should not. */
async function run(module, scope, host) {
  const Go = loadGo(programScope(scope, { ...host, ask }), lastWords());
  const go = new Go();
  // A small heap is collected in a millisecond, and the page's values that a program has
  // seen are held until it is.
  go.env = { GOGC: '20' };
  letRest(go);
  const instance = await WebAssembly.instantiate(module, go.importObject);
  memories.push(new WeakRef(instance.exports.mem));
  current = go;
  await go.run(instance);
  current = null;
  host.ended();
  // A callback that somebody still holds would hold all of the memory.
  go.mem = null;
  go._inst = null;
}

/**
 * What the program holds: how many bytes of memory, and how many values of JavaScript's,
 * of which the first few are always there.
 */
export function usage() {
  memories = memories.filter((each) => each.deref());
  return {
    memory: memories.reduce((sum, each) => sum + (each.deref()?.buffer.byteLength ?? 0), 0),
    references: current?._values ? current._values.length - current._idPool.length : 0,
  };
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

/** Inflated and compiled while it streams. */
async function compile() {
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
