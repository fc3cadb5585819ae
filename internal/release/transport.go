package release

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"flexcaselog/internal/release/patience"
)

const (
	tries     = 5
	deadline  = 30 * time.Second
	uploading = 3 * time.Minute // of a request that carries a file
	maxAnswer = 64 << 20
)

// transport carries requests to Twilio and nowhere else. It gives each a
// deadline, repeats those that may be repeated, and makes an [Error] without
// secrets of everything that is not a good answer.
//
// Twilio's SDK takes no context, so a transport is made for one run and has its.
type transport struct {
	ctx         context.Context
	next        http.RoundTripper
	credentials Credentials
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if host := r.URL.Hostname(); r.URL.Scheme != "https" || !strings.HasSuffix(host, ".twilio.com") {
		// The address of the next page is Twilio's answer, not ours.
		return nil, &Error{Method: r.Method, Path: r.URL.Path, Message: fmt.Sprintf("%s is not a host of Twilio's, so the credentials are not sent there", host)}
	}
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	for try := 1; ; try++ {
		answer, wait, err := t.once(r, body)
		if err == nil {
			return answer, nil
		}
		if try == tries || !repeatable(r.Method, err) {
			return nil, err
		}
		if stop := patience.Wait(t.ctx, try, wait); stop != nil {
			return nil, t.stopped(r, stop, err.unknown)
		}
	}
}

// once sends a request and reads the whole answer. Twilio may say how long to
// wait before the next.
func (t *transport) once(r *http.Request, body []byte) (*http.Response, time.Duration, *Error) {
	limit := deadline
	if strings.HasPrefix(r.URL.Host, uploadHost) {
		limit = uploading
	}
	ctx, cancel := context.WithTimeout(t.ctx, limit)
	defer cancel()
	out := r.Clone(ctx)
	out.Body, out.GetBody, out.ContentLength = http.NoBody, nil, 0
	if len(body) > 0 {
		out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		out.Body, _ = out.GetBody()
		out.ContentLength = int64(len(body))
	}
	answer, err := t.next.RoundTrip(out)
	if err != nil {
		return nil, 0, t.unanswered(r, err)
	}
	content, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	if err != nil {
		return nil, 0, t.unanswered(r, err)
	}
	if answer.StatusCode < 200 || answer.StatusCode >= 300 {
		return nil, patience.Asked(answer.Header), t.refused(r, answer, content)
	}
	if answer.StatusCode != http.StatusNoContent && !json.Valid(content) {
		return nil, 0, &Error{Method: r.Method, Path: r.URL.Path, Message: "the answer is no JSON", unknown: true}
	}
	answer.Body = io.NopCloser(bytes.NewReader(content))
	return answer, 0, nil
}

// unanswered is a request that nobody answered.
func (t *transport) unanswered(r *http.Request, err error) *Error {
	if stop := t.ctx.Err(); stop != nil {
		return t.stopped(r, stop, true)
	}
	e := &Error{Method: r.Method, Path: r.URL.Path, Message: t.credentials.scrub(err.Error()), cause: err, unknown: true}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		e.unknown = false // it never left
	}
	if errors.Is(err, context.DeadlineExceeded) {
		e.Message = fmt.Sprintf("no answer from %s in time", r.URL.Host)
	}
	return e
}

func (t *transport) stopped(r *http.Request, stop error, unknown bool) *Error {
	return &Error{Method: r.Method, Path: r.URL.Path, Message: "stopped", cause: stop, unknown: unknown}
}

// refused is a request that was answered with an error.
func (t *transport) refused(r *http.Request, answer *http.Response, content []byte) *Error {
	e := &Error{Method: r.Method, Path: r.URL.Path, Status: answer.StatusCode, unknown: answer.StatusCode >= 500}
	var said struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	// An answer that is no JSON is some gateway's page, which says nothing.
	if json.Unmarshal(content, &said) == nil {
		e.Code, e.Message = said.Code, t.credentials.scrub(said.Message)
	}
	return e
}

// repeatable tells whether a request may be sent again without looking first what
// came of it.
func repeatable(method string, err *Error) bool {
	switch {
	case errors.Is(err, context.Canceled):
		return false
	case err.Status == http.StatusTooManyRequests:
		return true // refused at the door
	case err.Status == 0 && !err.unknown:
		return err.cause != nil
	default:
		return err.unknown && method == http.MethodGet
	}
}
