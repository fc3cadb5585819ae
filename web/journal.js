// What flexCaselog.report() says: how things stand, and for each of the last tasks
// what happened to it and why. It is kept here and not in the program, so that it is
// there where the program is not.

/** How many lines are kept of each task, and of how many tasks. */
const linesKept = 50;
const tasksKept = 100;

const popped = 'screen pop: ';
/** After these the agent has the task; after these it has gone elsewhere, if they never had it. */
const taken = ['taskAccepted', 'found'];
const missed = ['taskRejected', 'taskTimeout', 'taskRescinded', 'taskCanceled'];
const caseless = /^(Case: not done|no Case): /;

export class Journal {
  #versions;
  #state = {};
  #tasks = new Map(); // by reservation, the latest last
  #waiting;
  #selections = false;
  #leading = true; // until there is another

  /** @param {Record<string, string>} versions */
  constructor(versions) {
    this.#versions = versions;
    this.#waiting = () => undefined;
  }

  /** Has each task that is viewed noted. */
  noteSelections() {
    this.#selections = true;
  }

  /** Has the report say how many reservations wait for Salesforce. @param {() => number} count */
  countWaiting(count) {
    this.#waiting = count;
  }

  /** Says how something stands, or which version it has; undefined takes it back. */
  state(name, text) {
    const about = name.endsWith('Version') ? this.#versions : this.#state;
    about[name.replace(/Version$/, '')] = text;
    if (text === undefined) delete about[name];
  }

  /** Says whether this page writes: what another one does is in its report. */
  leads(is) {
    this.#leading = is;
  }

  /** Takes a line on one reservation. @param {number} at when that was, in milliseconds since 1970: it may come late */
  note(sid, line, at = Date.now()) {
    const task = this.#task(sid);
    task.lines.push(`${new Date(at).toISOString()} ${line}`);
    if (task.lines.length > linesKept) task.lines.shift();
    if (line.startsWith(popped)) task.pop = line;
    if (caseless.test(line)) task.caseless = line;
    else if (line === 'Case: done') task.caseless = undefined;
    if (this.#tasks.size > tasksKept) this.#tasks.delete(this.#tasks.keys().next().value);
  }

  /** The task, which is the latest from now on. */
  #task(sid) {
    const task = this.#tasks.get(sid) || { lines: [], accepted: false };
    this.#tasks.delete(sid);
    this.#tasks.set(sid, task);
    return task;
  }

  /** Takes an event of Flex. @param {import('./caselog').FlexEvent} event */
  heard(event) {
    if (!event.task) return;
    if (event.kind === 'afterSelectTask') {
      if (this.#selections) this.note(event.task.sid, 'Task viewed');
      return;
    }
    if (event.kind === 'found' && this.#tasks.has(event.task.sid)) return; // Flex is looked at again and again
    if (missed.includes(event.kind) && !this.#tasks.get(event.task.sid)?.accepted) this.note(event.task.sid, `${popped}not done: the task was not accepted`);
    const who = customer(event.task.attributes);
    if (taken.includes(event.kind)) Object.assign(this.#task(event.task.sid), { accepted: true, elsewhere: !this.#leading });
    this.note(event.task.sid, [event.kind, event.task.status && `(${event.task.status})`, event.task.channel, who].filter(Boolean).join(' '));
  }

  /** All of it, as plain data that can be copied into a support request. */
  report() {
    const tasks = {};
    for (const [sid, task] of [...this.#tasks].reverse()) tasks[sid] = { pop: this.#pop(task), events: [...task.lines].sort(byTime) };
    const [latest] = [...this.#tasks.values()].slice(-1);
    return {
      pop: this.#pop(latest),
      versions: { ...this.#versions },
      state: { ...this.#state },
      outbox: { waiting: this.#waiting() ?? 'unknown: another tab of this agent has it, or nothing has started yet' },
      tasks,
    };
  }

  /** Why there was a screen pop, or none, in one line. */
  #pop(task) {
    if (task?.pop) return task.pop;
    const why = task?.caseless?.replace(caseless, '') || this.#state.obstacle;
    if (why) return `${popped}not done: ${why}`;
    if (task?.elsewhere) return `${popped}not done: another tab of this agent was to do it, and has it in its report`;
    return task ? `${popped}not yet` : `${popped}no task so far`;
  }
}

/** Lines begin with their time; those of one moment stay as they came. */
function byTime(a, b) {
  const [one, other] = [a, b].map((line) => line.slice(0, 24));
  return one < other ? -1 : Number(one > other);
}

/** The other end of a task with no more than the end of its number. */
function customer(attributes) {
  const address = attributes?.customerAddress ?? attributes?.outbound_to ?? attributes?.from;
  if (typeof address !== 'string' || address === '') return undefined;
  return `…${address.slice(-2)}`;
}
