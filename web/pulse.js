// Whether the program's thread still answers. One in which the program spins, or that the
// browser has stopped, would keep this page's turn for ever, and nobody would be told.

/** How long the thread may take over an answer, in milliseconds. */
const enough = 30_000;
/** So often in a row may it take longer: a computer that slept has no answer yet when it wakes. */
const most = 2;

/**
 * @param {() => Promise<unknown>} ask asks the thread for anything
 * @param {() => void} lost is called once it has been silent too often
 * @param {number} patience how long it may take over an answer, in milliseconds
 * @returns {() => void} ends it
 */
export function watchPulse(ask, lost, patience = enough) {
  let timer;
  let silent = 0;
  const beat = () => {
    let answered = false;
    const hear = () => { answered = true; };
    ask().then(hear, hear);
    timer = setTimeout(() => {
      silent = answered ? 0 : silent + 1;
      if (silent < most) beat();
      else lost();
    }, patience);
  };
  beat();
  return () => clearTimeout(timer);
}
