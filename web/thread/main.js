// The program's thread: the program and its store. All else it asks of the page.
import { link } from '../link.js';
import { sayThrough } from '../console.js';
import { inbox } from './inbox.js';
import { Store } from './store.js';

/**
 * Takes orders from the page: see Thread in caselog.d.ts.
 * @param {object} scope the global object of this thread
 * @param {{postMessage: Function, onmessage: Function}} port to the page, whose end is in page.js
 * @param {{keepRunning: Function, usage: Function, Disk: Function}} parts what it is made of: see entry.js
 */
export function attend(scope, port, { keepRunning, usage, Disk }) {
  let asked = false;
  let hear = null; // the program's, for clicks
  const page = link(port, {
    start: (order) => run(order).catch((err) => page.tell('failed', err?.name || 'Error', String(err?.message ?? err))),
    /** Another page is to go on; the program is told by an event. */
    leave: () => { asked = true; },
    events: (life, text) => events.put(life, text),
    clicked: (click) => hear?.(click),
    usage,
  });
  const events = inbox(page);
  const call = (name) => (...args) => page.tell(name, ...args);
  const mention = (name) => (...args) => page.mention(name, ...args);
  sayThrough(call('log'));

  async function run({ database, alone, origin, settings, managerEvents }) {
    const store = new Store(new Disk(database));
    store.alone = alone;
    let told = {};
    const stands = (value) => {
      const { durable, waiting } = store;
      if (durable !== told.durable || waiting !== told.waiting) page.mention('stands', told = { durable, waiting });
      return value;
    };
    const host = {
      origin,
      settings,
      managerEvents,
      take: events.take,
      kept: mention('kept'),
      onEvents: events.on,
      load: () => store.load().then(stands),
      save: (keep, done) => store.save(keep, done).then(stands),
      claim: (sid) => (alone ? store.claim(sid) : page.ask('inFront').then(() => store.claim(sid))),
      unclaim: (sid) => store.unclaim(sid),
      openCTI: (...args) => page.ask('openCTI', ...args),
      onClicked: (fn) => { hear = fn; },
      dial: call('dial'),
      note: (sid, line) => page.mention('note', sid, line, Date.now()), // it may arrive later
      state: mention('state'),
      log: call('log'),
      tell: call('tell'),
      tellOnce: call('tellOnce'),
      ended: () => {
        hear = null; // its callbacks are dead
        page.drop();
        events.on(null);
      },
    };
    for (;;) {
      await keepRunning(scope, host, () => asked);
      if (!asked) return page.tell('ended', false);
      if (store.durable) return page.tell('ended', true);
      asked = false; // the last of it went to memory only, so another page would not have it
      page.tell('stays');
    }
  }
}
