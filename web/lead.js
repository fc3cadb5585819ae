// One writer among all tabs of an agent in this browser.

/**
 * Resolves once this page is the one that writes, and stays it until the page
 * goes: the browser then gives the lock to another that waits. Without Web Locks
 * every page writes; unique keys in Salesforce and claims in the store keep
 * things single then.
 * @param {Navigator} navigator
 * @param {string} worker whose pages they are
 * @returns {Promise<boolean>} whether there is a lock, so that no other page writes
 */
export function lead(navigator, worker) {
  return new Promise((resolve) => {
    const goOn = () => resolve(false);
    if (!navigator.locks) {
      goOn();
      return;
    }
    navigator.locks.request(`flex-caselog-${worker}`, () => {
      resolve(true);
      return new Promise(() => {}); // never: the page's end lets go
    }).catch(goOn);
  });
}
