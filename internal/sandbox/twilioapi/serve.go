package twilioapi

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"time"
)

// ServeHTTP answers a request. The host decides which product it is for.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Host == "" {
		r.URL.Host = r.Host
	}
	n, kind, watch := a.arrive(r)
	if watch != nil {
		watch(n)
	}
	switch kind {
	case Slow:
		a.process(n, discard{}, r)
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case Late:
		if err := a.postpone(n, r); err != nil {
			panic(http.ErrAbortHandler)
		}
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case Stuck:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case Cut:
		a.process(n, discard{}, r)
		panic(http.ErrAbortHandler)
	case CutBefore, Refused:
		panic(http.ErrAbortHandler)
	case Broken:
		a.process(n, discard{}, r)
		nasty(w, r, http.StatusInternalServerError)
	case BrokenBefore:
		nasty(w, r, http.StatusInternalServerError)
	case Gateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html><title>502 Bad Gateway</title>"+r.Header.Get("Authorization")+"</html>")
	case Busy:
		w.Header().Set("Retry-After", "2")
		nasty(w, r, http.StatusTooManyRequests)
	default:
		a.process(n, w, r)
	}
}

// nasty answers with an error that repeats what nobody wants to see again.
func nasty(w http.ResponseWriter, r *http.Request, status int) {
	user, password, _ := r.BasicAuth()
	answer(w, status, fail(status, 20000+status%1000, "sorry, %s, your %s with %s (%s) came to nothing",
		user, r.Method, password, r.Header.Get("Authorization")))
}

func (a *API) process(n int, w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	status, body, wrong := a.handle(r)
	if wrong != nil {
		status, body = wrong.Status, wrong
	}
	a.journal[n-1].Status = status
	if header, ok := body.(http.Header); ok {
		for name := range header {
			w.Header().Set(name, header.Get(name))
		}
		w.WriteHeader(status)
		return
	}
	answer(w, status, body)
}

func (a *API) handle(r *http.Request) (int, any, *failure) {
	e, ids, wrong := find(r)
	if wrong != nil {
		return 0, nil, wrong
	}
	if e.product != flexUI {
		if wrong := a.authorize(r); wrong != nil {
			return 0, nil, wrong
		}
	}
	c, wrong := e.read(r, ids)
	if wrong != nil {
		return 0, nil, wrong
	}
	return e.do(a, c)
}

func (a *API) authorize(r *http.Request) *failure {
	user, password, ok := r.BasicAuth()
	o := a.options
	switch {
	case ok && user == o.AccountSID && password == o.AuthToken:
	case ok && o.APIKey != "" && user == o.APIKey && password == o.APISecret:
	default:
		return fail(http.StatusUnauthorized, 20003, "Authentication Error - invalid username")
	}
	return nil
}

// Transport brings requests for Twilio's hosts to the account, with no network
// between: so that tests may run in synctest's time.
func (a *API) Transport() http.RoundTripper { return transport{a} }

type transport struct{ api *API }

func (t transport) RoundTrip(r *http.Request) (response *http.Response, err error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if t.api.refuses() {
		t.api.arrive(r)
		return nil, refused(r.URL.Host)
	}
	w := &recorder{header: http.Header{}, status: http.StatusOK}
	defer func() {
		if fault := recover(); fault != nil {
			if fault != http.ErrAbortHandler {
				panic(fault)
			}
			response, err = nil, r.Context().Err()
			if err == nil {
				err = io.ErrUnexpectedEOF
			}
		}
	}()
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer func() { _ = in.Body.Close() }()
	t.api.ServeHTTP(w, in)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}, nil
}

// recorder keeps an answer.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header         { return w.header }
func (w *recorder) WriteHeader(status int)      { w.status = status }
func (w *recorder) Write(b []byte) (int, error) { return w.body.Write(b) }

// discard is an answer that never arrives.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) WriteHeader(int)             {}
func (discard) Write(b []byte) (int, error) { return len(b), nil }

// links is what every resource says of itself.
func self(u *url.URL, parts ...string) string {
	s := "https://" + u.Host + u.Path
	for _, p := range parts {
		s += "/" + p
	}
	return s
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
