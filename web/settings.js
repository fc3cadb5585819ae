// Where an admin's settings are: the Flex configuration's
// custom_data.features.caselog, and over it, key by key, the worker's attribute
// config_overrides.features.caselog. What they mean is the program's business;
// the loader looks only at what decides whether there is to be a program.
import { say } from './console.js';

/**
 * @param {object} manager the Flex Manager
 * @returns {Record<string, unknown>[]} the layers of settings, the last on top
 */
export function settingLayers(manager) {
  // Nothing here is left to an exception: in a script of this size a browser takes 15
  // milliseconds for one, and Flex waits for them.
  const account = plainObject(() => manager.configuration?.custom_data?.features?.caselog)
    || plainObject(() => manager.serviceConfiguration?.ui_attributes?.custom_data?.features?.caselog);
  const worker = plainObject(() => manager.workerClient?.attributes?.config_overrides?.features?.caselog);
  return [account, worker].filter(Boolean);
}

/**
 * One setting: the topmost value of the right type, or undefined.
 * @param {Record<string, unknown>[]} layers
 * @param {string} name
 * @param {(value: unknown) => boolean} isRight
 */
export function setting(layers, name, isRight) {
  return layers.map((layer) => layer[name]).filter(isRight).pop();
}

/**
 * The layers as they can be sent to another thread. What can't be, such as a function,
 * is NaN there, which is no setting's value, so the program complains of it by its name.
 */
export function sendable(layers) {
  return layers.map((layer) => Object.fromEntries(Object.keys(layer).map((name) => {
    try {
      return [name, structuredClone(layer[name])];
    } catch {
      return [name, NaN];
    }
  })));
}

/** What read returns if that is an object; a getter on the way may throw. */
function plainObject(read) {
  let value;
  try {
    value = read();
  } catch {
    return undefined;
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  say.warn('the settings at features.caselog must be an object of settings; they are ignored');
  return undefined;
}

/** What is said where an admin has switched the plugin off. */
export const off = 'switched off by its configuration';

/** Whether an admin has switched the plugin off. */
export function isOff(layers) {
  return setting(layers, 'enabled', isFlag) === false;
}

/** Whether a value is a truth value. */
export const isFlag = (value) => typeof value === 'boolean';

/** Whether a value is a list of texts. */
export const isTexts = (value) => Array.isArray(value) && value.every((text) => typeof text === 'string');
