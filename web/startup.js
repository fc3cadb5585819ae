// Flex's own start, which comes first: what the program's thread does takes a processor,
// and the network, from it.

/** So long after its plugins Flex has the agent's desktop to show, in milliseconds. */
const showing = 1000;
/** So long Flex may take to say that its plugins have started, in milliseconds: where one fails it does not say so. */
const longest = 2000;
/** What nobody waits for: tasks that were there before, and what means nothing without a task. */
const patient = ['found', 'listed', 'afterSelectTask', 'selectedNone'];

/**
 * @returns {{over: Promise<void>, plugins: () => void, hear: (event: {kind: string}) => void}}
 *   over: fulfilled once Flex has started, or the program is wanted before; plugins: notes
 *   that Flex has started its plugins, or will not say so; hear: takes what happens in Flex
 */
export function startup() {
  let end;
  const over = new Promise((resolve) => { end = resolve; });
  const limit = setTimeout(end, longest);
  return {
    over,
    plugins: () => {
      clearTimeout(limit);
      setTimeout(end, showing);
    },
    hear: ({ kind }) => { if (!patient.includes(kind)) end(); },
  };
}
