// A task as it is at this moment. Flex's ITask is a live object of getters: by
// the time anybody else reads it, it says something else.

/**
 * @param {object} task a Flex ITask
 * @returns {import('./caselog').TaskSnapshot}
 */
export function snapshot(task) {
  return {
    sid: task.sid,
    taskSid: task.taskSid,
    status: maybe(() => task.status),
    channel: maybe(() => task.channelType || task.taskChannelUniqueName),
    queue: maybe(() => task.queueName),
    offered: maybe(() => milliseconds(task.dateCreated)),
    updated: maybe(() => milliseconds(task.dateUpdated)),
    endedBy: maybe(() => endedBy(task)),
    queueSid: maybe(() => task.queueSid),
    workflowName: maybe(() => task.workflowName),
    workflowSid: maybe(() => task.workflowSid),
    priority: maybe(() => task.priority),
    age: maybe(() => task.age),
    reason: maybe(() => task.reason),
    taskChannel: maybe(() => task.taskChannelUniqueName),
    attributes: maybe(() => JSON.parse(JSON.stringify(task.attributes))),
  };
}

/** What read gives; one getter that throws is no reason to lose an event. */
function maybe(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Who ended the conversation, where Flex tells: the other end has left a call that
 * the agent is still in, or somebody has written it into the attributes.
 */
function endedBy(task) {
  const written = String(task.attributes?.conversations?.hang_up_by ?? '').toLowerCase();
  if (written === 'agent' || written === 'customer') return written;
  const conference = task.conference;
  if (!conference) return undefined;
  // What Flex shows of them it renews now and then, what it has of them at once.
  const raw = conference.source?.channelParticipants?.map((p) => [p.type, p.mediaProperties?.status]);
  const parties = raw ?? conference.participants?.map((p) => [p.participantType, p.status]);
  const left = (kinds) => parties.some(([kind, status]) => kinds.includes(kind) && status === 'left');
  return left(['customer']) && !left(['agent', 'worker']) ? 'customer' : undefined;
}

function milliseconds(date) {
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date.getTime() : undefined;
}

let origin = performance.timeOrigin;

/**
 * The time in milliseconds since 1970 by a clock that runs on steadily, so that
 * durations stay right when the computer's clock is set.
 */
export function now() {
  return origin + performance.now();
}

/**
 * Sets that clock by the computer's, which it has lost touch with if the computer
 * has slept. Only between tasks: in the middle of one it would spoil a duration.
 */
export function setClock() {
  origin = Date.now() - performance.now();
}
