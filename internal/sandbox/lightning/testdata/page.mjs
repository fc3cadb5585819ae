// Two windows for the wire tests: a page and the frame in it, with the parts of a browser that the wire touches.
// Messages are cloned and delivered later, and only to the origin they were meant for, as a browser does it.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { pathToFileURL } from 'node:url';

const assets = process.env.LIGHTNING_ASSETS;
const load = (name) => import(pathToFileURL(path.join(assets, name)).href);

export const { Parent, success, failure } = await load('parent.js');
export const { answerHere } = await load('methods.js');

export const PAGE = 'https://acme.lightning.force.com';
export const FLEX = 'https://flex.example';
export const QUERY = `?mode=Lightning&sfdcIframeOrigin=${encodeURIComponent(PAGE)}&nonce=0`;

/** A window as far as the wire knows one. */
export class FakeWindow {
    constructor(origin) {
        this.origin = origin;
        this.listeners = new Set();
        /** every message that reached this window */
        this.received = [];
        /** every message that was dropped because it was meant for another origin */
        this.dropped = [];
    }

    addEventListener(_type, listener) {
        this.listeners.add(listener);
    }

    /** What other windows call; `from` is the sender. */
    accept(from, data, targetOrigin) {
        const clone = structuredClone(data); // throws DataCloneError at the sender, as in a browser
        // null is no string: it is taken as options, whose target is the sender's own origin.
        const target = targetOrigin === null ? from.origin : targetOrigin;
        if (target !== this.origin) {
            this.dropped.push(clone);
            return;
        }
        this.received.push(clone);
        queueMicrotask(() => this.deliver({ data: clone, origin: from.origin, source: from }));
    }

    deliver(event) {
        for (const listener of [...this.listeners]) {
            listener(event);
        }
    }
}

/** A page with a frame in it; `options` go to Parent. */
export function page(options = {}) {
    const top = new FakeWindow(PAGE);
    const frameWindow = new FakeWindow(FLEX);
    const pops = [];
    const events = [];
    const desk = fakeDesk(events);
    const frame = { contentWindow: frameWindow };
    // From the page, the frame's window has a postMessage that knows who calls it.
    frameWindow.postMessage = (data, origin) => frameWindow.accept(top, data, origin);
    const parent = new Parent({
        window: top,
        frame,
        adapterOrigin: FLEX,
        perform: async () => ({ here: true }),
        answerHere: (call, wire) => answerHere(call, desk, wire),
        pop: (pop) => pops.push(pop),
        ...options
    });
    return { top, frameWindow, parent, pops, events, desk };
}

function fakeDesk(events) {
    return {
        panel: {
            visible: true,
            show(on) {
                this.visible = on;
            },
            resize: (size) => events.push(size),
            title: (text) => events.push({ title: text }),
            label: (text) => events.push({ label: text })
        },
        view: () => ({ url: `${PAGE}/lightning/page/home`, recordId: '', recordName: '', objectType: '' }),
        refresh: () => events.push('refresh'),
        clickToDial: (on) => events.push({ clickToDial: on })
    };
}

/**
 * Runs the client library in the frame, as its script element would.
 * @returns the frame's globals, and what the script threw
 */
export function loadLibrary({ top, frameWindow }, { query = QUERY, version = 57, protocol = 'https:' } = {}) {
    const source = readFileSync(path.join(assets, 'opencti.js'), 'utf8').replaceAll('__API_VERSION__', String(version));
    const globals = frameWindow.globals || {
        location: { search: query, protocol },
        parent: { postMessage: (data, origin) => top.accept(frameWindow, data, origin) },
        addEventListener: (type, listener) => frameWindow.addEventListener(type, listener)
    };
    globals.window = globals;
    globals.location.search = query;
    frameWindow.globals = globals;
    let thrown;
    try {
        vm.runInNewContext(source, vm.isContext(globals) ? globals : vm.createContext(globals));
    } catch (error) {
        thrown = error;
    }
    return { window: globals, opencti: globals.sforce && globals.sforce.opencti, thrown };
}

/** Lets every message that is under way arrive. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
