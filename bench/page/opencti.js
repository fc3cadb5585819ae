// Salesforce's client library, as far as the calls go. It notes when each is sent.
(() => {
  const origin = location.ancestorOrigins[0];
  const callbacks = new Map();
  let last = 0;
  const methods = ['getAppViewInfo', 'runApex', 'screenPop', 'searchAndScreenPop', 'refreshView', 'enableClickToDial', 'disableClickToDial',
    'onClickToDial', 'onNavigationChange', 'setSoftphonePanelVisibility', 'isSoftphonePanelVisible', 'getSoftphoneLayout', 'getCallCenterSettings'];
  const api = { initialize() {}, SCREENPOP_TYPE: { SOBJECT: 'sobject', URL: 'url', SEARCH: 'search', NEW_RECORD_MODAL: 'newRecord' }, CALL_TYPE: { INBOUND: 'inbound', OUTBOUND: 'outbound' } };
  function send(methodName, args, { callback, listener }) {
    const callId = ++last;
    if (callback) callbacks.set(callId, callback);
    window.bench?.sent(methodName, args);
    parent.postMessage({ methodName, callId, apiVersion: '__API_VERSION__', apiType: 'opencti', isCallbackRegistered: Boolean(callback), isListenerRegistered: Boolean(listener), args }, origin);
  }
  for (const name of methods) {
    api[name] = ({ callback, listener, ...args } = {}) => send(name, args, { callback, listener });
  }
  api.saveLog = ({ callback, value }) => send('saveLog', { object: value }, { callback });
  addEventListener('message', ({ data, origin: from }) => {
    if (from !== origin || data?.apiType !== 'opencti' || !data.shouldExecuteCallback) return;
    const callback = callbacks.get(data.callId);
    callbacks.delete(data.callId);
    callback?.(data.response);
    window.bench?.answered(data.methodName);
  });
  window.sforce = { opencti: api };
})();
