// Whether the page around Flex is Salesforce's. Outside of it the program is not
// even unpacked.

// Hosts that serve Lightning pages, by the ends of their names. A host that only
// contains one of these (acme.lightning.force.com.evil.com) is somebody else's.
const suffixes = [
  '.force.com',
  '.my.salesforce.com',
  '.visualforce.com',
  '.my-visualforce.com',
  '.my-lightning.com',
  '.my-salesforce.com',
  '.salesforce.mil',
  '.salesforce.ms',
  '.crmforce.mil',
  '.crmforce.ms',
];

/**
 * The Salesforce page that frames this window, or why there is none.
 * @param {Window} window
 * @param {string[]} trustedHosts exact host names accepted besides the list
 * @returns {{origin: string | null, why: string}}
 */
export function salesforceFrame(window, trustedHosts) {
  const none = (why) => ({ origin: null, why });
  if (window.parent === window) return none('not framed: Flex is not inside another page; open it from the utility bar of a Lightning app');
  const address = parentOrigin(window);
  if (!address) return none('lost query: this browser does not say which page Flex is in, and the frame\'s address has lost sfdcIframeOrigin; reload the Salesforce page');
  const url = parse(address);
  const host = url?.hostname;
  const trusted = trustedHosts.some((name) => name.toLowerCase() === host);
  if (url?.protocol === 'https:' && (trusted || suffixes.some((suffix) => host.endsWith(suffix)))) return { origin: url.origin, why: '' };
  return none(`not framed by Salesforce: the page around Flex is ${url ? url.origin : 'no web page'}; if that is Salesforce, name its host in trusted_hosts`);
}

/**
 * What the browser says about the parent, which nobody can forge; where it says
 * nothing, what Salesforce put into the address of the frame, or, if a login lost
 * that, the page that the frame was opened from.
 */
function parentOrigin(window) {
  const ancestors = window.location.ancestorOrigins;
  if (ancestors && ancestors.length > 0) return ancestors[0];
  return new URLSearchParams(window.location.search).get('sfdcIframeOrigin') ?? window.document?.referrer;
}

function parse(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
