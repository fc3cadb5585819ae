package salesforce_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/salesforce"
)

func TestScreenPop(t *testing.T) {
	t.Parallel()
	ask := caselog.ScreenPop{Reservation: "WR1", Case: "500000000000001AAA", Contact: "003000000000001AAA", Task: task}
	nobody := ask
	nobody.Contact, nobody.Task = "", caselog.Task{SID: "WT1", From: "anonymous"}
	byMail := ask
	byMail.Task = caselog.Task{SID: "WT1", CustomerAddress: "ada@example.com", Direction: caselog.Outbound}
	tests := map[string]struct {
		target string
		ask    caselog.ScreenPop
		shown  string
		want   []string
		there  bool
	}{
		"the Case":                                    {target: "case", ask: ask, want: []string{"pop 500000000000001AAA"}},
		"the Case is on the screen":                   {target: "case", ask: ask, shown: "500000000000001AAA", there: true},
		"another Case is on the screen":               {target: "case", ask: ask, shown: "500000000000002AAA", want: []string{"pop 500000000000001AAA"}},
		"the Contact":                                 {target: "contact", ask: ask, want: []string{"pop 003000000000001AAA"}},
		"the Contact is on the screen":                {target: "contact", ask: ask, shown: "003000000000001AAA", there: true},
		"the Case where there is no Contact":          {target: "contact", ask: nobody, want: []string{"pop 500000000000001AAA"}},
		"a search for the number":                     {target: "search", ask: ask, want: []string{"search +442071838750 inbound map[LastName:Ada Phone:+442071838750]"}},
		"a search for the address":                    {target: "search", ask: byMail, want: []string{"search ada@example.com outbound map[Email:ada@example.com]"}},
		"the Case where there is nothing to look for": {target: "search", ask: nobody, want: []string{"pop 500000000000001AAA"}},
		"a flow": {target: "flow:Greet_Caller", ask: ask, want: []string{
			"flow Greet_Caller [{engagement String KD1} {caseId String 500000000000001AAA} {phone String 442071838750}]",
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opts := names
			opts.PopTarget = tt.target
			cti := &recorder{shown: tt.shown}
			org := salesforce.New(cti, opts)
			require.Equal(t, tt.there, org.OnScreen(t.Context(), tt.ask))
			require.Empty(t, cti.asked, "to look changes nothing")
			if tt.there {
				return
			}
			require.NoError(t, org.ScreenPop(t.Context(), tt.ask))
			require.Equal(t, tt.want, cti.asked)
			cti.err = refusal("INVALID_PARAM", "")
			require.Error(t, org.ScreenPop(t.Context(), tt.ask))
		})
	}
}
