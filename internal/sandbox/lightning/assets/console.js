// The page: it puts the wire, the panel and the tabs together.

import { answerHere } from './methods.js';
import { Panel } from './panel.js';
import { Parent } from './parent.js';
import { Tabs } from './tabs.js';

const settings = JSON.parse(document.getElementById('settings').textContent);
const frame = document.getElementById('softphone');

/** What the page offers to the methods that it answers by itself. */
const desk = {
    panel: new Panel(document, settings),
    view: () => tabs.view(),
    refresh: () => tabs.refresh(),
    clickToDial(on) {
        document.body.classList.toggle('dialing', on);
        document.getElementById('dial-state').textContent = on ? 'Click-to-dial is on' : 'Click-to-dial is off';
        tabs.refresh();
    }
};

const dialing = () => document.body.classList.contains('dialing');

const tabs = new Tabs(document, {
    origin: location.origin,
    navigated: (view) => parent.emit('onNavigationChange', view),
    dialing,
    dial: (number, record) => parent.emit('onClickToDial', { number, ...record })
});

// What the user does with the rest of Salesforce: open a record, or go home. See Open and Home in hands.go.
window.salesforce = {
    open: (object, id) => tabs.show({ key: id, kind: 'record', object, id, title: object }),
    home: () => tabs.show({ key: 'home', title: 'Home', kind: 'home' }),
    view: () => tabs.view()
};

// A tab that one comes back to tells what it shows, whether or not that is news.
window.addEventListener('focus', () => parent.emit('onNavigationChange', tabs.view()));

async function perform(call) {
    const response = await fetch('/sandbox/cti', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(call)
    });
    if (!response.ok) {
        throw new Error(`The org answered ${response.status}.`);
    }
    return response.json();
}

const parent = new Parent({
    window,
    frame,
    adapterOrigin: settings.adapterOrigin,
    perform,
    answerHere: (call, wire) => answerHere(call, desk, wire),
    pop: (pop) => tabs.pop(pop),
    performed(call, answer) {
        // Whoever looks at the record sees what was just written to it.
        if (answer.success && (call.methodName === 'saveLog' || call.methodName === 'runApex')) {
            tabs.refresh();
        }
    }
});

tabs.start(location.pathname);
// Last, so that the softphone's first call finds somebody who listens.
frame.src = settings.frameURL;
