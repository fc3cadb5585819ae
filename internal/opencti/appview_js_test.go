package opencti

import (
	"testing"

	"flexcaselog/internal/span"
)

func TestAppView(t *testing.T) {
	answer := func(value string) string { return `a.callback({success: true, returnValue: ` + value + `})` }
	try(t, "getAppViewInfo", map[string]way{
		"answers later": {
			body: `setTimeout(() => a.callback({success: true, returnValue: {url: "/x"}}), 1)`,
			want: AppView{URL: "/x"},
		},
		"answers at once": {
			body: answer(`{url: "/x", recordId: "0011", recordName: "Ann", objectType: "Account", accountId: "0011", contactId: "0031", personAccount: true, more: 1}`),
			want: AppView{URL: "/x", RecordID: "0011", RecordName: "Ann", ObjectType: "Account", AccountID: "0011", ContactID: "0031", PersonAccount: true},
		},
		"answers null":               {body: answer(`null`), want: AppView{}},
		"answers nulls":              {body: answer(`{url: null, personAccount: null}`), want: AppView{}},
		"answers a success only":     {body: `a.callback({success: true})`, wantErr: "opencti: getAppViewInfo: strange answer: returnValue is undefined"},
		"answers a text":             {body: answer(`"/x"`), wantErr: "opencti: getAppViewInfo: strange answer: returnValue is string"},
		"answers another type":       {body: answer(`{url: 5}`), wantErr: "opencti: getAppViewInfo: strange answer: url is a number, not a string"},
		"answers another type still": {body: answer(`{personAccount: "no"}`), wantErr: "opencti: getAppViewInfo: strange answer: personAccount is a string, not a boolean"},
	}, func(ctx span.Context, c *Client) (any, error) {
		return c.AppView(ctx)
	})
}
