package plugin

import "time"

// The bounds between which a wait is drawn.
const (
	firstWait = time.Second
	maxWait   = time.Minute
)

// backoff returns how long to wait before retry number attempt, counted from 1:
// anything up to a bound that doubles each time ("full jitter"), so that the
// desktops that an org turned away together do not come back together. Jitter
// draws a number below its argument.
func backoff(attempt int, jitter func(int64) int64) time.Duration {
	bound := maxWait
	if shift := attempt - 1; shift < 6 { // from the seventh on it is past maxWait
		bound = min(firstWait<<shift, maxWait)
	}
	return time.Duration(jitter(int64(bound) + 1))
}
