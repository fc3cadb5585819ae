// How the program calls what answers later.

/**
 * With texts, and one callback for all calls. A promise of the program's own, with two
 * callbacks, would be dozens of crossings of the border for each record that is saved.
 * See internal/jscall's Asker.
 */
export function ask(number, object, method, args, done) {
  new Promise((resolve) => { resolve(object[method](...JSON.parse(args))); })
    .then((answer) => done(number, '', answer), (err) => done(number, String(err?.message ?? err) || 'Error'));
}
