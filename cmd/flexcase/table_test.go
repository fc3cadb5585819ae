package main

import (
	"bytes"
	"testing"
	"time"

	"flexcaselog/internal/sandbox"

	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	t.Parallel()
	five := 5
	noon := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	err := table(&out, sandbox.Case{ID: "500", Number: "00001001", Subject: "Call from Ann", Origin: "Phone"}, []sandbox.Log{
		{ID: "a00", Name: "Ann - Reservation accepted", Status: sandbox.StatusAccepted, Start: noon, Duration: &five, EndedBy: "customer"},
		{ID: "a01", Name: "Ann - Wrapup", Status: sandbox.StatusWrapup, Start: noon.Add(5 * time.Second)},
	})
	require.NoError(t, err)
	require.Equal(t, `
Case 00001001  Phone  Call from Ann  (500)

  STATUS                STARTED (UTC)        LASTED  ENDED BY  NAME                        ID
  Reservation accepted  2026-05-04 12:00:00  5 s     customer  Ann - Reservation accepted  a00
  Wrapup                2026-05-04 12:00:05  -       -         Ann - Wrapup                a01
`, out.String())
}
