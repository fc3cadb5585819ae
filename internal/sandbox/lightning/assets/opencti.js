/*
 * The library that Salesforce serves as opencti_min.js, written anew from what the wire shows: no line of it is
 * Salesforce's. It has the original's faults on purpose, because the plugin has to live with them:
 *   - the API is there before the start, and stays there when the start fails; after that every call is lost silently
 *   - the start fails by throwing a string
 *   - nothing has a time limit, and nobody is told that an answer never came
 *   - two copies of one version in one frame number their calls alike and take each other's answers
 * __API_VERSION__ is replaced by the number in the address it was asked for.
 */
(function () {
    var API_VERSION = __API_VERSION__;
    var API_TYPE = 'opencti';
    var HOST = new RegExp(
        '^https?://([a-z0-9-]+\\.)+' +
            '(force\\.com|salesforce\\.com|visualforce\\.com|my-(visualforce|lightning|salesforce)\\.com|' +
            '(salesforce|crmforce)\\.(mil|ms))(:\\d+)?$',
        'i'
    );
    var ONE_OBJECT = 'Must pass in only one object which holds arguments to this API method call.';

    /** The origin of the page above; null until the start succeeded, which is what makes later calls vanish. */
    var targetOrigin = null;
    var nextCallId = 0;
    /** @type {Object<string, function>} by method name and call id */
    var callbacks = {};
    /** @type {Object<string, function[]>} by method name, or by channel for messages */
    var listeners = {};

    /* ---- the start ---- */

    /** A key that comes twice holds an array, as in the original. */
    function query() {
        var found = {};
        location.search
            .replace(/^\?/, '')
            .split('&')
            .forEach(function (pair) {
                var parts = pair.split('=');
                var value = parts.length > 1 ? decodeURIComponent(parts[1]) : '';
                found[parts[0]] = parts[0] in found ? [].concat(found[parts[0]], value) : value;
            });
        return found;
    }

    function initialize() {
        var q = query();
        var origin = q.sfdcIframeOrigin;
        if (!origin || !q.mode || !HOST.test(origin) || String(origin).indexOf(location.protocol) !== 0) {
            throw 'Failed to initialize Open CTI. Ensure that it is loaded from the right frame with correct URL parameters';
        }
        targetOrigin = origin;
        window.addEventListener('message', receive, false);
    }

    /* ---- the wire ---- */

    function send(methodName, args, options) {
        var callId = nextCallId++;
        var callback = options.callback;
        if (callback) {
            callbacks[methodName + '_' + callId] = callback;
        }
        parent.postMessage(
            {
                methodName: methodName,
                callId: callId,
                apiVersion: API_VERSION,
                apiType: API_TYPE,
                isCallbackRegistered: Boolean(callback),
                isListenerRegistered: Boolean(options.listening),
                args: args
            },
            targetOrigin
        );
    }

    function receive(event) {
        var m = event.data;
        if (event.origin !== targetOrigin || !m || m.apiVersion !== API_VERSION || m.apiType !== API_TYPE) {
            return;
        }
        if (m.shouldExecuteCallback === true) {
            var key = m.methodName + '_' + m.callId;
            if (callbacks[key]) {
                callbacks[key](m.response);
                delete callbacks[key]; // not reached when the callback throws: it stays
            }
        }
        if (m.shouldExecuteListener === true) {
            (listeners[m.eventName || m.methodName] || []).slice().forEach(function (listener) {
                listener(m.response);
            });
        }
    }

    /* ---- what an argument has to be ---- */

    function oneObject(args) {
        var o = args[0];
        if (args.length !== 1 || o === null || typeof o !== 'object' || Object.keys(o).length === 0) {
            throw new Error(ONE_OBJECT);
        }
        return o;
    }

    function noneOrOneObject(args) {
        return args.length === 0 ? {} : oneObject(args);
    }

    function required(o, name) {
        if (typeof o[name] !== 'function') {
            throw new Error('Missing the required argument `' + name + '`!');
        }
        return o[name];
    }

    /** A method that takes one object and sends the named keys of it; every other key is dropped. */
    function sending(methodName, keys) {
        return function () {
            var o = oneObject(arguments);
            var args = {};
            keys.forEach(function (key) {
                args[key] = o[key];
            });
            send(methodName, args, { callback: o.callback });
        };
    }

    function asking(methodName) {
        return function () {
            send(methodName, {}, { callback: required(oneObject(arguments), 'callback') });
        };
    }

    function telling(methodName) {
        return function () {
            send(methodName, {}, { callback: noneOrOneObject(arguments).callback });
        };
    }

    function listening(methodName) {
        return function () {
            var listener = required(oneObject(arguments), 'listener');
            listeners[methodName] = (listeners[methodName] || []).concat(listener);
            send(methodName, {}, { listening: true });
        };
    }

    /* ---- messages between components ---- */

    function subscribe() {
        var o = oneObject(arguments);
        var listener = required(o, 'listener');
        var token = { channelName: o.channelName, listener: listener };
        listeners[o.channelName] = (listeners[o.channelName] || []).concat(listener);
        send(
            'subscribe',
            { eventName: o.channelName, subscription: {} },
            {
                listening: true,
                callback:
                    o.callback &&
                    function (response) {
                        response.subscription = token;
                        o.callback(response);
                    }
            }
        );
    }

    function unsubscribe() {
        var o = oneObject(arguments);
        var token = o.subscription;
        var left = (listeners[token.channelName] || []).filter(function (listener) {
            return listener !== token.listener;
        });
        listeners[token.channelName] = left;
        if (left.length === 0) {
            send('unsubscribe', { eventName: token.channelName }, { callback: o.callback });
        }
    }

    function publish() {
        var o = oneObject(arguments);
        send('publish', { eventName: o.channelName, message: o.message }, { callback: o.callback });
    }

    function saveLog() {
        var o = oneObject(arguments);
        if (typeof o.value !== 'object') {
            throw new Error('Missing the required argument `value object`!');
        }
        send('saveLog', { object: o.value }, { callback: o.callback });
    }

    window.sforce = window.sforce || {};
    window.sforce.opencti = {
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
        initialize: initialize,

        runApex: sending('runApex', ['apexClass', 'methodName', 'methodParams']),
        saveLog: saveLog,
        screenPop: sending('screenPop', ['type', 'params']),
        searchAndScreenPop: sending('searchAndScreenPop', [
            'searchParams',
            'callType',
            'queryParams',
            'defaultFieldValues',
            'deferred',
            'params'
        ]),

        getAppViewInfo: asking('getAppViewInfo'),
        getCallCenterSettings: asking('getCallCenterSettings'),
        getSoftphoneLayout: asking('getSoftphoneLayout'),
        isSoftphonePanelVisible: asking('isSoftphonePanelVisible'),

        setSoftphonePanelVisibility: sending('setSoftphonePanelVisibility', ['visible']),
        setSoftphonePanelHeight: sending('setSoftphonePanelHeight', ['heightPX']),
        setSoftphonePanelWidth: sending('setSoftphonePanelWidth', ['widthPX']),
        setSoftphonePanelLabel: sending('setSoftphonePanelLabel', ['label']),
        setSoftphoneItemLabel: sending('setSoftphoneItemLabel', ['label']),
        setSoftphonePanelIcon: sending('setSoftphonePanelIcon', ['key']),
        setSoftphoneItemIcon: sending('setSoftphoneItemIcon', ['key']),

        enableClickToDial: telling('enableClickToDial'),
        disableClickToDial: telling('disableClickToDial'),
        refreshView: telling('refreshView'),
        notifyInitializationComplete: function (o) {
            send('notifyInitializationComplete', {}, { callback: o && o.callback });
        },

        onClickToDial: listening('onClickToDial'),
        onNavigationChange: listening('onNavigationChange'),

        subscribe: subscribe,
        unsubscribe: unsubscribe,
        publish: publish,
        hvs: {
            onWorkStart: listening('onWorkStart'),
            completeWork: sending('completeWork', ['workId', 'attributes'])
        }
    };

    // After the assignment, not before it: whoever looks for window.sforce.opencti finds it even if this throws.
    window.sforce.opencti.initialize();
})();
