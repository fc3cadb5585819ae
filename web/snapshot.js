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
    status: task.status,
    channel: task.channelType || task.taskChannelUniqueName,
    queue: task.queueName,
    offered: milliseconds(task.dateCreated),
    updated: milliseconds(task.dateUpdated),
    attributes: copy(task.attributes),
  };
}

function milliseconds(date) {
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date.getTime() : undefined;
}

/** A deep copy of plain data; what is not plain data is nothing to us. */
function copy(value) {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return {};
  }
}

/**
 * The time in milliseconds since 1970 by a clock that runs on steadily while the
 * page lives, so that durations stay right when the computer's clock is set.
 */
export function now() {
  return performance.timeOrigin + performance.now();
}
