// Open CTI, as far as it has to be touched on the page's own thread: the program has no
// window where it runs in a worker. It asks with plain data and is answered with plain
// data, at once or by a promise. What is to be done, what an answer means and how long
// to wait for it is the program's business: see internal/opencti. Only which record is
// on the screen is read here: what is to be done about it is done before that changes.

/**
 * The page's Open CTI. The copy of the library that is called is the one that was last
 * looked at or loaded, whatever comes into its place later.
 * @param {Window} window
 * @param {(payload: unknown) => void} clicked is given what the library says of each
 *   number that is clicked
 * @returns {import('./caselog').OpenCTI}
 */
export function openCTI(window, clicked) {
  /** The property of a copy in which a program has left whose it is. */
  const hostMark = 'flexCaselogHost';
  let api; // the copy
  let listens; // the copy that has a listener of ours, for good
  let loading = null; // ends the load that is under way
  let loaded = null; // what came of the last one

  return { look, inject, withdraw, start, mark, call, shows, callOn, listen };

  /** How things stand, and which of these methods the copy has. */
  function look(names) {
    api = library();
    return view(names);
  }

  /**
   * Loads the library from src, and answers once the script has run or failed, or is
   * withdrawn. Meanwhile the address is what it has to be: see move. A script that runs
   * and brings no library, such as a login page in its place, is as good as one that
   * fails. Where the page has gone on from the address that the program knows, nothing is
   * done: the answer has the new one, and lacks seen.
   */
  function inject(names, src, from, to) {
    loading?.(); // nobody waits for it any more
    if (href() !== from) return view(names);
    return new Promise((resolve) => {
      const back = move(from, to);
      let script;
      const end = () => {
        if (loading !== end) return; // a page may send what it likes
        loading = null;
        const seen = href();
        const found = library(); // whatever the script's event was
        const came = found !== undefined && found !== api;
        if (came) api = found;
        else attempt(() => script.remove());
        back();
        loaded = { ...view(names), seen, came };
        resolve(loaded);
      };
      loading = end;
      const added = attempt(() => {
        script = window.document.createElement('script');
        script.addEventListener('load', end);
        script.addEventListener('error', end);
        script.src = src;
        window.document.head.appendChild(script);
        return true;
      });
      if (!added) end();
    });
  }

  /** Gives the load up that is under way, if any, and answers what came of the last one. */
  function withdraw() {
    loading?.();
    return loaded;
  }

  /** Has the copy read the address again, which meanwhile is what it has to be; as inject. */
  function start(names, from, to) {
    if (href() !== from) return view(names);
    const back = move(from, to);
    let threw = '';
    try {
      api.initialize();
    } catch (err) {
      threw = said(err);
    }
    const seen = href();
    back();
    return { ...view(names), seen, threw };
  }

  /** Leaves in the copy whose it is, for later programs in this page. */
  function mark(host) {
    attempt(() => { api[hostMark] = host; }); // of a copy that takes no mark the report says less
  }

  /**
   * Calls a method that takes one object and calls back once, and answers what it is
   * answered: never, if it never is. What the method throws rejects the promise, unless
   * it has answered before.
   */
  function call(method, args) {
    return new Promise((resolve, reject) => {
      const answered = (answer) => resolve({ answer: plain(answer) });
      if (!invoke(method, { ...args, callback: answered }, reject)) resolve({ missing: true });
    });
  }

  /** Whether the page says, within so many milliseconds, that it shows a record. */
  function shows(record, patience) {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, patience, false);
      const told = ({ answer } = {}) => {
        clearTimeout(late);
        resolve(answer?.success === true && isSameRecord(answer.returnValue?.recordId, record));
      };
      call('getAppViewInfo', {}).then(told, () => told());
    });
  }

  /** As call, if shows; else, also where nobody can tell, it answers { elsewhere: true }. */
  async function callOn(record, patience, method, args) {
    const asked = api;
    if (!await shows(record, patience) || api !== asked) return { elsewhere: true };
    return call(method, args);
  }

  /** A record has an id of 15 characters and one of 18, which begins with it. */
  function isSameRecord(a, b) {
    return typeof a === 'string' && a !== '' && a.slice(0, 15) === b.slice(0, 15);
  }

  /**
   * Has clicks heard. The library keeps its listeners for good and calls all of them, so
   * a copy gets one.
   */
  function listen() {
    return new Promise((resolve, reject) => {
      let live = true;
      const listener = (payload) => { if (live) clicked(plain(payload)); };
      const failed = (err) => {
        live = false; // it may have the listener all the same, and will get another
        reject(err);
      };
      if (listens !== api || api === undefined) {
        if (!invoke('onClickToDial', { listener }, failed)) resolve({ missing: true });
        else if (live) listens = api;
      }
      resolve({});
    });
  }

  /** Calls a method of the copy, if it has it. */
  function invoke(method, args, failed) {
    const fn = read(api, method);
    if (typeof fn !== 'function') return false;
    try {
      Reflect.apply(fn, api, [args]);
    } catch (err) {
      failed(new Error(said(err)));
    }
    return true;
  }

  /** The page's library, if it has one. That it is there says nothing about whether it works. */
  function library() {
    const found = read(read(window, 'sforce'), 'opencti');
    return typeof found === 'object' && found !== null ? found : undefined;
  }

  function view(names) {
    const parent = read(window, 'parent');
    const host = read(api, hostMark);
    return {
      framed: typeof parent === 'object' && parent !== null && parent !== window,
      href: href(),
      there: api !== undefined,
      methods: names.filter((name) => typeof read(api, name) === 'function'),
      host: typeof host === 'string' ? host : '',
    };
  }

  function href() {
    const address = read(read(window, 'location'), 'href');
    return typeof address === 'string' ? address : '';
  }

  /**
   * Changes the address, without loading it, if to says where to. Returns what gives it
   * its query back, unless somebody has navigated to another by then: then it is theirs.
   */
  function move(from, to) {
    if (!to || !replace(to)) return () => {};
    return () => {
      const now = parts(href());
      if (now.query === parts(to).query) replace(now.path + parts(from).query + now.fragment);
    };
  }

  /** The state is kept, since Flex's router has its key there. */
  function replace(address) {
    return attempt(() => {
      window.history.replaceState(window.history.state, '', address);
      return true;
    });
  }

  function parts(address) {
    const [, path, query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(address);
    return { path, query, fragment };
  }

  /**
   * A copy that a message between threads can carry. What can't be read, or is no data,
   * such as a function, is NaN: no reader takes that for an answer, nor for none. What
   * has no end, such as a document or a cycle, is cut from below, what lies higher being
   * copied first: a list is shorter, and an object that would lack something is NaN.
   */
  function plain(value) {
    const [most, deepest] = [10_000, 20];
    const top = {};
    const todo = [{ into: top, name: 'value', given: value, depth: 0 }];
    for (const { into, name, given, depth } of todo) { // it grows meanwhile
      into[name] = shallow(given, (copy, key) => {
        const more = todo.length < most && depth < deepest;
        if (more) todo.push({ into: copy, name: key, given: read(given, key, NaN), depth: depth + 1 });
        return more;
      });
    }
    return top.value;
  }

  /** The copy of a value without what is in it: that is given to inside, until it has enough. */
  function shallow(given, inside) {
    if (typeof given === 'function' || typeof given === 'symbol') return NaN;
    if (typeof given !== 'object' || given === null) return given;
    try {
      if (Array.isArray(given)) {
        const list = [];
        for (let i = 0; i < given.length && inside(list, i); i++);
        return list;
      }
      const copy = {};
      if (!Object.keys(given).every((key) => inside(copy, key))) return NaN;
      if (typeof read(given, 'message') === 'string') inside(copy, 'message'); // of an Error its keys say nothing
      return copy;
    } catch {
      return NaN;
    }
  }

  /** What was thrown, as a text, whatever it is. */
  function said(err) {
    if (typeof err !== 'object' && typeof err !== 'function' || err === null) return String(err) || 'an empty text';
    const message = read(err, 'message');
    if (typeof message !== 'string') return 'an object without a message';
    const name = read(err, 'name');
    return typeof name === 'string' && name !== 'Error' ? `${name}: ${message}` : message;
  }

  /** A property of what may be anything: a proxy, a window of another origin, nothing. */
  function read(object, name, otherwise = undefined) {
    try {
      return object === undefined || object === null ? undefined : object[name];
    } catch {
      return otherwise;
    }
  }

  function attempt(fn) {
    try {
      return fn();
    } catch {
      return undefined;
    }
  }
}
