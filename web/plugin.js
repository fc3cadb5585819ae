// The Flex plugin class, and the one thing that must happen while the script is
// evaluated: Flex reads document.currentScript inside Plugins.init.
import { attach } from './attach.js';
import { say } from './console.js';

export class CaselogPlugin {
  constructor() {
    this.name = 'flex-caselog';
    this.version = __VERSION__;
  }

  /**
   * Flex awaits what this returns before it shows anything, so it returns at
   * once, and whatever goes wrong stays here: after an exception Flex waits ten
   * seconds.
   * @param {object} flex the Flex UI, `Twilio.Flex`
   * @param {object} manager its Manager
   */
  init(flex, manager) {
    try {
      attach(flex, manager, window);
    } catch (err) {
      say.error('could not start; Flex goes on without it', err);
    }
    return Promise.resolve();
  }
}

Twilio.Flex.Plugins.init(CaselogPlugin);
