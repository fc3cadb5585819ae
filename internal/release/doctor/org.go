package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"flexcaselog/internal/release/patience"
	"flexcaselog/internal/release/secret"
)

// Org is a Salesforce org that is looked at over its REST API.
type Org struct {
	host      string // of the REST API
	token     secret.Text
	transport http.RoundTripper
}

// salesforce are the ends of the hosts that a token is sent to.
var salesforce = []string{".my.salesforce.com", ".my.salesforce.mil", ".crmforce.mil"}

const (
	apiVersion = "62.0" // every org has it since Winter '25
	deadline   = 30 * time.Second
	tries      = 4
)

// OpenOrg returns the org at a URL: that of its console or of its API. Nothing is
// asked of it yet. It errors where the URL is not Salesforce's, because the token
// would go there.
func OpenOrg(address, token string, transport http.RoundTripper) (*Org, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("doctor: --org is no URL: give that of the org, like https://acme.my.salesforce.com")
	}
	host := strings.ToLower(u.Hostname())
	if console, ok := strings.CutSuffix(host, ".lightning.force.com"); ok {
		host = console + ".my.salesforce.com"
	}
	ours := false
	for _, end := range salesforce {
		ours = ours || strings.HasSuffix(host, end)
	}
	if !ours || u.User != nil || u.Port() != "" {
		return nil, fmt.Errorf("doctor: %s is not a host that the token may go to: give the org's own, like https://acme.my.salesforce.com", host)
	}
	if token = strings.TrimSpace(token); token == "" {
		return nil, errors.New("doctor: no token for the org: set SF_ACCESS_TOKEN to what `sf org display --target-org my-org --verbose` shows as Access Token")
	}
	if strings.ContainsAny(token, "\r\n\t ") {
		return nil, errors.New("doctor: the token for the org has blanks in it: copy it again")
	}
	if transport == nil {
		transport = http.DefaultTransport
	}
	return &Org{host: host, token: secret.Conceal(token), transport: transport}, nil
}

// Lightning is the host of the org's console.
func (o *Org) Lightning() string {
	if name, ok := strings.CutSuffix(o.host, ".my.salesforce.com"); ok {
		return name + ".lightning.force.com"
	}
	return ""
}

// orgError is an answer of the org that is an error.
type orgError struct {
	status  int
	code    string
	message string
}

func (e *orgError) Error() string {
	return fmt.Sprintf("%d %s: %s", e.status, http.StatusText(e.status), either(e.message, e.code))
}

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// get reads a resource of the API.
func (o *Org) get(ctx context.Context, path string, into any) error {
	for try := 1; ; try++ {
		wait, again, err := o.once(ctx, path, into)
		if err == nil || !again || try == tries {
			return err
		}
		if err := patience.Wait(ctx, try, wait); err != nil {
			return err
		}
	}
}

func (o *Org) once(ctx context.Context, path string, into any) (wait time.Duration, again bool, err error) {
	limited, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	r, err := http.NewRequestWithContext(limited, http.MethodGet, "https://"+o.host+path, nil)
	if err != nil {
		return 0, false, err
	}
	r.Header.Set("Authorization", "Bearer "+o.token.Reveal())
	answer, err := o.transport.RoundTrip(r) // no client: a redirect would take the token along
	if err != nil {
		if stop := ctx.Err(); stop != nil {
			return 0, false, stop
		}
		return 0, true, errors.New(o.scrub(err.Error()))
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 16<<20))
	if err != nil {
		return 0, true, err
	}
	if answer.StatusCode == http.StatusOK {
		if err := json.Unmarshal(text, into); err != nil {
			return 0, false, fmt.Errorf("%s answers with something that is no JSON: is this the org's own host?", o.host)
		}
		return 0, false, nil
	}
	failed := &orgError{status: answer.StatusCode}
	var said []struct {
		Code    string `json:"errorCode"`
		Message string `json:"message"`
	}
	if json.Unmarshal(text, &said) == nil && len(said) > 0 {
		failed.code, failed.message = said[0].Code, o.scrub(said[0].Message)
	}
	return patience.Asked(answer.Header), failed.status == http.StatusTooManyRequests || failed.status >= 500, failed
}

func (o *Org) scrub(text string) string { return secret.Scrub(text, o.token.Reveal()) }

// resource is the path of a resource of the API's version that is used.
func resource(path string) string { return "/services/data/v" + apiVersion + path }

type row map[string]any

func (r row) text(field string) string {
	s, _ := r[field].(string)
	return s
}

// query returns the records of a query, and how many there are.
func (o *Org) query(ctx context.Context, soql string) ([]row, int, error) {
	var answer struct {
		Total   int   `json:"totalSize"`
		Records []row `json:"records"`
	}
	err := o.get(ctx, resource("/query?q="+url.QueryEscape(soql)), &answer)
	return answer.Records, answer.Total, err
}

type field struct {
	Name       string  `json:"name"`
	Type       string  `json:"type"`
	Length     int     `json:"length"`
	Unique     bool    `json:"unique"`
	ExternalID bool    `json:"externalId"`
	Values     []value `json:"picklistValues"`
}

// value is one of a picklist.
type value struct {
	Value  string `json:"value"`
	Active bool   `json:"active"`
}

// describe returns the fields of an object, and false where there is none.
func (o *Org) describe(ctx context.Context, object string) (map[string]field, bool, error) {
	var answer struct {
		Fields []field `json:"fields"`
	}
	err := o.get(ctx, resource("/sobjects/"+object+"/describe"), &answer)
	var failed *orgError
	if errors.As(err, &failed) && failed.status == http.StatusNotFound {
		return nil, false, nil
	}
	fields := map[string]field{}
	for _, f := range answer.Fields {
		fields[f.Name] = f
	}
	return fields, true, err
}
