package opencti

import "strings"

// checkVersion refuses an API version that is not like "62.0".
func checkVersion(version string) error {
	number, ok := strings.CutSuffix(version, ".0")
	if !ok || len(number) < 2 || len(number) > 3 || strings.ContainsFunc(number, func(c rune) bool { return c < '0' || c > '9' }) {
		return &ArgumentError{"load", "API version", `is not like "62.0"`}
	}
	return nil
}

// checkOrigin refuses what is not a scheme, a host and perhaps a port. Whether
// the host is Salesforce's is the caller's to check.
func checkOrigin(origin string) error {
	_, host, ok := strings.Cut(origin, "://")
	if !ok || host == "" || strings.ContainsAny(host, "/?#@\\ ") ||
		!strings.HasPrefix(origin, "https://") && !strings.HasPrefix(origin, "http://") {
		return &ArgumentError{"load", "origin", "is not like https://acme.lightning.force.com"}
	}
	return nil
}

// scripts returns the addresses of the library, the likeliest first: the host
// that frames the page, its My Domain login host, which does not answer with a
// redirect to a login page, and the host that every org has.
//
// See Connect to Open CTI in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_connecting.htm
func scripts(origin, version string) []string {
	hosts := []string{origin}
	if scheme, host, ok := strings.Cut(origin, "://"); ok {
		host, port, hasPort := strings.Cut(host, ":")
		if name, ok := strings.CutSuffix(host, ".lightning.force.com"); ok {
			sibling := scheme + "://" + name + ".my.salesforce.com"
			if hasPort {
				sibling += ":" + port
			}
			hosts = append(hosts, sibling)
		}
	}
	if login := "https://login.salesforce.com"; origin != login {
		hosts = append(hosts, login)
	}
	for i := range hosts {
		hosts[i] += "/support/api/" + version + "/lightning/opencti_min.js"
	}
	return hosts
}
