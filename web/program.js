// Unpacks the Go program and runs it.
import loadGo from 'caselog:wasm_exec';
import packed from 'caselog:program';
import { say } from './console.js';
import { programScope } from './scope.js';

/**
 * Runs the program. The promise is fulfilled when the program ends, which it
 * should not, and is rejected where it could not be started.
 * @param {import('./caselog').Host} host what the program is given
 * @returns {Promise<void>}
 */
export async function start(host) {
  const Go = loadGo(programScope(host.window, host), lastWords());
  const go = new Go();
  letRest(go);
  const instance = await WebAssembly.instantiate(await compile(), go.importObject);
  await go.run(instance);
}

/**
 * Makes calls into a program that has ended do nothing. Its timers and the
 * callbacks that Salesforce's library still holds go off after its death, and Go's
 * support script throws in each of them.
 */
function letRest(go) {
  const resume = go._resume;
  go._resume = function () {
    if (!this.exited) {
      resume.call(this);
      return;
    }
    // The support script calls again for as long as it knows the timer.
    this._scheduledTimeouts.forEach((timer) => clearTimeout(timer));
    this._scheduledTimeouts.clear();
  };
}

/** Inflated and compiled while it streams, both off the main thread. */
function compile() {
  const stream = new Blob([bytes(packed)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compileStreaming(new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }));
}

/** The bytes that base64 stands for. A plain loop is many times faster than Uint8Array.from with a function. */
function bytes(base64) {
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
