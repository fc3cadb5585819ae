// As much of Flex as the plugin asks of it, and an agent who works off tasks. It
// keeps nothing of a task that is over, so that what grows is the plugin's.
(() => {
    /** Flex's Actions and manager.events, as far as both are the same. */
    class Emitter {
        #listeners = new Map();

        addListener(name, listener) {
            this.#listeners.set(name, (this.#listeners.get(name) || []).concat(listener));
        }

        removeListener(name, listener) {
            this.#listeners.set(name, (this.#listeners.get(name) || []).filter((other) => other !== listener));
        }

        emit(name, payload) {
            (this.#listeners.get(name) || []).forEach((listener) => listener(payload));
        }
    }

    const WORKER = 'WKsoak';
    const tasks = new Map();
    const saw = { done: 0, told: 0, failed: '' };
    const events = new Emitter();
    const actions = new Emitter();
    const manager = {
        events,
        configuration: {},
        strings: {},
        store: { getState: () => ({ flex: { worker: { tasks } } }) },
        workerClient: { sid: WORKER, activity: { name: 'Available' }, reservations: tasks, attributes: {} },
    };
    const flex = {
        Actions: actions,
        NotificationType: { warning: 'warning' },
        Notifications: { registerNotification: () => {}, showNotification: () => { saw.told++; } },
    };
    window.Twilio = {
        Flex: {
            ...flex,
            Plugins: { init: (Plugin) => new Plugin().init(flex, manager, []) },
        },
    };

    const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

    /** Plays one task, and returns for how long it was in each state. */
    async function play({ talk, wrapup, agentEnds, ...plain }) {
        const task = { ...plain, status: 'accepted', dateCreated: new Date(), dateUpdated: new Date() };
        const played = { sid: task.sid, talk: 0, wrapup: 0 };
        const become = (status, event) => {
            task.status = status;
            task.dateUpdated = new Date();
            events.emit(event, task);
            return performance.now();
        };
        tasks.set(task.sid, task);
        let since = become('accepted', 'taskAccepted');
        actions.emit('afterAcceptTask', { task });
        await wait(talk);
        if (agentEnds) actions.emit('afterHangupCall', { task });
        if (wrapup > 0) {
            const wrapping = become('wrapping', 'taskWrapup');
            played.talk = wrapping - since;
            await wait(wrapup);
            since = become('completed', 'taskCompleted');
            played.wrapup = since - wrapping;
        } else {
            played.talk = become('completed', 'taskCompleted') - since;
        }
        actions.emit('afterCompleteTask', { task });
        tasks.delete(task.sid);
        saw.done++;
        return played;
    }

    /** Plays tasks one after the other until there are no more. */
    async function work() {
        for (let played = {}; ;) {
            const answer = await fetch('/next', { method: 'POST', body: JSON.stringify(played) });
            if (answer.status === 204) return;
            played = await play(await answer.json());
        }
    }

    let outbox = null;

    /** How many reservations the plugin has on disk. */
    async function kept() {
        const name = `flex-caselog-${WORKER}`;
        if (outbox === null) {
            // To open it before the plugin has would make an empty one.
            if (!(await indexedDB.databases()).some((each) => each.name === name)) return 0;
            outbox = await result(indexedDB.open(name));
        }
        return result(outbox.transaction('records').objectStore('records').count());
    }

    function result(request) {
        return new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
    }

    window.soak = {
        start(atOnce) {
            for (let i = 0; i < atOnce; i++) work().catch((err) => { saw.failed = String(err); });
        },
        async state() {
            const { memory = 0 } = (await window.flexCaselog?.usage?.()) ?? {};
            return {
                ...saw,
                live: tasks.size,
                kept: await kept(),
                wasm: memory,
            };
        },
    };
})();
