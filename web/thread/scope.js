// The global object of the Go program: the window's, and besides it what Go's
// runtime wants to put there (Go, fs, process, path) and what only the program
// may have (caselog). Flex and its other plugins see none of these: a library
// that finds a process in a page takes it for Node.

/**
 * @param {Window} window
 * @param {import('./caselog').Host} host
 */
export function programScope(window, host) {
  const own = Object.assign(Object.create(null), { caselog: host, fs: undefined, process: undefined, path: undefined, Go: undefined });
  return new Proxy(window, {
    get: (target, name) => (name in own ? own[name] : Reflect.get(target, name)),
    set: (target, name, value) => {
      own[name] = value;
      return true;
    },
    has: (target, name) => name in own || Reflect.has(target, name),
  });
}
