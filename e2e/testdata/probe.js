// A plugin that counts what the ones after it compile and inflate in the page, and the
// workers that the case log starts.
(function () {
  var seen = (window.probe = { compiled: 0, inflated: 0, workers: 0 });
  ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming'].forEach(function (name) {
    var original = WebAssembly[name];
    WebAssembly[name] = function () {
      seen.compiled += 1;
      return original.apply(WebAssembly, arguments);
    };
  });
  var Stream = window.DecompressionStream;
  window.DecompressionStream = function (format) {
    seen.inflated += 1;
    return new Stream(format);
  };
  var Original = window.Worker;
  window.Worker = function (address, options) {
    if (options && options.name === 'flex-caselog') seen.workers += 1;
    return new Original(address, options);
  };
  function Probe() {
    this.name = 'probe';
  }
  Probe.prototype.init = function () {};
  Twilio.Flex.Plugins.init(Probe);
})();
