// Console tabs: one for home, one for each record that was opened, and one for every other kind of screen pop.

import { element } from './element.js';
import { homePage, otherPage, recordPage } from './record.js';

const HOME = 'home';

export class Tabs {
    /**
     * @param {Document} document
     * @param {object} options
     * @param {string} options.origin
     * @param {(view: object) => void} options.navigated told of every change of view
     * @param {(number: string, record: object) => void} options.dial told of a click on a number
     * @param {() => boolean} options.dialing whether numbers can be clicked
     */
    constructor(document, options) {
        this.document = document;
        this.options = options;
        this.bar = document.getElementById('tabs');
        this.workspace = document.getElementById('workspace');
        /** @type {Map<string, object>} */
        this.open = new Map([[HOME, { key: HOME, title: 'Home', kind: 'home' }]]);
        this.current = HOME;
        this.drawn = 0;
    }

    /** Opens what the address names, as after a reload. */
    start(path) {
        const found = /^\/lightning\/r\/(\w+)\/(\w+)\/view$/.exec(path);
        if (found) {
            this.show({ key: found[2], kind: 'record', object: found[1], id: found[2], title: found[1] });
        } else {
            this.draw();
        }
    }

    /** @param {{type: string, params: object, object?: string}} pop */
    pop(pop) {
        if (pop.type === 'sobject') {
            const id = pop.params.recordId;
            this.show({ key: id, kind: 'record', object: pop.object, id, title: pop.object });
        } else {
            this.show({ key: `pop ${pop.type}`, kind: 'other', title: pop.type, pop });
        }
    }

    /** Opens a tab, or comes back to it. */
    async show(tab) {
        if (!this.open.has(tab.key)) {
            this.open.set(tab.key, tab);
        }
        this.current = tab.key;
        await this.draw();
        this.workspace.scrollTop = 0;
        this.options.navigated(this.view());
    }

    async close(key) {
        this.open.delete(key);
        await this.show(this.open.get(this.current) || this.open.get(HOME));
    }

    refresh() {
        return this.draw();
    }

    /** @returns what getAppViewInfo tells of the tab in front */
    view() {
        const tab = this.open.get(this.current);
        if (tab.kind !== 'record') {
            return { url: this.options.origin + this.path(tab), recordId: '', recordName: '', objectType: '' };
        }
        const view = {
            url: this.options.origin + this.path(tab),
            recordId: tab.id,
            recordName: tab.record ? tab.record.name : '',
            objectType: tab.object
        };
        return { ...view, ...(tab.record ? tab.record.about : {}) };
    }

    // Reads what is in front and shows it. The answer of a slower, older reading is dropped.
    async draw() {
        const turn = ++this.drawn;
        const tab = this.open.get(this.current);
        const page = await this.page(tab);
        if (turn !== this.drawn) {
            return;
        }
        this.workspace.replaceChildren(page);
        this.bar.replaceChildren(...[...this.open.values()].map((each) => this.handle(each)));
        this.document.title = tab.title;
        history.replaceState(null, '', this.path(tab) + location.search);
    }

    path(tab) {
        return tab.kind === 'record' ? `/lightning/r/${tab.object}/${tab.id}/view` : '/lightning/page/home';
    }

    async page(tab) {
        const actions = {
            open: (record) =>
                this.show({ key: record.id, kind: 'record', object: record.object, id: record.id, title: record.name }),
            dial: this.options.dial,
            dialing: this.options.dialing
        };
        if (tab.kind === 'other') {
            return otherPage(tab.pop);
        }
        if (tab.kind === 'home') {
            return homePage(await read('/sandbox/home'), actions);
        }
        tab.record = await read(`/sandbox/record?id=${encodeURIComponent(tab.id)}`);
        tab.title = tab.record.name;
        tab.object = tab.record.object || tab.object;
        return recordPage(tab.record, actions);
    }

    handle(tab) {
        const front = tab.key === this.current;
        const name = element('button', { class: 'tab-name', type: 'button', role: 'tab' }, tab.title);
        name.setAttribute('aria-selected', String(front));
        name.addEventListener('click', () => this.show(tab));
        const handle = element(
            'span',
            { class: front ? 'tab front' : 'tab', 'data-kind': tab.object || tab.kind },
            name
        );
        if (tab.key !== HOME) {
            const close = element(
                'button',
                { class: 'tab-close', type: 'button', 'aria-label': `Close ${tab.title}` },
                '×'
            );
            close.addEventListener('click', () => this.close(tab.key));
            handle.append(close);
        }
        return handle;
    }
}

async function read(url) {
    const response = await fetch(url);
    return response.ok ? response.json() : { name: 'This record cannot be shown', object: '', fields: [], related: [] };
}
