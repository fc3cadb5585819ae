// The global object of the Go program: its thread's, and besides it what Go's
// runtime wants to put there (Go, fs, process, path) and what only the program
// may have (caselog). Flex and its other plugins see none of these: a library
// that finds a process in a page takes it for Node.

/**
 * @param {object} scope the thread's global object
 * @param {import('../caselog').Host} host
 */
export function programScope(scope, host) {
  const own = Object.assign(Object.create(null), { caselog: host, fs: undefined, process: undefined, path: undefined, Go: undefined });
  return new Proxy(scope, {
    get: (target, name) => (name in own ? own[name] : Reflect.get(target, name)),
    set: (target, name, value) => {
      own[name] = value;
      return true;
    },
    has: (target, name) => name in own || Reflect.has(target, name),
  });
}
