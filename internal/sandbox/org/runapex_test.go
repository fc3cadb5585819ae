package org_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/org"
)

func TestRunApex(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	a := o.RunApex(ctx, "Door", "openCase", "subject=hello")
	require.True(t, a.Success)
	require.Equal(t, map[string]any{"runApex": map[string]any{
		"attributes": map[string]any{"type": "Case"}, "Id": "5005g0000000001AAA", "CaseNumber": "00001001", "Subject": "hello",
	}}, a.ReturnValue)
	require.Empty(t, o.Warnings())

	for name, tc := range map[string]struct {
		class, method, params string
		says                  string
	}{
		"a method that is not there":  {"Door", "missing", "", "Door.missing: no such webservice method"},
		"a parameter that is missing": {"Door", "who", "", "parameter p of Door.who is missing"},
		"a parameter too many":        {"Door", "who", "p=1&q=2", "Door.who has no parameter q"},
		"an exception in the method":  {"Door", "half", "subject=x", "System.DmlException: Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := o.RunApex(context.WithoutCancel(ctx), tc.class, tc.method, tc.params)
			require.False(t, a.Success)
			require.Nil(t, a.ReturnValue)
			require.Len(t, a.Errors, 1)
			require.Equal(t, "SERVER_ERROR", a.Errors[0].Code)
			require.Contains(t, a.Errors[0].Description, tc.says)
		})
	}
	cases, err := o.Records(ctx, "Case")
	require.NoError(t, err)
	require.Len(t, cases, 1, "what a failing method wrote is undone")
}

func TestApexAndSaveLogMeetTheSameRules(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	kase := insert(t, o, "Case", nil)
	a := o.RunApex(ctx, "Door", "twice", "kase="+kase)
	require.Equal(t, map[string]any{"runApex": "DUPLICATE_VALUE"}, a.ReturnValue)
	require.Equal(t, "DUPLICATE_VALUE", detail(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase, "Key__c": "K"})).ErrorCode)

	saved(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase, "Code__c": "MiX"}))
	require.Equal(t, map[string]any{"runApex": int64(1)}, o.RunApex(ctx, "Door", "count", "code=mix").ReturnValue, "Apex sees what saveLog wrote, capitals apart")
}

func TestDecodeModes(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		decode org.Decode
		params string
		want   string
		warns  bool
	}{
		"plain characters read the same in a form":     {org.DecodeForm, "p=aZ09_.-", "aZ09_.-", false},
		"plain characters read the same in a URL":      {org.DecodePercent, "p=aZ09_.-", "aZ09_.-", false},
		"plain characters read the same as they are":   {org.DecodeNone, "p=aZ09_.-", "aZ09_.-", false},
		"a plus is a space in a form":                  {org.DecodeForm, "p=%2B44+20", "+44 20", true},
		"a plus stays in a URL":                        {org.DecodePercent, "p=%2B44+20", "+44+20", true},
		"nothing is decoded":                           {org.DecodeNone, "p=%2B44+20", "%2B44+20", true},
		"what cannot be decoded stays":                 {org.DecodeForm, "p=100%", "100%", true},
		"a second equals sign belongs to the value":    {org.DecodeNone, "p=a=b", "a=b", true},
		"the first of two of one name wins":            {org.DecodeNone, "p=a&p=b", "a", true},
		"an empty part is warned of and passed over":   {org.DecodeNone, "p=a&", "a", true},
		"the form is the mode where none is said":      {"", "p=a+b", "a b", true},
		"an empty value is an empty text, no warnings": {org.DecodeForm, "p=", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openWith(t, org.Config{ProjectDir: project(t, nil), Decode: tc.decode})
			a := o.RunApex(t.Context(), "Door", "who", tc.params)
			require.True(t, a.Success, "%+v", a.Errors)
			require.Equal(t, map[string]any{"runApex": tc.want}, a.ReturnValue)
			require.Equal(t, tc.warns, len(o.Warnings()) > 0)
			for _, w := range o.Warnings() {
				require.NotContains(t, w, "44", "a warning does not tell what a customer's number is")
			}
		})
	}
}

// TestManyAtOnce runs under -race: transactions take turns, and every one is seen by the next.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	kase := insert(t, o, "Case", nil)
	var all sync.WaitGroup
	wins := make(chan string, 40)
	for range 20 {
		all.Go(func() {
			if a := o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase, "Key__c": "same"}); a.Success {
				wins <- "one"
			}
		})
		all.Go(func() { o.RunApex(ctx, "Door", "openCase", "subject=x") })
		all.Go(func() {
			_, err := o.Records(ctx, "Case")
			if err != nil {
				wins <- err.Error()
			}
		})
	}
	all.Wait()
	close(wins)
	require.Equal(t, "one", <-wins)
	require.Empty(t, wins, "one key, one row")
	cases, err := o.Records(ctx, "Case")
	require.NoError(t, err)
	require.Len(t, cases, 21)
}

func TestACallerThatGoesAwayCostsNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	gone, stop := context.WithCancel(t.Context())
	stop()
	require.False(t, o.RunApex(gone, "Door", "openCase", "subject=x").Success)
	require.False(t, o.SaveLog(gone, map[string]any{"entityApiName": "Case"}).Success)
	cases, err := o.Records(t.Context(), "Case")
	require.NoError(t, err, "the records in memory are still there")
	require.Empty(t, cases)
}
