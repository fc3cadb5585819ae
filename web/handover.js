// Which of an agent's tabs writes: the one that the agent looks at, so that a Case
// never comes up in a tab behind it. The one that writes and is hidden makes room
// for one that waits and is visible.

const want = 'want';
const hidden = 'hidden';

/**
 * @param {Window} window
 * @param {string} worker whose pages they are
 * @returns {{leading: (mayLeave: () => boolean, leave: () => void) => () => void, stop: () => void}}
 *   leading: says that this page writes from now on, until the function it returns is
 *   called; leave is called, perhaps more than once, when another page should
 */
export function handover(window, worker) {
  const { document } = window;
  const nobody = { leading: () => () => {}, stop: () => {} };
  if (typeof window.BroadcastChannel !== 'function' || !document) return nobody;
  let channel;
  try {
    channel = new window.BroadcastChannel(`flex-caselog-${worker}`);
  } catch {
    return nobody;
  }
  let lead = null;
  const isHidden = () => document.visibilityState === 'hidden';
  const say = () => {
    if (lead === null && !isHidden()) channel.postMessage(want);
    if (lead !== null && isHidden()) channel.postMessage(hidden);
  };
  channel.onmessage = ({ data }) => {
    if (data === hidden) say();
    // It may be asked more than once: an answer can take as long as Salesforce takes.
    if (data === want && lead !== null && isHidden() && lead.mayLeave()) lead.leave();
  };
  document.addEventListener('visibilitychange', say);
  say();
  return {
    leading: (mayLeave, leave) => {
      lead = { mayLeave, leave };
      say();
      return () => { lead = null; };
    },
    stop: () => {
      document.removeEventListener('visibilitychange', say);
      channel.close();
    },
  };
}
