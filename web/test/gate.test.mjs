import assert from 'node:assert/strict';
import test from 'node:test';
import { salesforceFrame } from '../gate.js';

const salesforceOrigin = (window, trusted) => salesforceFrame(window, trusted).origin;

const framed = (ancestor, search = '') => ({
  parent: {},
  location: { ancestorOrigins: ancestor === undefined ? undefined : [ancestor], search },
});

const cases = {
  'a Lightning page': ['https://acme.lightning.force.com', [], true],
  'a sandbox org': ['https://acme--uat.sandbox.lightning.force.com', [], true],
  'a classic domain': ['https://acme.my.salesforce.com', [], true],
  'a government cloud': ['https://acme.lightning.salesforce.mil', [], true],
  'a port': ['https://acme.lightning.force.com:8443', [], true],
  'a host that only contains the name': ['https://acme.lightning.force.com.evil.com', [], false],
  'a host that only ends in the letters': ['https://evilforce.com', [], false],
  'the bare suffix': ['https://force.com', [], false],
  'a site': ['https://acme.my.site.com', [], false],
  'the name in the path': ['https://evil.com/.force.com', [], false],
  'the name as a user': ['https://acme.lightning.force.com@evil.com', [], false],
  'not https': ['http://acme.lightning.force.com', [], false],
  'an opaque origin': ['null', [], false],
  'a host that the admin trusts': ['https://cti.example.com', ['cti.example.com'], true],
  'in another spelling': ['https://cti.example.com', ['CTI.Example.com'], true],
  'a host below one that the admin trusts': ['https://evil.cti.example.com', ['cti.example.com'], false],
};
for (const [name, [ancestor, trusted, wanted]] of Object.entries(cases)) {
  test(name, () => {
    const expected = wanted ? new URL(ancestor).origin : null;
    assert.equal(salesforceOrigin(framed(ancestor), trusted), expected);
    const query = `?mode=Lightning&sfdcIframeOrigin=${encodeURIComponent(ancestor)}`;
    assert.equal(salesforceOrigin(framed(undefined, query), trusted), expected, 'in a browser without ancestorOrigins');
  });
}

test('the address can not speak against the browser', () => {
  const query = '?sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com';
  assert.equal(salesforceOrigin(framed('https://evil.com', query), []), null);
});

test('a browser without ancestorOrigins, and an address that a login has changed', () => {
  const window = framed(undefined, '?code=1');
  window.document = { referrer: 'https://acme.lightning.force.com/lightning/page/home' };
  assert.equal(salesforceOrigin(window, []), 'https://acme.lightning.force.com');
  window.document.referrer = 'https://login.twilio.com/';
  assert.equal(salesforceOrigin(window, []), null);
});

test('a browser without ancestorOrigins, and no word in the address', () => {
  assert.equal(salesforceOrigin(framed(undefined, '?a=b'), []), null);
});

test('a page that is not framed', () => {
  const window = framed('https://acme.lightning.force.com');
  window.parent = window;
  assert.equal(salesforceOrigin(window, []), null);
});

test('it says why there is no Salesforce page', () => {
  const alone = { location: {} };
  alone.parent = alone;
  assert.match(salesforceFrame(alone, []).why, /^not framed: /);
  assert.match(salesforceFrame(framed(undefined), []).why, /^lost query: /);
  assert.equal(salesforceFrame(framed('https://evil.com'), []).why,
    'not framed by Salesforce: the page around Flex is https://evil.com; if that is Salesforce, name its host in trusted_hosts');
  assert.equal(salesforceFrame(framed('https://acme.lightning.force.com'), []).why, '');
});
