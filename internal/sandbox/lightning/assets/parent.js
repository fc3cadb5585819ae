// The page's end of the Open CTI wire. It knows envelopes and origins, and nothing of what a method does: that is
// decided behind `perform`, or by the page itself.

/**
 * @typedef {object} Call what the library in the frame sends
 * @property {string} methodName
 * @property {number} callId
 * @property {number} apiVersion
 * @property {string} apiType
 * @property {boolean} isCallbackRegistered
 * @property {boolean} isListenerRegistered
 * @property {object} args
 *
 * @typedef {{success: boolean, returnValue: any, errors: null | object[]}} Answer
 *
 * @typedef {object} Verdict what is to become of a call
 * @property {boolean} [silent] nothing: it was not performed and is not answered
 * @property {boolean} [lost] it is performed, and not answered
 * @property {boolean} [here] the page performs it by itself
 * @property {Answer} [response] the answer, where the page does not make it
 * @property {object} [pop] a record to show
 */

/** @returns {Answer} */
export function success(returnValue = null) {
    return { success: true, returnValue, errors: null };
}

/** @returns {Answer} */
export function failure(code, description, details) {
    return { success: false, returnValue: null, errors: [{ code, description, details }] };
}

/** @returns {boolean} whether a message has the form of a call */
function isCall(data) {
    return Boolean(data) && data.apiType === 'opencti' && typeof data.methodName === 'string';
}

/** Listeners of messages are told apart by their channel, the others by the method that registered them. */
function registrationKey(methodName, eventName) {
    return eventName ? `${methodName} ${eventName}` : methodName;
}

export class Parent {
    /**
     * @param {object} options
     * @param {Window} options.window the page
     * @param {{contentWindow: Window}} options.frame the softphone's frame
     * @param {string} options.adapterOrigin the only origin that is listened to and spoken to
     * @param {(call: Call) => Promise<Verdict>} options.perform
     * @param {(call: Call, parent: Parent) => Answer | undefined} options.answerHere
     * @param {(pop: object) => void} options.pop
     * @param {(call: Call, answer: Answer) => void} [options.performed] told after every answer
     */
    constructor(options) {
        this.options = options;
        /** @type {Map<string, Call>} the registration that events of a kind echo */
        this.registrations = new Map();
        options.window.addEventListener('message', (event) => this.receive(event));
    }

    receive(event) {
        const { frame, adapterOrigin } = this.options;
        if (event.source !== frame.contentWindow || event.origin !== adapterOrigin || !isCall(event.data)) {
            return;
        }
        this.handle(event.data);
    }

    /** @param {Call} call */
    async handle(call) {
        const { perform, answerHere, pop, performed } = this.options;
        let verdict;
        try {
            verdict = await perform(call);
        } catch (error) {
            verdict = { response: failure('GENERIC_ERROR', String((error && error.message) || error)) };
        }
        if (verdict.silent) {
            return;
        }
        if (call.isListenerRegistered) {
            this.registrations.set(registrationKey(call.methodName, call.args && call.args.eventName), call);
        }
        const answer = verdict.here ? answerHere(call, this) : verdict.response;
        if (!verdict.lost) {
            this.reply(call, answer);
        }
        if (verdict.pop) {
            pop(verdict.pop);
        }
        if (performed && answer) {
            performed(call, answer);
        }
    }

    /** Answers a call, if somebody waits for it. Everything that identifies it is echoed as it came. */
    reply(call, answer) {
        if (!call.isCallbackRegistered || !answer) {
            return;
        }
        this.post(call, answer, { callback: true, eventName: call.args && call.args.eventName });
    }

    /**
     * Tells the softphone of an event. The payload travels flat, without success and returnValue.
     * @returns {boolean} whether anybody listens
     */
    emit(methodName, payload, eventName) {
        const call = this.registrations.get(registrationKey(methodName, eventName));
        if (!call) {
            return false;
        }
        this.post(call, payload, { callback: false, eventName });
        return true;
    }

    forget(methodName, eventName) {
        this.registrations.delete(registrationKey(methodName, eventName));
    }

    // Both flags are always there: newer libraries demand them, older ones ignore them.
    post(call, response, { callback, eventName }) {
        const message = {
            methodName: call.methodName,
            callId: call.callId,
            apiVersion: call.apiVersion,
            apiType: call.apiType,
            shouldExecuteCallback: callback,
            shouldExecuteListener: !callback,
            response
        };
        if (eventName) {
            message.eventName = eventName;
        }
        this.options.frame.contentWindow.postMessage(message, this.options.adapterOrigin);
    }
}
