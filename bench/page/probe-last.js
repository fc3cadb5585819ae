// The last plugin in Flex's list: its init is called when those before it hold Flex no more.
(() => {
  class Probe {
    init() {
      window.probe.after = performance.now();
      return Promise.resolve();
    }
  }
  Twilio.Flex.Plugins.init(Probe);
})();
