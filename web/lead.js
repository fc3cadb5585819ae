// One writer among all tabs of an agent in this browser.

/**
 * Resolves once this page is the one that writes, and stays it until it steps down
 * or goes: the browser then gives the lock to another that waits. Without Web
 * Locks every page writes; unique keys in Salesforce and claims in the store keep
 * things single then.
 * @param {Navigator} navigator
 * @param {string} worker whose pages they are
 * @returns {Promise<{alone: boolean, stepDown: () => void}>} alone: whether it is
 *   certain that no other page writes
 */
export function lead(navigator, worker) {
  return new Promise((resolve) => {
    const goOn = () => resolve({ alone: false, stepDown: () => {} });
    const run = () => new Promise((stepDown) => resolve({ alone: true, stepDown }));
    try {
      Promise.resolve(navigator.locks.request(`flex-caselog-${worker}`, run)).catch(goOn);
    } catch {
      goOn(); // no Web Locks, or none for this frame
    }
  });
}
