// Whose desktop it is. Pages of one agent share a store and a lock, and agents who
// share a browser share neither.

const lookEvery = 250;
const patience = 60_000;

/**
 * Resolves to the worker's SID as soon as TaskRouter's client has it, which may be
 * after the plugins start where Twilio is slow. A desktop that has no such client,
 * or one that never learns it, gets a store that only its like use.
 * @param {object} manager the Flex Manager
 * @returns {Promise<string>}
 */
export async function knownWorker(manager) {
  for (const end = performance.now() + patience; performance.now() < end;) {
    const client = read(() => manager.workerClient);
    if (!client) break;
    const sid = read(() => client.sid);
    if (typeof sid === 'string' && sid !== '') return sid;
    await new Promise((again) => setTimeout(again, lookEvery));
  }
  return 'unknown';
}

function read(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}
