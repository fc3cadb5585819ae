package softphone_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/softphone"
)

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
		"voice that comes while Flex starts is no news": {
			func(d *desk) {
				d.Connected(d)
				d.Telephone(softphone.NoVoice)
				time.Sleep(5 * time.Second)
				d.Telephone(softphone.None)
			}, []string{"off", "on"}, 0,
		},
		"two short losses of voice are not a long one": {
			func(d *desk) {
				d.Connected(d)
				for range 2 {
					d.Telephone(softphone.NoVoice)
					time.Sleep(8 * time.Second)
					d.Telephone(softphone.None)
					time.Sleep(time.Second)
				}
			}, []string{"off", "on", "off", "on"}, 0,
		},
		"a page that leaves does not tell of voice": {
			func(d *desk) {
				d.Connected(d)
				d.Telephone(softphone.NoVoice)
				time.Sleep(5 * time.Second)
				d.Leave(func() {})
			}, []string{"off"}, 0,
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
		"a page that can't do it is asked once": {
			func(d *desk) {
				d.fails = []error{errImpossible}
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

func TestClicksAreHeardBeforeTheyAreInvited(t *testing.T) {
	t.Parallel()
	seconds := func(all ...time.Duration) []time.Duration {
		for i := range all {
			all[i] *= time.Second
		}
		return all
	}
	slow := hearing{14 * time.Second, nil}
	tests := map[string]struct {
		hearing []hearing
		do      func(d *desk) // while the page is asked
		want    []string
		listens []time.Duration // when
		warned  []string
	}{
		"by a page that takes its time": {
			hearing: []hearing{slow}, want: []string{"on"}, listens: seconds(0),
		},
		"also where the telephone is heard of meanwhile": {
			hearing: []hearing{slow},
			do: func(d *desk) {
				d.Telephone(softphone.Busy)
				time.Sleep(time.Second)
				d.Telephone(softphone.None)
			},
			want: []string{"on"}, listens: seconds(0),
		},
		"and not invited where the agent has gone off meanwhile": {
			hearing: []hearing{slow}, do: func(d *desk) { d.Telephone(softphone.Offline) },
			want: []string{"off"}, listens: seconds(0),
		},
		"but the panel opens meanwhile": {
			hearing: []hearing{slow}, do: func(d *desk) { d.Ringing() },
			want: []string{"panel", "on"}, listens: seconds(0),
		},
		"by a page that did not answer at first": {
			hearing: []hearing{late}, want: []string{"on"}, listens: seconds(0, 25),
			warned: []string{"clicks on numbers are not heard yet: no answer: context deadline exceeded"},
		},
		"by a page that errs in one way and another": {
			hearing: []hearing{{0, errRefused}, late, {time.Second, errRefused}, slow},
			want:    []string{"on"}, listens: seconds(0, 10, 35, 46),
			warned: []string{
				"clicks on numbers are not heard yet: refused",
				"clicks on numbers are not heard yet: no answer: context deadline exceeded",
				"clicks on numbers are not heard yet: refused",
			},
		},
		"and never invited where the page never can": {
			hearing: []hearing{{0, errImpossible}},
			do: func(d *desk) {
				d.Telephone(softphone.Busy)
				d.Telephone(softphone.None)
			},
			listens: seconds(0),
			warned:  []string{"click-to-dial is off, for this page can't do it: no method: softphone: this page can't do that"},
		},
		"and never invited where the page says late that it never can": {
			hearing: []hearing{late, {0, errImpossible}},
			listens: seconds(0, 25),
			warned: []string{
				"clicks on numbers are not heard yet: no answer: context deadline exceeded",
				"click-to-dial is off, for this page can't do it: no method: softphone: this page can't do that",
			},
		},
		"unless the program ends while it asks": {
			hearing: []hearing{slow}, do: func(d *desk) { d.stop() }, listens: seconds(0),
		},
		"unless the program ends before it asks again": {
			hearing: []hearing{{0, errRefused}}, do: func(d *desk) { d.stop() }, listens: seconds(0),
			warned: []string{"clicks on numbers are not heard yet: refused"},
		},
		"unless the page leaves meanwhile": {
			hearing: []hearing{slow}, do: func(d *desk) { d.Leave(func() { d.asked = append(d.asked, "gone") }) },
			want: []string{"gone"}, listens: seconds(0),
		},
		"unless the page leaves before it is asked again": {
			hearing: []hearing{{0, errRefused}}, do: func(d *desk) { d.Leave(func() { d.asked = append(d.asked, "gone") }) },
			want: []string{"gone"}, listens: seconds(0),
			warned: []string{"clicks on numbers are not heard yet: refused"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t, softphone.Config{ClickToDial: true, OpenPanelOnRing: true})
				d.hearing = tt.hearing
				d.Telephone(softphone.None)
				go d.Connected(d)
				time.Sleep(time.Second)
				synctest.Wait()
				if tt.do != nil {
					tt.do(d)
				}
				for range 5 {
					settle()
				}
				require.Equal(t, tt.want, d.asked)
				require.Equal(t, tt.listens, d.listens)
				require.Equal(t, tt.warned, d.warned)
			})
		})
	}
}

func TestAProgramThatHasEndedSaysNothing(t *testing.T) {
	t.Parallel()
	for name, connected := range map[string]func(d *desk){
		"of clicks": func(d *desk) {
			d.stop()
			d.hearing = []hearing{{0, errImpossible}}
			d.Connected(d)
		},
		"of what could not be switched": func(d *desk) {
			d.Connected(d)
			d.stop()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t, softphone.Config{ClickToDial: true})
				d.Telephone(softphone.None)
				connected(d)
				settle()
				require.Empty(t, d.asked)
				require.Empty(t, d.warned)
			})
		})
	}
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
