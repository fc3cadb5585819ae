package release

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/twilio/twilio-go/client"
	flex "github.com/twilio/twilio-go/rest/flex/v1"
	serverless "github.com/twilio/twilio-go/rest/serverless/v1"

	"flexcaselog/internal/release/patience"
)

// uploadHost is where files go. It is in none of Twilio's documents, and so not in
// the SDK: Twilio's own plugin builder uses it.
const uploadHost = "serverless-upload"

// Options are how an account is worked with.
type Options struct {
	// Transport carries the requests; nil for the network.
	Transport http.RoundTripper
	// Progress is told what is being done, if it is not nil.
	Progress func(string)
	// By is who does it, for the record in the account. It may be empty.
	By string
}

// Account is a Twilio account to work in. Its methods block until what they do is
// done or their context ends, whatever they have done by then is taken up by
// calling them again.
type Account struct {
	credentials Credentials
	options     Options
}

// Open returns an account. Nothing is asked of Twilio yet.
func Open(c Credentials, o Options) *Account {
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	return &Account{c, o}
}

// session is one run in an account.
type session struct {
	ctx        context.Context
	flex       *flex.ApiService
	serverless *serverless.ApiService
	requests   *client.RequestHandler
	http       *http.Client
	*Account

	plan    *Plan // what would be done, where nothing is
	changed bool  // whether anything was done
}

func (a *Account) session(ctx context.Context) *session {
	// Not http.DefaultClient's redirects: they would take the credentials along.
	web := &http.Client{
		Transport:     &transport{ctx, a.options.Transport, a.credentials},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	sdk := &client.Client{
		Credentials:         client.NewCredentials(a.credentials.user, a.credentials.password.Reveal()),
		HTTPClient:          web,
		UserAgentExtensions: []string{"flex-caselog"},
	}
	sdk.SetAccountSid(a.credentials.AccountSID)
	requests := client.NewRequestHandler(sdk)
	// The SDK would take them from the environment, whatever the profile says.
	requests.Edge, requests.Region = a.credentials.Edge, a.credentials.Region
	return &session{
		ctx: ctx, flex: flex.NewApiService(requests), serverless: serverless.NewApiService(requests),
		requests: requests, http: web, Account: a,
	}
}

// Step is one change to an account: what it is for, and the request that makes it.
type Step struct {
	What   string `json:"what"`
	Method string `json:"method"`
	Host   string `json:"host"`
	Path   string `json:"path"`
}

// Plan is what would be changed in an account, in order.
type Plan struct {
	Steps []Step `json:"steps"`
}

// post is a step. Ids that are not known yet are left as their first letters.
func post(host, path, what string) Step {
	return Step{What: what, Method: http.MethodPost, Host: host, Path: path}
}

const (
	flexHost       = "flex-api"
	serverlessHost = "serverless"
)

// host is the whole name of one of Twilio's hosts, with edge and region.
func (s *session) host(product string) string {
	whole, err := s.requests.BuildUrl("https://" + product + ".twilio.com")
	if err != nil {
		return product // not a thing that can be asked, so it never was
	}
	return strings.TrimPrefix(whole, "https://")
}

// or returns an id, or where it is not known yet its first letters.
func or(sid, kind string) string {
	if sid == "" {
		return kind + "…"
	}
	return sid
}

// ensure looks for a thing, and makes it where it is not there. It looks before
// every try: after an answer that was lost the thing may be there, and somebody
// else may have made it. In a dry run it only notes the step, and returns the
// zero value for the thing that would be made.
func ensure[T any](s *session, step Step, find func() (T, bool, error), make func() (T, error)) (T, error) {
	var none T
	for try := 1; ; try++ {
		have, ok, err := find()
		if err != nil {
			return none, clean(err)
		}
		if ok {
			return have, nil
		}
		if s.plan != nil {
			step.Host = s.host(step.Host)
			s.plan.Steps = append(s.plan.Steps, step)
			return none, nil
		}
		if try == 1 {
			s.options.Progress(step.What)
		}
		s.changed = true
		made, err := make()
		if err == nil {
			return made, nil
		}
		taken := status(err) == http.StatusConflict
		if errors.Is(err, context.Canceled) || try == tries || !taken && !unknown(err) {
			return none, clean(err)
		}
		if err := patience.Wait(s.ctx, try, 0); err != nil {
			return none, fmt.Errorf("release: %w", err)
		}
	}
}

// is returns what a pointer of the SDK's points to, or the zero value.
func is[T any](p *T) T {
	var none T
	if p == nil {
		return none
	}
	return *p
}

func ptr[T any](v T) *T { return &v }
