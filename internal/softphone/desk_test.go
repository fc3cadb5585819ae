package softphone_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"flexcaselog/internal/softphone"
	"flexcaselog/internal/span"
)

// desk is a page of Salesforce and a Flex that write down what they are asked.
type desk struct {
	*softphone.Softphone
	stop    func() // ends the program
	began   time.Time
	mu      sync.Mutex
	asked   []string
	listens []time.Duration // when it was asked to have clicks heard
	dialled []string
	related []map[string]any
	told    []string
	warned  []string
	click   func(softphone.Click)

	hearing           []hearing     // what comes of being asked for clicks; in the end they are heard
	fails             []error       // of the next calls that switch
	takes             time.Duration // a call
	number, extension string
	noNumber, noFlex  error
}

// hearing is what comes of asking a page to have clicks heard.
type hearing struct {
	takes time.Duration
	err   error
}

var (
	errRefused    = errors.New("refused")
	errImpossible = fmt.Errorf("no method: %w", softphone.ErrImpossible)
	// late is a page that does not answer in time.
	late = hearing{15 * time.Second, fmt.Errorf("no answer: %w", span.DeadlineExceeded)}
)

func newDesk(t *testing.T, c softphone.Config) *desk {
	t.Helper()
	d := &desk{began: time.Now(), takes: 10 * time.Millisecond, number: "+442079460958"}
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
	d.stop = stop
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
	if what == "on" && d.click == nil {
		what = "on, and nobody hears"
	}
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

func (d *desk) OnClickToDial(ctx span.Context, heard func(softphone.Click)) error {
	d.mu.Lock()
	d.listens = append(d.listens, time.Since(d.began))
	var next hearing
	if len(d.hearing) > 0 {
		next, d.hearing = d.hearing[0], d.hearing[1:]
	}
	d.mu.Unlock()
	if !span.Sleep(ctx, next.takes) {
		return ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if next.err == nil {
		d.click = heard
	}
	return next.err
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
