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
