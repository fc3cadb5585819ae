/*
 * What stands in for Salesforce's client library where a companion component in the page does its work: an object of the same
 * shape at window.sforce.opencti, which is there before any plugin looks. It speaks the usual wire, so that the sandbox's page
 * understands it, and leaves out or only pretends what `lacks` names. Answers come as from the library; there is no start that
 * could fail.
 */
(function () {
    var lacks = __LACKS__;
    var API_VERSION = 62;
    var page = location.ancestorOrigins[0];
    var nextCallId = 0;
    var callbacks = {};
    var listeners = {};

    function send(methodName, args, callback, listener) {
        var callId = nextCallId++;
        if (callback) {
            callbacks[methodName + ' ' + callId] = callback;
        }
        if (listener) {
            (listeners[methodName] = listeners[methodName] || []).push(listener);
        }
        parent.postMessage(
            {
                methodName: methodName,
                callId: callId,
                apiVersion: API_VERSION,
                apiType: 'opencti',
                isCallbackRegistered: Boolean(callback),
                isListenerRegistered: Boolean(listener),
                args: args
            },
            page
        );
    }

    window.addEventListener('message', function (event) {
        var m = event.data;
        if (event.origin !== page || !m || m.apiType !== 'opencti') {
            return;
        }
        var key = m.methodName + ' ' + m.callId;
        if (m.shouldExecuteCallback && callbacks[key]) {
            var callback = callbacks[key];
            delete callbacks[key];
            callback(m.response);
        }
        if (m.shouldExecuteListener) {
            (listeners[m.methodName] || []).forEach(function (listener) {
                listener(m.response);
            });
        }
    });

    function forwarding(methodName) {
        return function (options) {
            var o = options || {};
            var args = {};
            Object.keys(o).forEach(function (key) {
                if (typeof o[key] !== 'function') {
                    args[key] = o[key];
                }
            });
            send(methodName, args, o.callback, o.listener);
        };
    }

    var api = {
        SCREENPOP_TYPE: {
            URL: 'url',
            SOBJECT: 'sobject',
            OBJECTHOME: 'objecthome',
            LIST: 'list',
            SEARCH: 'search',
            NEW_RECORD_MODAL: 'newRecord',
            FLOW: 'flow'
        },
        CALL_TYPE: { INBOUND: 'inbound', OUTBOUND: 'outbound', INTERNAL: 'internal' },
        saveLog: function (options) {
            if (!lacks.ids) {
                send('saveLog', { object: options.value }, options.callback);
                return;
            }
            // It is written, and nobody is told under which id.
            send('saveLog', { object: options.value });
            if (options.callback) {
                options.callback({ success: true });
            }
        }
    };
    [
        'runApex',
        'screenPop',
        'searchAndScreenPop',
        'getAppViewInfo',
        'getCallCenterSettings',
        'getSoftphoneLayout',
        'isSoftphonePanelVisible',
        'setSoftphonePanelVisibility',
        'setSoftphonePanelHeight',
        'setSoftphonePanelWidth',
        'setSoftphonePanelLabel',
        'setSoftphoneItemLabel',
        'setSoftphonePanelIcon',
        'setSoftphoneItemIcon',
        'enableClickToDial',
        'disableClickToDial',
        'refreshView',
        'notifyInitializationComplete',
        'onClickToDial',
        'onNavigationChange'
    ].forEach(function (methodName) {
        api[methodName] = forwarding(methodName);
    });
    if (lacks.apexAnswers) {
        api.runApex = function () {
            console.warn('sandbox shim: runApex is not supported');
        };
    }
    (lacks.methods || []).forEach(function (methodName) {
        delete api[methodName];
    });
    window.sforce = window.sforce || {};
    window.sforce.opencti = api;
})();
