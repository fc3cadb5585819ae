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
    held.then(() => {
      started.held = performance.now();
      events.emit('pluginsInitialized');
    });
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
      sid: `WR${n}`, taskSid: `WT${n}`, status: 'pending', channelType: 'voice', taskChannelUniqueName: 'voice',
      queueName: 'Everyone', queueSid: 'WQ1', workflowName: 'Assign to Anyone', workflowSid: 'WW1', priority: 0, age: 3,
      dateCreated: new Date(), dateUpdated: new Date(),
      attributes: { direction: 'inbound', from: `+1415555${n.slice(-4)}`, to: '+15550001111', call_sid: `CA${n}`, name: `+1415555${n.slice(-4)}`, conversations: { media: [] } },
    };
  }

  const action = (name) => (task) => { actions.emit(name, { task }); };
  const becomes = (status, name) => (task) => { Object.assign(task, { status, dateUpdated: new Date() }); events.emit(name, task); };
  /**
   * What the Flex UI tells of a call that the agent accepts, hangs up and completes, in its
   * order. To accept is over before the task is accepted, and selects it; to complete selects none.
   */
  const steps = {
    taskReceived: (task) => { tasks.set(task.sid, task); events.emit('taskReceived', task); },
    afterSelectTask: action('afterSelectTask'),
    afterAcceptTask: action('afterAcceptTask'),
    taskAccepted: becomes('accepted', 'taskAccepted'),
    afterHangupCall: action('afterHangupCall'),
    taskWrapup: becomes('wrapping', 'taskWrapup'),
    taskCompleted: becomes('completed', 'taskCompleted'),
    afterCompleteTask: (task) => { tasks.delete(task.sid); actions.emit('afterCompleteTask', { task }); },
    selectedNone: () => actions.emit('afterSelectTask', {}),
  };

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
    /** Plays whole calls, one event after the other, with a pause after each in which everything comes to rest. */
    async events(count, pause) {
      this.latencies.length = this.held.length = 0;
      const before = this.calls;
      for (let i = 0; i < count; i++) {
        const task = make();
        for (const step of Object.values(steps)) {
          performance.mark('bench:event');
          emitted = performance.now();
          step(task);
          this.held.push(performance.now() - emitted);
          await wait(pause);
        }
        emitted = 0;
      }
      performance.mark('bench:end');
      performance.clearMarks();
      return { latencies: this.latencies, held: this.held, kinds: Object.keys(steps), calls: this.calls - before };
    },
    /** Accepts tasks that stay open. */
    async open(count) {
      for (let i = 0; i < count; i++) {
        const task = make();
        for (const name of ['taskReceived', 'taskAccepted']) steps[name](task);
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
          for (const step of Object.values(steps)) {
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
