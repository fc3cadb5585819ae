// No more than the calls that make the Case, its rows and the pop: nothing is kept,
// nothing is tried again, the page's rows are not read again, a reload forgets
// everything. What this takes of the page's time is what Salesforce's library, the
// messages and their answers take, so no plugin can take less.
import { openCti } from './opencti.js';
import { createRecords, row } from './org.js';

class CallsPlugin {
  constructor() {
    this.name = 'calls';
    this.version = '1.0.0';
    this.logs = new Map();
  }

  init(flex, manager) {
    this.org = openCti(window.location.ancestorOrigins[0]);
    manager.events.addListener('taskAccepted', (task) => {
      const a = task.attributes;
      const log = {
        sid: task.sid, taskSid: task.taskSid, engagement: task.taskSid, channel: task.channelType, queue: task.queueName,
        direction: a.direction, address: a.from, name: a.name, last: null,
      };
      this.logs.set(task.sid, log);
      log.work = this.org.then(async (org) => {
        log.caseId = await createRecords(org, log);
        org.screenPop('sobject', { recordId: log.caseId }).catch(() => {});
      });
      this.moved(log, 'Reservation accepted');
    });
    manager.events.addListener('taskWrapup', (task) => this.moved(this.logs.get(task.sid), 'Wrapup'));
    manager.events.addListener('taskCompleted', (task) => {
      this.moved(this.logs.get(task.sid), 'Completed');
      this.logs.delete(task.sid);
    });
    return Promise.resolve();
  }

  moved(log, status) {
    const start = Date.now();
    log.work = log.work.then(async () => {
      const org = await this.org;
      if (log.last) {
        log.last.seconds = Math.round((start - log.last.start) / 1000);
        await org.saveLog(row(log, log.last));
      }
      log.last = { status, start };
      log.last.id = await org.saveLog(row(log, log.last));
    }).catch((err) => console.warn('calls:', err.message));
  }
}

Twilio.Flex.Plugins.init(CallsPlugin);
