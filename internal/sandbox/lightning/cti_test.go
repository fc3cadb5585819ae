package lightning_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

func TestCallsReachTheOrg(t *testing.T) {
	t.Parallel()
	org := seeded()
	c := newConsole(t, org)

	made := createRecords(t, c)
	require.True(t, made.Response.Success)
	require.Nil(t, made.Response.Errors)
	require.Equal(t, []string{"TwilioCaseController.createRecords?phone=1&engagement=KD1&details="}, org.apex)

	created := call(t, c, "saveLog", map[string]any{"object": map[string]any{"entityApiName": "TwilioCallLog__c", "Case__c": caseID}})
	id := created.Response.ReturnValue.(map[string]any)["recordId"].(string)
	updated := call(t, c, "saveLog", map[string]any{"object": map[string]any{"entityApiName": "TwilioCallLog__c", "Id": id, "Duration__c": 5}})
	require.True(t, updated.Response.Success)

	for _, value := range []any{nil, "{}", 1} {
		refused := call(t, c, "saveLog", map[string]any{"object": value})
		require.Equal(t, lightning.CodeInvalidParam, refused.Response.Errors[0].Code)
	}
	require.True(t, call(t, c, "getAppViewInfo", nil).Here, "the page knows its view")
	require.True(t, call(t, c, "getCallCenterSettings", nil).Response.Success)
	require.True(t, call(t, c, "getSoftphoneLayout", nil).Response.Success)
}

func TestScreenPop(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args    map[string]any
		want    map[string]any
		wantErr string
	}{
		"a record that is there": {
			args: map[string]any{"type": "sobject", "params": map[string]any{"recordId": caseID}},
			want: map[string]any{"type": "sobject", "object": "Case", "params": map[string]any{"recordId": caseID}},
		},
		"a record that is not there": {
			args: map[string]any{"type": "sobject", "params": map[string]any{"recordId": "500000000000099AAA"}},
			want: map[string]any{"type": "sobject", "object": "Record", "params": map[string]any{"recordId": "500000000000099AAA"}},
		},
		"a form for a new record": {
			args: map[string]any{"type": "newRecord", "params": map[string]any{"entityName": "Contact"}},
			want: map[string]any{"type": "newRecord", "object": "Record", "params": map[string]any{"entityName": "Contact"}},
		},
		"a record without an id":   {args: map[string]any{"type": "sobject", "params": map[string]any{}}, wantErr: lightning.CodeInvalidParam},
		"a type that there is not": {args: map[string]any{"type": "SOBJECT", "params": map[string]any{}}, wantErr: lightning.CodeInvalidParam},
		"nothing":                  {wantErr: lightning.CodeInvalidParam},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, seeded())
			v := call(t, c, "screenPop", tt.args)
			if tt.wantErr != "" {
				require.Equal(t, tt.wantErr, v.Response.Errors[0].Code)
				require.Empty(t, c.Pops())
				return
			}
			require.True(t, v.Response.Success)
			require.Nil(t, v.Response.ReturnValue)
			require.Equal(t, tt.want, v.Pop)
			require.Len(t, c.Pops(), 1)
		})
	}
}

func TestSearchAndScreenPop(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args     map[string]any
		wantPop  string
		wantHits int
	}{
		"one contact by number":    {map[string]any{"searchParams": "4155550123"}, "sobject", 1},
		"one contact by name":      {map[string]any{"searchParams": "lovelace"}, "sobject", 1},
		"nobody":                   {map[string]any{"searchParams": "+442079460958"}, "newRecord", 0},
		"nothing to search for":    {map[string]any{}, "newRecord", 0},
		"found, but popped later":  {map[string]any{"searchParams": "lovelace", "deferred": true}, "", 2},
		"nobody, but popped later": {map[string]any{"searchParams": "nobody", "deferred": true}, "", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, seeded())
			v := call(t, c, "searchAndScreenPop", tt.args)
			require.True(t, v.Response.Success)
			require.Len(t, v.Response.ReturnValue, tt.wantHits)
			if tt.wantPop == "" {
				require.Empty(t, c.Pops())
				return
			}
			require.Equal(t, tt.wantPop, c.Pops()[0].Type)
		})
	}
}

func TestFaultsAreForTheirMethodOnly(t *testing.T) {
	t.Parallel()
	org := seeded()
	c := newConsole(t, org)

	c.Mute("runApex")
	require.True(t, createRecords(t, c).Silent)
	require.Empty(t, org.apex, "a muted call is not performed")
	require.True(t, call(t, c, "getAppViewInfo", nil).Here)

	c.Unmute("runApex")
	c.LoseAnswer("runApex")
	lost := createRecords(t, c)
	require.True(t, lost.Lost)
	require.Len(t, org.apex, 1, "a call whose answer is lost is performed")

	c.Unmute("runApex")
	require.False(t, createRecords(t, c).Lost)
}

