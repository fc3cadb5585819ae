// The first plugin in Flex's list: watches what happens from here on.
(() => {
  const long = [];
  const own = [];
  const probe = window.probe = {
    before: 0, held: 0, desktop: 0, task: 0, answered: 0,
    result: () => ({ ...probe, result: undefined, long: long.filter((e) => e.start >= probe.before && e.start < probe.task).map((e) => e.duration), own }),
  };
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) long.push({ start: e.startTime, duration: e.duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) for (const s of e.scripts) if (s.sourceURL.includes('/measured/')) own.push(s.duration);
  }).observe({ type: 'long-animation-frame', buffered: true });
  addEventListener('message', (event) => {
    if (event.data?.apiType === 'opencti') probe.answered ||= performance.now();
  });
  const watch = () => {
    if (!probe.desktop && document.querySelector('button[data-testid="activity-dropdown-button"]')) probe.desktop = performance.now();
    if (!probe.task && document.querySelector('button[data-testid="accept-task"]')) probe.task = performance.now();
  };
  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
  class Probe {
    init() {
      return Promise.resolve().then(() => { probe.before = performance.now(); });
    }
  }
  Twilio.Flex.Plugins.init(Probe);

  // For as long as the next one's init runs, and until what it returned is fulfilled.
  const { Plugins } = Twilio.Flex;
  const register = Plugins.init;
  Plugins.init = function (Plugin) {
    Plugins.init = register;
    const { init } = Plugin.prototype;
    Plugin.prototype.init = function (...args) {
      const began = performance.now();
      const held = init.apply(this, args);
      probe.held = performance.now() - began;
      held?.then?.(() => { probe.held = performance.now() - began; });
      return held;
    };
    return register.apply(this, arguments);
  };
})();
