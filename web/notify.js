// Sentences for the agent, in Flex's own notification bar.
import { say } from './console.js';

/**
 * How long a sentence stays, in milliseconds: no longer than Flex's own, for in the
 * small panel of a utility bar it lies over the button that accepts a task.
 */
const shown = 8000;

/**
 * Returns a function that shows the agent a sentence. It holds no customer data:
 * Flex sends what it shows to Twilio's telemetry.
 * @param {object} flex the Flex UI
 * @param {object} manager its Manager
 */
export function notifier(flex, manager) {
  const id = 'flex-caselog-problem';
  let registered = false;
  return (sentence) => {
    say.warn(sentence);
    try {
      if (!registered) {
        // Through the setter: a string that is put into the old object is not seen.
        manager.strings = { ...manager.strings, [id]: '{{sentence}}' };
        flex.Notifications.registerNotification({
          id, content: id, type: flex.NotificationType?.warning || 'warning', timeout: shown, closeButton: true,
        });
        registered = true;
      }
      flex.Notifications.showNotification(id, { sentence });
    } catch (err) {
      say.error('the notification could not be shown', err);
    }
  };
}
