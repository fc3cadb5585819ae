// Events from the page, until the program takes them.
import { endOfEvent } from '../wire.js';

/**
 * @param {{tell: Function}} page the link to it
 * @returns {{put: (life: number, text: string) => void, take: () => string, on: (wake: (() => void) | null, paths?: string[], idle?: string[]) => void}}
 *   put: adds events that the page has sent for that life of a program; take: hands all
 *   over; on: has wake called, now or later, whenever there are some, and has the page
 *   begin anew with what was not kept
 */
export function inbox(page) {
  let wake = null;
  let texts = [];
  let life = 0; // a program that died may have asked for what comes only now
  return {
    put: (of, text) => {
      if (of !== life || wake === null) return;
      texts.push(text);
      if (texts.length === 1) wake();
    },
    take: () => {
      const text = texts.join(endOfEvent);
      texts = [];
      return text;
    },
    on: (fn, paths, idle) => {
      wake = fn;
      texts = [];
      life++;
      if (fn) page.tell('listens', life, paths, idle);
      else page.tell('rests');
    },
  };
}
