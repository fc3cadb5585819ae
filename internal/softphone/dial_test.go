package softphone_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/softphone"
)

// clickableDesk returns a desk whose numbers can be clicked.
func clickableDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, softphone.Config{ClickToDial: true})
	d.Telephone(softphone.None)
	d.Connected(d)
	settle()
	return d
}

func TestAClickedNumberIsCalled(t *testing.T) {
	t.Parallel()
	contact := softphone.Click{Number: "020 7946 0958", Record: "003A", RecordName: "Ada Lovelace", Object: "Contact"}
	tests := map[string]struct {
		click   softphone.Click
		prior   func(d *desk)
		dialled []string
		related map[string]any
		told    string
	}{
		"on a contact": {
			click: contact, dialled: []string{"+442079460958"}, related: map[string]any{"recordId": "003A", "customerName": "Ada Lovelace"},
		},
		"on a case, whose name is nobody's": {
			click:   softphone.Click{Number: "020 7946 0958", Record: "500A", RecordName: "00001001", Object: "Case"},
			dialled: []string{"+442079460958"}, related: map[string]any{"recordId": "500A"},
		},
		"on no record": {
			click: softphone.Click{Number: "020 7946 0958"}, dialled: []string{"+442079460958"}, related: map[string]any{},
		},
		"with an extension": {
			click: contact, prior: func(d *desk) { d.extension = "12" }, dialled: []string{"+442079460958"},
			related: map[string]any{"recordId": "003A", "customerName": "Ada Lovelace"}, told: "The extension is 12",
		},
		"that is none":                 {click: contact, prior: func(d *desk) { d.number = "" }, told: "not a number"},
		"that nobody can make out":     {click: contact, prior: func(d *desk) { d.noNumber = errRefused }, told: "could not work out"},
		"by an agent who has gone off": {click: contact, prior: func(d *desk) { d.Telephone(softphone.Offline) }, told: "while you are offline"},
		"that Flex does not take": {
			click: contact, prior: func(d *desk) { d.noFlex = errRefused }, dialled: []string{"+442079460958"},
			related: map[string]any{"recordId": "003A", "customerName": "Ada Lovelace"}, told: "could not call",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := clickableDesk(t)
				if tt.prior != nil {
					tt.prior(d)
				}
				d.click(tt.click)
				d.click(tt.click) // twice, as people do
				settle()
				require.Equal(t, tt.dialled, d.dialled)
				if tt.dialled != nil {
					require.Equal(t, tt.related, d.related[0])
				}
				if tt.told == "" {
					require.Empty(t, d.told)
					return
				}
				require.Contains(t, d.told[len(d.told)-1], tt.told)
			})
		})
	}
}

func TestAnAgentWhoGetsACallWhileTheNumberIsWorkedOutIsNotConnectedTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := clickableDesk(t)
		d.takes = 10 * time.Second
		d.click(softphone.Click{Number: "020 7946 0958"})
		d.click(softphone.Click{Number: "020 7946 0959"})
		time.Sleep(time.Second)
		d.Telephone(softphone.Busy)
		settle()
		require.Empty(t, d.dialled)
		require.Contains(t, d.told[0], "still being worked out")
		require.Contains(t, d.told[len(d.told)-1], "while you have a call")
	})
}

func TestTwoClicksAfterOneAnotherAreTwoCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := clickableDesk(t)
		d.click(softphone.Click{Number: "1"})
		settle()
		d.click(softphone.Click{Number: "1"})
		settle()
		require.Len(t, d.dialled, 2)
	})
}
