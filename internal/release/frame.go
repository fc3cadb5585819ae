package release

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// FramePolicy returns the Content-Security-Policy of the account's Flex, as anybody
// gets it; empty where it has none. No credentials are sent. It errors where Flex
// does not answer.
func (a *Account) FramePolicy(ctx context.Context, runtimeDomain string) (string, error) {
	if runtimeDomain == "" || strings.Trim(runtimeDomain, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		return "", fmt.Errorf("release: %q is no name of a Flex instance", runtimeDomain)
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://flex.twilio.com/"+runtimeDomain, nil)
	if err != nil {
		return "", fmt.Errorf("release: %w", err)
	}
	answer, err := a.options.Transport.RoundTrip(r)
	if err != nil {
		return "", fmt.Errorf("release: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<20))
	return answer.Header.Get("Content-Security-Policy"), nil
}
