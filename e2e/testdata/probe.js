// A plugin that counts what the ones after it compile and inflate.
(function () {
  var seen = (window.probe = { compiled: 0, inflated: 0 });
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
  function Probe() {
    this.name = 'probe';
  }
  Probe.prototype.init = function () {};
  Twilio.Flex.Plugins.init(Probe);
})();
