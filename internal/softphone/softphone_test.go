package softphone_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/softphone"
	"flexcaselog/internal/span"
)

// desk is a page of Salesforce and a Flex that write down what they are asked.
type desk struct {
	*softphone.Softphone
	mu      sync.Mutex
	asked   []string
	dialled []string
	related []map[string]any
	told    []string
	warned  []string
	click   func(softphone.Click)

	fails             []error       // of the next calls that switch
	takes             time.Duration // a call
	number, extension string
	noNumber, noFlex  error
	deaf              error
}

var errRefused = errors.New("refused")

func newDesk(t *testing.T, c softphone.Config) *desk {
	t.Helper()
	d := &desk{takes: 10 * time.Millisecond, number: "+442079460958"}
	c.Flex = d
	c.Tell = d.add(&d.told)
	once := map[string]bool{}
	c.TellOnce = func(sentence string) {
		if !once[sentence] {
			c.Tell(sentence)
		}
		once[sentence] = true
	}
	c.Warn = d.add(&d.warned)
	c.Note = func(string) {}
	ctx, stop := span.WithCancel(t.Context())
	t.Cleanup(stop)
	d.Softphone = softphone.New(ctx, c)
	return d
}

func (d *desk) add(to *[]string) func(string) {
	return func(line string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		*to = append(*to, line)
	}
}

func (d *desk) switched(ctx span.Context, what string) error {
	select {
	case <-time.After(d.takes):
	case <-ctx.Done():
		return ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, what)
	if len(d.fails) > 0 {
		err := d.fails[0]
		d.fails = d.fails[1:]
		return err
	}
	return nil
}

func (d *desk) ShowPanel(ctx span.Context) error          { return d.switched(ctx, "panel") }
func (d *desk) EnableClickToDial(ctx span.Context) error  { return d.switched(ctx, "on") }
func (d *desk) DisableClickToDial(ctx span.Context) error { return d.switched(ctx, "off") }

func (d *desk) OnClickToDial(_ span.Context, heard func(softphone.Click)) error {
	d.click = heard
	return d.deaf
}

func (d *desk) Dialable(span.Context, string) (string, string, error) {
	time.Sleep(d.takes)
	return d.number, d.extension, d.noNumber
}

func (d *desk) Dial(number string, attributes map[string]any) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dialled = append(d.dialled, number)
	d.related = append(d.related, attributes)
	return d.noFlex
}

// settle lets everything come to rest.
func settle() {
	time.Sleep(time.Minute)
	synctest.Wait()
}

func TestNumbersCanBeClickedWhileTheAgentCanCall(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		do   func(d *desk)
		want []string
		told int
	}{
		"an agent who can call": {
			func(d *desk) { d.Telephone(softphone.None); d.Connected(d) }, []string{"on"}, 0,
		},
		"Salesforce comes first, and an earlier life of the frame had left them on": {
			func(d *desk) { d.Connected(d); settle(); d.Telephone(softphone.None) }, []string{"off", "on"}, 0,
		},
		"the agent goes offline": {
			func(d *desk) {
				d.Telephone(softphone.None)
				d.Connected(d)
				settle()
				d.Telephone(softphone.Offline)
			}, []string{"on", "off"}, 1,
		},
		"a reason that changes is no new switch, but is told": {
			func(d *desk) {
				d.Connected(d)
				d.Telephone(softphone.Offline)
				settle()
				d.Telephone(softphone.NoVoice)
			}, []string{"off"}, 2,
		},
		"each reason is told once": {
			func(d *desk) {
				d.Connected(d)
				for range 3 {
					d.Telephone(softphone.Busy)
					settle()
					d.Telephone(softphone.None)
					settle()
				}
			}, []string{"off", "on", "off", "on", "off", "on"}, 1,
		},
		"what is said while Salesforce is asked is asked afterwards": {
			func(d *desk) {
				d.takes = time.Second
				d.Telephone(softphone.None)
				d.Connected(d)
				time.Sleep(time.Millisecond)
				d.Telephone(softphone.Busy)
				d.Telephone(softphone.None)
				d.Telephone(softphone.Busy)
			}, []string{"on", "off"}, 1,
		},
		"a refusal is tried again": {
			func(d *desk) {
				d.fails = []error{errRefused, errRefused}
				d.Telephone(softphone.None)
				d.Connected(d)
			}, []string{"on", "on", "on"}, 0,
		},
		"clicks that can't be heard are not invited": {
			func(d *desk) { d.deaf = errRefused; d.Telephone(softphone.None); d.Connected(d) }, nil, 0,
		},
		"clicks that can't be heard are not invited later either": {
			func(d *desk) {
				d.deaf = errRefused
				d.Connected(d)
				d.Telephone(softphone.None)
				d.Telephone(softphone.Busy)
			}, nil, 0,
		},
		"a page that can't do it is asked once": {
			func(d *desk) {
				d.fails = []error{fmt.Errorf("no method: %w", softphone.ErrImpossible)}
				d.Telephone(softphone.None)
				d.Connected(d)
			}, []string{"on"}, 0,
		},
		"a page that leaves is not clicked in vain": {
			func(d *desk) {
				d.Telephone(softphone.None)
				d.Connected(d)
				settle()
				d.Leave(func() { d.asked = append(d.asked, "gone") })
				settle()
				d.Telephone(softphone.Busy)
				d.Telephone(softphone.None)
			}, []string{"on", "off", "gone"}, 0,
		},
		"a page that leaves does not wait for a Salesforce that is silent": {
			func(d *desk) {
				d.Telephone(softphone.None)
				d.Connected(d)
				settle()
				d.takes = time.Hour
				began := time.Now()
				gone := make(chan time.Duration)
				d.Leave(func() { gone <- time.Since(began) })
				if took := <-gone; took > time.Second {
					d.asked = append(d.asked, "late")
				}
			}, []string{"on"}, 0,
		},
		"a page that was never connected leaves at once": {
			func(d *desk) { d.Leave(func() { d.asked = append(d.asked, "gone") }) }, []string{"gone"}, 0,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t, softphone.Config{ClickToDial: true})
				tt.do(d)
				settle()
				require.Equal(t, tt.want, d.asked)
				require.Len(t, d.told, tt.told)
			})
		})
	}
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
				d := newDesk(t, softphone.Config{ClickToDial: true})
				d.Telephone(softphone.None)
				d.Connected(d)
				settle()
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
		d := newDesk(t, softphone.Config{ClickToDial: true})
		d.Telephone(softphone.None)
		d.Connected(d)
		settle()
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
		d := newDesk(t, softphone.Config{ClickToDial: true})
		d.Telephone(softphone.None)
		d.Connected(d)
		d.click(softphone.Click{Number: "1"})
		settle()
		d.click(softphone.Click{Number: "1"})
		settle()
		require.Len(t, d.dialled, 2)
	})
}

func TestThePanelOpensWhenItRings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, softphone.Config{OpenPanelOnRing: true})
		d.Ringing() // nobody is there to be asked yet
		d.Connected(d)
		d.fails = []error{errRefused}
		d.Ringing()
		settle()
		require.Equal(t, []string{"panel"}, d.asked)
		require.Len(t, d.warned, 1)
	})
}

func TestNothingIsDoneThatNobodyWants(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, softphone.Config{})
		d.Connected(d)
		d.Ringing()
		d.Telephone(softphone.Offline)
		settle()
		require.Empty(t, d.asked)
		require.Empty(t, d.told)
		require.Nil(t, d.click)
	})
}
