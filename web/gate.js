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
 * The origin of the Salesforce page that frames this window, or null where none
 * does.
 * @param {Window} window
 * @param {string[]} trustedHosts exact host names accepted besides the list
 * @returns {string | null}
 */
export function salesforceOrigin(window, trustedHosts) {
  if (window.parent === window) return null;
  const url = parse(parentOrigin(window));
  if (url === null || url.protocol !== 'https:') return null;
  const host = url.hostname;
  const trusted = trustedHosts.some((name) => name.toLowerCase() === host);
  return trusted || suffixes.some((suffix) => host.endsWith(suffix)) ? url.origin : null;
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
