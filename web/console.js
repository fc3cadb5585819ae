// Lines in the browser's console. Each names the product: a desktop has many
// plugins, and Flex's own lines would match any shorter word.

const prefix = 'caselog:';

let write = (level, ...words) => console[level](prefix, ...words);

/** Lines of the loader itself; the program's own lines are filtered by log_level. */
export const say = {
  error: (text, err) => write('error', text, ...(err === undefined ? [] : [err])),
  warn: (text) => write('warn', text),
  info: (text) => write('info', text),
  debug: (text) => write('debug', text),
};

/**
 * Has the lines of this thread go elsewhere, each as one text.
 * @param {(level: string, text: string) => void} to
 */
export function sayThrough(to) {
  write = (level, ...words) => to(level, words.map((word) => String(word?.stack ?? word)).join(': '));
}

/**
 * One line of the program.
 * @param {'debug'|'info'|'warn'|'error'} level
 * @param {string} text
 */
export function log(level, text) {
  (say[level] || say.error)(text);
}
