package sandbox

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// switchboard remembers what was done to each reservation.
type switchboard struct {
	status map[string]twilio.Status
	asked  []twilio.Task
}

func (s *switchboard) Ring(task twilio.Task) twilio.Reservation {
	s.asked = append(s.asked, task)
	sid := "WR" + string(rune('0'+len(s.asked)))
	s.status[sid] = twilio.Pending
	return twilio.Reservation{SID: sid, Status: twilio.Pending}
}

func (s *switchboard) Reservation(sid string) (twilio.Reservation, bool) {
	st, ok := s.status[sid]
	return twilio.Reservation{SID: sid, Status: st}, ok
}

func (s *switchboard) CustomerHangsUp(sid string) error {
	s.status[sid] = twilio.Wrapping
	return nil
}

func (s *switchboard) CustomerCancels(sid string) error {
	s.status[sid] = twilio.Canceled
	return nil
}

func TestBarPlaysTheCustomers(t *testing.T) {
	t.Parallel()
	line := &switchboard{status: map[string]twilio.Status{}}
	b := &bar{line: line}
	post := func(errand string) string {
		w := httptest.NewRecorder()
		b.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/customers/"+errand, nil))
		require.Equal(t, http.StatusOK, w.Code)
		return w.Body.String()
	}

	require.Equal(t, "Nobody is on the line.", post("hangup"))
	require.Equal(t, "A call rings.", post("call"))
	require.Equal(t, "A chat comes in.", post("chat"))
	require.Equal(t, []twilio.Task{Caller, {Channel: "chat"}}, line.asked)

	line.status["WR1"] = twilio.Accepted
	require.Equal(t, "The customer did not wait.", post("hangup"), "the latest comes first")
	require.Equal(t, "The customer has hung up.", post("hangup"))
	require.Equal(t, map[string]twilio.Status{"WR1": twilio.Wrapping, "WR2": twilio.Canceled}, line.status)
	require.Equal(t, "Nobody is on the line.", post("hangup"))
}

func TestBarDoesNothingWhenOnlyLookedAt(t *testing.T) {
	t.Parallel()
	line := &switchboard{status: map[string]twilio.Status{}}
	w := httptest.NewRecorder()
	(&bar{line: line}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/customers/call", nil))
	require.Equal(t, http.StatusNotFound, w.Code)
	require.Empty(t, line.asked)
}