func TestFailNext(t *testing.T) {
	t.Parallel()
	org := seeded()
	c := newConsole(t, org)
	c.FailNext("runApex", lightning.Error{Code: lightning.CodeServer, Description: "first"})
	c.FailNext("runApex")

	require.Equal(t, []lightning.Error{{Code: lightning.CodeServer, Description: "first"}}, createRecords(t, c).Response.Errors)
	require.Equal(t, lightning.CodeGeneric, createRecords(t, c).Response.Errors[0].Code)
	require.Empty(t, org.apex)
	require.True(t, createRecords(t, c).Response.Success)
}

func TestDelay(t *testing.T) {
	t.Parallel()
	c := newConsole(t, seeded())
	c.Delay("runApex", 30*time.Millisecond)
	began := time.Now()
	require.True(t, createRecords(t, c).Response.Success)
	require.GreaterOrEqual(t, time.Since(began), 30*time.Millisecond)
}

func TestHold(t *testing.T) {
	t.Parallel()
	org := seeded()
	c := newConsole(t, org)
	release := c.Hold("runApex")
	defer release()

	answered := make(chan verdict)
	for range 2 {
		go func() { answered <- createRecords(t, c) }()
	}
	calls, err := c.AwaitCalls(within(t, time.Minute), "runApex", 2)
	require.NoError(t, err)
	require.Len(t, calls, 2, "a held call is on the wire")
	require.True(t, call(t, c, "saveLog", map[string]any{"object": map[string]any{"entityApiName": "Case"}}).Response.Success)
	require.Empty(t, org.apex)

	release()
	release()
	for range 2 {
		require.True(t, (<-answered).Response.Success)
	}
	require.True(t, createRecords(t, c).Response.Success, "later calls are not held")
}

func TestShapes(t *testing.T) {
	t.Parallel()
	const object = `{"CaseNumber":"00001042","Id":"500000000000042AAA"}`
	tests := map[string]struct {
		shape lightning.ApexShape
		want  any
	}{
		"object": {lightning.ApexObject, map[string]any{"Id": caseID, "CaseNumber": "00001042"}},
		"text":   {lightning.ApexJSON, object},
		"quoted": {lightning.ApexQuoted, `"` + strings.ReplaceAll(object, `"`, `\"`) + `"`},
		"id":     {lightning.ApexID, caseID},
		"null":   {lightning.ApexNull, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, seeded())
			c.ShapeApex(tt.shape)
			require.Equal(t, map[string]any{"runApex": tt.want}, createRecords(t, c).Response.ReturnValue)
			none := call(t, c, "runApex", map[string]any{"methodName": "findLog"})
			require.Equal(t, map[string]any{"runApex": nil}, none.Response.ReturnValue, "null is null in every shape")
		})
	}

	c := newConsole(t, seeded())
	c.ShapeSaveLog(lightning.SaveLogBareID)
	v := call(t, c, "saveLog", map[string]any{"object": map[string]any{"entityApiName": "TwilioCallLog__c"}})
	require.IsType(t, "", v.Response.ReturnValue)
}

func TestTheWireIsWrittenDown(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 13, 4, 5, 0, time.UTC)
	c, err := lightning.New(lightning.Config{Origin: origin, AdapterURL: adapter, Org: seeded(), Now: func() time.Time { return at }})
	require.NoError(t, err)
	c.Mute("screenPop")
	call(t, c, "screenPop", map[string]any{"type": "sobject"})
	require.Equal(t, []lightning.Message{{
		At: at, Host: "acme.lightning.force.com", Method: "screenPop", CallID: 3, APIVersion: 62, Callback: true,
		Args: map[string]any{"type": "sobject"},
	}}, c.Wire())

	c.Unmute("screenPop")
	go call(t, c, "screenPop", map[string]any{"type": "sobject", "params": map[string]any{"recordId": caseID}})
	pops, err := c.AwaitPops(within(t, time.Minute), 1)
	require.NoError(t, err)
	require.Equal(t, lightning.Pop{
		At: at, Type: "sobject", Params: map[string]any{"recordId": caseID}, RecordID: caseID, Object: "Case",
	}, pops[0])

	_, err = c.AwaitCalls(within(t, time.Millisecond), "runApex", 1)
	require.Error(t, err)
}

func TestWhatIsNoCallIsRefused(t *testing.T) {
	t.Parallel()
	c := newConsole(t, seeded())
	for _, message := range []string{"", "[]", `{"methodName":1}`} {
		w := httptest.NewRecorder()
		c.ServeHTTP(w, httptest.NewRequest(http.MethodPost, origin+"/sandbox/cti", strings.NewReader(message)))
		require.Equal(t, http.StatusBadRequest, w.Code, message)
	}
	require.Empty(t, c.Wire())
}
