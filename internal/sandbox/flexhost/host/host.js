// What flex.twilio.com's own bundle does: puts the React globals and Twilio.Flex on the window, then starts.
// The npm package only does the former once Manager.create has run, so plugins find them there when they load.
import * as Flex from '@twilio/flex-ui';

Flex.runDefault(
  {
    sso: { accountSid: window.sandboxLogin.accountSid },
    pluginService: { enabled: true, url: '/plugins' },
    logLevel: 'warn',
  },
  '#root',
).catch((error) => console.error('flexhost: Flex did not start:', error));
