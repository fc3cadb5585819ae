// The Open CTI methods that a page answers by itself, because they are about the page.

import { failure, success } from './parent.js';

function wrongType(name, expected, value) {
    const found = value === null ? 'null' : typeof value;
    return failure(
        'INVALID_PARAM',
        `An invalid value was passed to the parameter ${name}. A ${expected} value was expected, but ${found} was found instead.`
    );
}

/** Sets something if its argument has the right type. */
function setting(name, expected, set) {
    return (args, desk) => {
        if (typeof args[name] !== expected) {
            return wrongType(name, expected, args[name]);
        }
        set(desk, args[name]);
        return success();
    };
}

/** Nothing to answer: the library sends these only to register a listener. */
const registering = () => undefined;
const accepted = () => success();

/**
 * A desk is what the page offers: its panel, its view and its click-to-dial.
 * @type {Record<string, (args: object, desk: object, parent: object) => object | undefined>}
 */
const methods = {
    getAppViewInfo: (_args, desk) => success(desk.view()),
    refreshView: (_args, desk) => {
        desk.refresh();
        return success();
    },
    enableClickToDial: (_args, desk) => {
        desk.clickToDial(true);
        return success();
    },
    disableClickToDial: (_args, desk) => {
        desk.clickToDial(false);
        return success();
    },
    isSoftphonePanelVisible: (_args, desk) => success({ visible: desk.panel.visible }),
    setSoftphonePanelVisibility: setting('visible', 'boolean', (desk, on) => desk.panel.show(on)),
    setSoftphonePanelHeight: setting('heightPX', 'number', (desk, px) => desk.panel.resize({ height: px })),
    setSoftphonePanelWidth: setting('widthPX', 'number', (desk, px) => desk.panel.resize({ width: px })),
    setSoftphonePanelLabel: setting('label', 'string', (desk, label) => desk.panel.title(label)),
    setSoftphoneItemLabel: setting('label', 'string', (desk, label) => desk.panel.label(label)),
    setSoftphonePanelIcon: accepted,
    setSoftphoneItemIcon: accepted,
    notifyInitializationComplete: accepted,
    completeWork: accepted,
    subscribe: accepted,
    unsubscribe: (args, _desk, parent) => {
        parent.forget('subscribe', args.eventName);
        return success();
    },
    publish: (args, _desk, parent) => {
        parent.emit('subscribe', args.message, args.eventName);
        return success();
    },
    onClickToDial: registering,
    onNavigationChange: registering,
    onWorkStart: registering
};

/** @returns the answer to a call, or undefined where none is due */
export function answerHere(call, desk, parent) {
    if (!Object.hasOwn(methods, call.methodName)) {
        return failure('GENERIC_ERROR', `There is no method ${call.methodName}.`);
    }
    return methods[call.methodName](call.args || {}, desk, parent);
}
