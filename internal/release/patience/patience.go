// Package patience waits before a request is tried again. It knows nothing of what
// is asked.
package patience

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	first   = time.Second
	longest = 20 * time.Second
)

// Wait waits before the next try: any time up to twice as long as before, so that
// those who were refused together don't come back together; and not before least
// has passed. It errors where the context ends.
func Wait(ctx context.Context, try int, least time.Duration) error {
	limit := min(first<<(try-1), longest)
	wait := time.NewTimer(least + rand.N(limit))
	defer wait.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
		return nil
	}
}

// Asked reads how long a server wants to be left alone, in seconds or until a
// time. Zero where it does not say.
func Asked(h http.Header) time.Duration {
	text := h.Get("Retry-After")
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return min(time.Duration(n)*time.Second, time.Minute)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(time.Until(at), 0), time.Minute)
	}
	return 0
}
