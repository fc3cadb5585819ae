package release_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release"
	"flexcaselog/internal/sandbox/twilioapi"
)

// tripper carries requests by a function.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func reply(r *http.Request, status int, header http.Header, body string) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewBufferString(body)), Request: r}
}

func TestEveryRequestHasADeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		api.Break(twilioapi.Fault{Kind: twilioapi.Stuck, From: 1})
		began := time.Now()
		_, err := sit(t, api, release.Options{}).Settings(context.Background())
		require.ErrorContains(t, err, "no answer from flex-api.twilio.com in time. Check the network and run it again, it goes on from here")
		require.GreaterOrEqual(t, time.Since(began), 5*30*time.Second)
		require.Less(t, time.Since(began), 5*time.Minute)
		require.Len(t, api.Journal(), 5, "and is tried a few times")
	})
}

func TestTwilioSaysHowLongToWait(t *testing.T) {
	t.Parallel()
	for name, header := range map[string]func() string{
		"in seconds":   func() string { return "7" },
		"until a time": func() string { return time.Now().Add(7 * time.Second).UTC().Format(http.TimeFormat) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api, n := newAPI(), 0
				d := sit(t, api, release.Options{Transport: tripper(func(r *http.Request) (*http.Response, error) {
					if n++; n == 1 {
						return reply(r, http.StatusTooManyRequests, http.Header{"Retry-After": {header()}}, `{}`), nil
					}
					return api.Transport().RoundTrip(r)
				})})
				began := time.Now()
				_, err := d.Settings(context.Background())
				require.NoError(t, err)
				require.GreaterOrEqual(t, time.Since(began), 6*time.Second)
				require.Less(t, time.Since(began), 9*time.Second)
			})
		})
	}
}

func TestWaitsDiffer(t *testing.T) {
	t.Parallel()
	waits := map[time.Duration]bool{}
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			api := newAPI()
			api.Break(twilioapi.Fault{Kind: twilioapi.BrokenBefore, From: 1, To: 1})
			began := time.Now()
			_, err := sit(t, api, release.Options{}).Settings(context.Background())
			require.NoError(t, err)
			require.Less(t, time.Since(began), time.Second)
			waits[time.Since(began)] = true
		})
	}
	require.Greater(t, len(waits), 15)
}

func TestCredentialsGoNowhereElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := ""
		d := sit(t, newAPI(), release.Options{Transport: tripper(func(r *http.Request) (*http.Response, error) {
			asked += r.URL.Host + " "
			if r.URL.Path == "/v1/Configuration" {
				return reply(r, http.StatusOK, nil, `{"account_sid":"`+accountSID+`"}`), nil
			}
			return reply(r, http.StatusOK, nil, `{"services":[],"meta":{"next_page_url":"https://serverless.twilio.com.evil.com/v1/Services?PageToken=2"}}`), nil
		})})
		_, err := d.Deploy(context.Background(), deploy("0.1.0"))
		require.ErrorContains(t, err, "serverless.twilio.com.evil.com is not a host of Twilio's, so the credentials are not sent there")
		require.Equal(t, "flex-api.twilio.com serverless.twilio.com ", asked)
	})
	synctest.Test(t, func(t *testing.T) {
		d := sit(t, newAPI(), release.Options{Transport: tripper(func(r *http.Request) (*http.Response, error) {
			return reply(r, http.StatusFound, http.Header{"Location": {"https://evil.com/"}}, ""), nil
		})})
		_, err := d.Settings(context.Background())
		require.ErrorContains(t, err, "302 Found")
	})
}

func TestRegionAndEdgeAreInTheHost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		vars := map[string]string{
			"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_API_KEY": keySID, "TWILIO_API_SECRET": keySecret, "TWILIO_REGION": "au1", "TWILIO_EDGE": "sydney",
		}
		c, err := release.FromEnv(env(vars))
		require.NoError(t, err)
		api := newAPI()
		_, err = release.Open(c, release.Options{Transport: api.Transport()}).Deploy(context.Background(), deploy("0.1.0"))
		require.NoError(t, err)
		hosts := map[string]bool{}
		for _, r := range api.Journal() {
			hosts[r.Host] = true
		}
		require.Equal(t, map[string]bool{"flex-api.sydney.au1.twilio.com": true, "serverless.sydney.au1.twilio.com": true, "serverless-upload.sydney.au1.twilio.com": true}, hosts)
	})
}

func TestWhatIsSaidOfErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		body   string
		want   string
	}{
		"wrong credentials":     {401, `{"code":20003,"message":"Authenticate ` + authToken + `"}`, "release: GET /v1/Configuration: 401 Unauthorized: Authenticate [hidden]. The credentials are not right: check TWILIO_ACCOUNT_SID"},
		"a key that may not":    {403, `{"code":20003,"message":"no"}`, "a restricted API key must be allowed Flex and Serverless"},
		"a gateway's page":      {502, `<html>` + authToken + `</html>`, "502 Bad Gateway. Twilio is not well"},
		"an answer in no JSON":  {200, `<html>`, "the answer is no JSON"},
		"an answer of nonsense": {200, `[1]`, "the Flex Configuration: json"},
		"another account's":     {200, `{"account_sid":"AC00000000000000000000000000000000"}`, "the credentials are those of account AC00000000000000000000000000000000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := sit(t, newAPI(), release.Options{Transport: tripper(func(r *http.Request) (*http.Response, error) {
					return reply(r, test.status, nil, test.body), nil
				})})
				_, err := d.Settings(context.Background())
				require.ErrorContains(t, err, test.want)
				keeps(t, err)
			})
		})
	}
}

// TestOverTheNetwork does once what the other tests do without one.
func TestOverTheNetwork(t *testing.T) {
	t.Parallel()
	api := twilioapi.New(twilioapi.Options{AccountSID: accountSID, AuthToken: authToken})
	server := httptest.NewTLSServer(api)
	t.Cleanup(server.Close)
	network := server.Client().Transport
	d := sit(t, api, release.Options{Transport: tripper(func(r *http.Request) (*http.Response, error) {
		r.Host = r.URL.Host
		r.URL.Host = server.Listener.Addr().String()
		return network.RoundTrip(r)
	})})
	api.Break(
		twilioapi.Fault{Kind: twilioapi.CutBefore, From: 2, To: 2},
		twilioapi.Fault{Kind: twilioapi.Cut, From: 4, To: 4},
		twilioapi.Fault{Kind: twilioapi.Broken, From: 7, To: 7},
	)
	_, err := d.Deploy(t.Context(), deploy("0.1.0"))
	require.NoError(t, err)
	require.Equal(t, []string{"flex-caselog 0.1.0 3"}, api.Released())
}
