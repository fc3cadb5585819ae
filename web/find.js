// The tasks that were there before this page. They have no event of their own, and
// Flex may learn of them before or after its plugins start.

/** How often it is looked whether Flex has loaded the worker's tasks, in milliseconds. */
const lookEvery = 1000;

/**
 * Finds the tasks that Flex's store has, and says when that is all of them.
 * @param {object} manager the Flex Manager
 * @param {(kind: string, task: object) => void} hear is given each task that is there
 * @param {(sids: string[]) => void} listed is given the reservations, once Flex has loaded them
 * @param {(fn: () => void) => () => void} guard
 * @returns {{look: () => void, stop: () => void}} look: looks again, now
 */
export function findTasks(manager, hear, listed, guard) {
  let timer = null;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(guard(look), lookEvery);
    const tasks = storeTasks(manager);
    tasks.forEach((task) => hear('found', task));
    const client = manager.workerClient;
    // The activity is set when the worker, and with it its reservations, has been
    // fetched. Before that an empty list says nothing.
    if (!client || !client.activity || !client.reservations) return;
    clearTimeout(timer);
    listed([...new Set([...tasks.map((task) => task.sid), ...client.reservations.keys()])]);
  };
  guard(look)();
  return { look: guard(look), stop: () => clearTimeout(timer) };
}

function storeTasks(manager) {
  const worker = manager.store?.getState?.().flex?.worker;
  return worker && worker.tasks ? [...worker.tasks.values()] : [];
}
