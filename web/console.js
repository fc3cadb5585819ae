// Lines in the browser's console. Each names the product: a desktop has many
// plugins, and Flex's own lines would match any shorter word.

const prefix = 'caselog:';

/** Lines of the loader itself; the program's own lines are filtered by log_level. */
export const say = {
  error: (text, err) => console.error(prefix, text, ...(err === undefined ? [] : [err])),
  warn: (text) => console.warn(prefix, text),
  info: (text) => console.info(prefix, text),
  debug: (text) => console.debug(prefix, text),
};

/**
 * One line of the program.
 * @param {'debug'|'info'|'warn'|'error'} level
 * @param {string} text
 */
export function log(level, text) {
  (say[level] || say.error)(text);
}
