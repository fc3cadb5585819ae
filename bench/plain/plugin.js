// The case log as one would write it in plain JavaScript: what the benchmark holds
// the real one against. It makes the same calls with the same promise: what happened
// is on disk before Salesforce is asked, and goes on after a reload. It leaves out what
// would only add to it: settings, several tabs, agents' hints, a report, and to find out
// what became of a row whose answer was lost.
import { openCti } from './opencti.js';
import { Outbox } from './outbox.js';
import { createRecords, row } from './org.js';

const suffixes = ['.force.com', '.my.salesforce.com', '.visualforce.com'];

class PlainPlugin {
  constructor() {
    this.name = 'plain-caselog';
    this.version = '1.0.0';
    this.logs = new Map();
  }

  init(flex, manager) {
    const origin = window.location.ancestorOrigins?.[0];
    const host = origin && new URL(origin).hostname;
    if (window.parent === window || !suffixes.some((suffix) => host.endsWith(suffix))) return Promise.resolve();
    this.outbox = new Outbox('plain-caselog');
    this.org = openCti(origin);
    manager.events.addListener('taskAccepted', (task) => this.guard(() => this.accepted(task)));
    manager.events.addListener('taskWrapup', (task) => this.guard(() => this.moved(task, 'Wrapup')));
    manager.events.addListener('taskCompleted', (task) => this.guard(() => this.moved(task, 'Completed')));
    flex.Actions.addListener('afterHangupCall', ({ task }) => this.guard(() => this.hungUp(task)));
    this.outbox.all().then((left) => left.forEach((log) => {
      this.logs.set(log.sid, log);
      this.work(log);
    })).catch((err) => console.error('plain-caselog:', err));
    return Promise.resolve();
  }

  guard(fn) {
    try {
      fn();
    } catch (err) {
      console.error('plain-caselog:', err);
    }
  }

  accepted(task) {
    if (this.logs.has(task.sid)) return;
    const a = task.attributes || {};
    const log = {
      sid: task.sid, taskSid: task.taskSid, engagement: a.flexInteractionSid || task.taskSid,
      channel: task.channelType || task.taskChannelUniqueName, queue: task.queueName,
      direction: String(a.direction || 'inbound').startsWith('outbound') ? 'outbound' : 'inbound',
      address: a.customerAddress || a.from || a.outbound_to || '', name: a.customerName || a.name || '',
      rows: [{ status: 'Reservation accepted', start: Date.now() }], pop: true,
    };
    this.logs.set(log.sid, log);
    this.work(log);
  }

  moved(task, status) {
    const log = this.logs.get(task.sid);
    if (!log || log.rows.some((r) => r.status === status)) return;
    const last = log.rows.at(-1);
    const start = Date.now();
    last.seconds = Math.round((start - last.start) / 1000);
    log.rows.push({ status, start });
    this.work(log);
  }

  hungUp(task) {
    const log = this.logs.get(task?.sid);
    if (!log) return;
    log.endedBy = 'agent';
    this.outbox.put(log).catch((err) => console.warn('plain-caselog:', err.message));
  }

  /** Does what is to be done for a log, one thing at a time, on disk first. */
  async work(log) {
    log.changed = true;
    if (log.busy) return;
    log.busy = true;
    for (let attempt = 0; log.changed; ) {
      log.changed = false;
      try {
        await this.step(log);
        attempt = 0;
      } catch (err) {
        console.warn('plain-caselog:', err.message);
        log.changed = true;
        await new Promise((wake) => { setTimeout(wake, Math.min(60_000, 1000 * 2 ** attempt++) * Math.random()); });
      }
    }
    log.busy = false;
    if (log.stale) this.refresh(log);
  }

  /** Shows the Case, unless it is on the screen. */
  async pop(log) {
    const org = await this.org;
    if (!await org.shows(log.caseId)) await org.screenPop('sobject', { recordId: log.caseId });
  }

  /** Has the page read the Case's rows again, if it shows the Case. */
  async refresh(log) {
    log.stale = false;
    try {
      const org = await this.org;
      if (await org.shows(log.caseId)) await org.refreshView();
    } catch (err) {
      console.warn('plain-caselog:', err.message);
    }
  }

  async step(log) {
    await this.outbox.put(log);
    const org = await this.org;
    log.caseId ||= await createRecords(org, log);
    if (log.pop) {
      log.pop = false;
      await this.outbox.put(log); // before it is done: once is enough
      this.pop(log).catch((err) => console.warn('plain-caselog:', err.message));
    }
    for (const r of log.rows) {
      if (!r.id) {
        const closed = r.seconds !== undefined;
        r.id = await org.saveLog(row(log, r));
        r.closed = closed;
        log.changed = log.stale = true;
      } else if (r.seconds !== undefined && !r.closed) {
        await org.saveLog(row(log, r));
        r.closed = true;
        log.changed = log.stale = true;
      }
    }
    const last = log.rows.at(-1);
    if (last.status === 'Completed' && last.id) {
      log.changed = false;
      await this.outbox.delete(log.sid);
      this.logs.delete(log.sid);
    }
  }
}

Twilio.Flex.Plugins.init(PlainPlugin);
