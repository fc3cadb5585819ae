// As much of Flex as the plugins ask of it, an agent, and what is measured in the page.
(() => {
  class Emitter {
    #listeners = new Map();
    addListener(name, listener) { this.#listeners.set(name, [...(this.#listeners.get(name) || []), listener]); }
    removeListener(name, listener) { this.#listeners.set(name, (this.#listeners.get(name) || []).filter((other) => other !== listener)); }
    emit(name, payload) { for (const listener of this.#listeners.get(name) || []) listener(payload); }
  }
  const tasks = new Map();
  const events = new Emitter();
  const actions = new Emitter();
  const manager = {
    events, configuration: {}, strings: {},
    store: { getState: () => ({ flex: { worker: { tasks } } }) },
    workerClient: { sid: 'WKbench', activity: { name: 'Available' }, reservations: tasks, attributes: {} },
  };
  const flex = {
    Actions: Object.assign(actions, { invokeAction: () => Promise.resolve() }),
    NotificationType: { warning: 'warning' },
    Notifications: { registerNotification: () => {}, showNotification: () => { bench.told++; } },
  };
  let started = null;
  window.Twilio = { Flex: { ...flex, Plugins: { init(Plugin) {
    started.evaluated = performance.now();
    const plugin = new Plugin();
    const held = plugin.init(flex, manager, []);
    started.returned = performance.now();
    held.then(() => { started.held = performance.now(); });
  } } } };

  const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
  let number = 0;
  let emitted = 0; // when the event was, whose first call is waited for
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map((e) => ({ start: e.startTime, duration: e.duration })))).observe({ type: 'longtask', buffered: true });
  const frames = [];
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) for (const s of e.scripts) frames.push({ start: s.startTime, duration: s.duration, source: s.sourceURL, invoker: s.invoker });
  }).observe({ type: 'long-animation-frame', buffered: true });

  function make() {
    const n = String(++number).padStart(8, '0');
    return {
      sid: `WR${n}`, taskSid: `WT${n}`, status: 'accepted', channelType: 'voice', taskChannelUniqueName: 'voice',
      queueName: 'Everyone', queueSid: 'WQ1', workflowName: 'Assign to Anyone', workflowSid: 'WW1', priority: 0, age: 3,
      dateCreated: new Date(), dateUpdated: new Date(),
      attributes: { direction: 'inbound', from: `+1415555${n.slice(-4)}`, to: '+15550001111', call_sid: `CA${n}`, name: `+1415555${n.slice(-4)}`, conversations: { media: [] } },
    };
  }

  /** The events of a task, each a thing that Flex tells. */
  const steps = [
    (task) => { tasks.set(task.sid, task); events.emit('taskAccepted', task); },
    (task) => { actions.emit('afterAcceptTask', { task }); },
    (task) => { task.status = 'wrapping'; task.dateUpdated = new Date(); events.emit('taskWrapup', task); },
    (task) => { task.status = 'completed'; task.dateUpdated = new Date(); events.emit('taskCompleted', task); },
    (task) => { tasks.delete(task.sid); actions.emit('afterCompleteTask', { task }); },
  ];

  const bench = window.bench = {
    told: 0, calls: 0, waiting: 0, latencies: [], held: [], ready: 0,
    sent(method) {
      this.calls++;
      this.waiting++;
      if (emitted && (method === 'runApex' || method === 'saveLog')) {
        this.latencies.push(performance.now() - emitted);
        emitted = 0;
      }
    },
    answered() {
      this.waiting--;
      this.ready ||= performance.now();
    },
    /** Has a plugin loaded and started, and returns when what was. */
    async start(src) {
      const from = started = { began: performance.now() };
      this.ready = 0;
      document.body.appendChild(Object.assign(document.createElement('script'), { src }));
      while (!this.ready) await wait(5);
      await wait(300); // for what it does after its first answer
      return {
        evaluated: from.evaluated - from.began, held: from.returned - from.evaluated, ready: this.ready - from.began,
        long: long.filter((e) => e.start >= from.began).map((e) => e.duration),
        own: frames.filter((e) => e.start >= from.began && e.source.endsWith(src)).map((e) => e.duration),
      };
    },
    /** Plays whole tasks, one event after the other, with a pause after each in which everything comes to rest. */
    async events(count, pause) {
      this.latencies.length = this.held.length = 0;
      for (let i = 0; i < count; i++) {
        const task = make();
        for (const step of steps) {
          await wait(pause);
          performance.mark('bench:event');
          emitted = performance.now();
          step(task);
          this.held.push(performance.now() - emitted);
        }
        emitted = 0;
      }
      await wait(pause);
      performance.mark('bench:end');
      performance.clearMarks();
      return { latencies: this.latencies, held: this.held };
    },
    /** Accepts tasks that stay open. */
    async open(count) {
      for (let i = 0; i < count; i++) {
        const task = make();
        steps[0](task);
        if (i % 16 === 15) await this.rest();
      }
      await this.rest();
    },
    /** Plays whole tasks as fast as they are dealt with. */
    async work(count, atOnce) {
      let left = count;
      const agent = async () => {
        while (left-- > 0) {
          const task = make();
          for (const step of steps) {
            step(task);
            await wait(2);
          }
          await this.rest();
        }
      };
      await Promise.all(Array.from({ length: atOnce }, agent));
      await this.rest();
      await wait(3000); // for a collection on an idle tick
    },
    /** Waits until nothing has been sent for a while. */
    async rest() {
      for (let calls = -1; calls !== this.calls || this.waiting > 0;) {
        calls = this.calls;
        await wait(40);
      }
    },
    /** What ours holds in its thread. */
    async memory() {
      const { memory = 0, references = 0 } = (await window.flexCaselog?.usage?.()) ?? {};
      return { wasm: memory, references };
    },
  };
})();
