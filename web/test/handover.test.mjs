import assert from 'node:assert/strict';
import test from 'node:test';
import { handover } from '../handover.js';

/** The tabs of one browser. Messages reach the others at once. */
function browser() {
  const channels = new Set();
  return {
    tab(visible) {
      const listeners = new Set();
      return {
        document: {
          visibilityState: visible ? 'visible' : 'hidden',
          addEventListener: (_, fn) => listeners.add(fn),
          removeEventListener: (_, fn) => listeners.delete(fn),
        },
        BroadcastChannel: class {
          constructor(name) { this.name = name; channels.add(this); }
          postMessage(data) { for (const c of [...channels]) if (c !== this && c.name === this.name) c.onmessage({ data }); }
          close() { channels.delete(this); }
        },
        show(is) {
          this.document.visibilityState = is ? 'visible' : 'hidden';
          listeners.forEach((fn) => fn());
        },
        listeners,
      };
    },
    channels,
  };
}

const always = () => true;

test('the page that writes makes room for the one that the agent looks at', () => {
  const b = browser();
  const [one, two] = [b.tab(true), b.tab(false)];
  let left = 0;
  handover(one, 'WK1').leading(always, () => { left++; });
  handover(two, 'WK1');
  assert.equal(left, 0, 'it is visible itself');
  one.show(false);
  assert.equal(left, 0, 'nobody looks at another');
  two.show(true);
  assert.equal(left, 1);
  two.show(false);
  two.show(true);
  assert.equal(left, 2, 'and again, as long as it has not');
});

test('a page that becomes hidden while another is in view makes room', () => {
  const b = browser();
  const [one, two] = [b.tab(true), b.tab(true)];
  let left = 0;
  handover(one, 'WK1').leading(always, () => { left++; });
  handover(two, 'WK1');
  assert.equal(left, 0);
  one.show(false);
  assert.equal(left, 1);
});

test('a page that gets its turn while it is hidden makes room', () => {
  const b = browser();
  handover(b.tab(true), 'WK1');
  let left = 0;
  handover(b.tab(false), 'WK1').leading(always, () => { left++; });
  assert.equal(left, 1);
});

test('a page that remembers what no other can know stays', () => {
  const b = browser();
  const one = b.tab(false);
  let may = false;
  let left = 0;
  handover(one, 'WK1').leading(() => may, () => { left++; });
  const two = b.tab(true);
  handover(two, 'WK1');
  assert.equal(left, 0);
  may = true;
  two.show(true);
  assert.equal(left, 1);
});

test('other agents are other people', () => {
  const b = browser();
  let left = 0;
  handover(b.tab(false), 'WK1').leading(always, () => { left++; });
  handover(b.tab(true), 'WK2');
  assert.equal(left, 0);
});

test('a page whose turn is over is not asked', () => {
  const b = browser();
  const one = b.tab(false);
  let left = 0;
  handover(one, 'WK1').leading(always, () => { left++; })();
  handover(b.tab(true), 'WK1');
  assert.equal(left, 0);
});

test('once stopped it neither hears nor says anything', () => {
  const b = browser();
  const one = b.tab(true);
  handover(one, 'WK1').stop();
  assert.equal(one.listeners.size, 0);
  assert.equal(b.channels.size, 0);
});

test('a browser without channels has no handover', () => {
  const one = browser().tab(true);
  one.BroadcastChannel = undefined;
  const h = handover(one, 'WK1');
  h.leading(always, () => assert.fail())();
  h.stop();
  one.BroadcastChannel = class { constructor() { throw new Error('denied'); } };
  handover(one, 'WK1').leading(always, () => assert.fail())();
});
