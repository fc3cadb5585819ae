package softphone

import (
	"errors"
	"sync"
	"time"

	"flexcaselog/internal/clock"
	"flexcaselog/internal/span"
)

// retryAfter is how long is waited before Salesforce is asked again to have clicks
// heard, or to make numbers clickable, or not.
const retryAfter = 10 * time.Second

// ringing is how long a task that is offered is news.
const ringing = 5 * time.Second

// voiceMayTake is how long Flex may have no voice before it is worth a word: as it
// starts it registers with Twilio and finds the microphone only after its plugins run.
const voiceMayTake = 10 * time.Second

// Config is what a softphone is made of.
type Config struct {
	OpenPanelOnRing bool
	ClickToDial     bool
	Flex            Flex
	// Tell shows the agent a sentence, TellOnce one that they need to see once only.
	Tell, TellOnce func(sentence string)
	// Warn takes a line about what went wrong, Note one about how things stand. Both
	// are without customer data.
	Warn, Note func(line string)
}

// Softphone is one page's. Its methods may be called at any time. But for Connected
// they do not block, so who is called by the browser may call them.
type Softphone struct {
	Config
	ctx span.Context

	mu       sync.Mutex
	page     Salesforce // nil until connected
	rang     clock.Time // when a task was offered before that
	hears    bool       // clicks; before that none is invited
	obstacle Obstacle
	changed  int // how often obstacle has changed
	is       clickable
	turning  bool   // Salesforce is being asked
	given    bool   // up: the page can't do it, or it leaves
	dialling string // the number that was clicked and is being worked on
}

// clickable is whether Salesforce's numbers can be clicked, as far as is known: an
// earlier life of this frame may have left them either way.
type clickable uint8

const (
	perhaps clickable = iota
	yes
	no
)

// New returns a softphone that lives until ctx ends.
func New(ctx span.Context, c Config) *Softphone {
	return &Softphone{Config: c, ctx: ctx, obstacle: Unknown}
}

// Connected says that the page can be called. It blocks until clicks are heard, where
// they are wanted: until the page has a listener, or never will, or ctx ends.
func (s *Softphone) Connected(page Salesforce) {
	s.mu.Lock()
	s.page = page
	rings := clock.Since(s.rang) < ringing
	s.mu.Unlock()
	if rings {
		s.Ringing()
	}
	if !s.ClickToDial {
		return
	}
	for {
		err := page.OnClickToDial(s.ctx, s.clicked)
		if err == nil {
			break
		}
		if !s.again("clicks on numbers are not heard yet", err) {
			return
		}
	}
	s.mu.Lock()
	s.hears = true
	s.mu.Unlock()
	s.turn()
}

// Ringing says that the agent is offered a task.
func (s *Softphone) Ringing() {
	s.mu.Lock()
	page := s.page
	if page == nil {
		s.rang = clock.Now()
	}
	s.mu.Unlock()
	if !s.OpenPanelOnRing || page == nil {
		return
	}
	go func() {
		if err := page.ShowPanel(s.ctx); err != nil {
			s.Warn("the panel was not opened: " + err.Error())
		}
	}()
}

// Telephone says whether the agent can make a call.
func (s *Softphone) Telephone(o Obstacle) {
	if !s.ClickToDial {
		return
	}
	s.mu.Lock()
	news := o != s.obstacle && !s.given
	s.obstacle = o
	if news {
		s.changed++
	}
	change := s.changed
	s.mu.Unlock()
	if !news {
		return
	}
	s.Note(o.sentence())
	switch o {
	case None:
	case NoVoice:
		go s.tellIfVoiceStaysAway(change)
	default:
		s.TellOnce(o.sentence())
	}
	s.turn()
}

// tellIfVoiceStaysAway tells the agent that Flex has no voice, unless the obstacle has
// changed by then; change is what changed is now.
func (s *Softphone) tellIfVoiceStaysAway(change int) {
	if !span.Sleep(s.ctx, voiceMayTake) {
		return
	}
	s.mu.Lock()
	still := s.changed == change && !s.given
	s.mu.Unlock()
	if still {
		s.TellOnce(NoVoice.sentence())
	}
}

// again deals with an error of the page's. It waits a while, where that may help, and
// tells whether to ask once more.
func (s *Softphone) again(problem string, err error) bool {
	switch {
	case s.ctx.Err() != nil: // that is why
		return false
	case errors.Is(err, ErrImpossible):
		s.giveUp(err)
		return false
	}
	s.Warn(problem + ": " + err.Error())
	if !span.Sleep(s.ctx, retryAfter) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.given
}

// giveUp ends click-to-dial for the life of this page.
func (s *Softphone) giveUp(err error) {
	s.mu.Lock()
	s.given = true
	s.mu.Unlock()
	s.Warn("click-to-dial is off, for this page can't do it: " + err.Error())
	s.Note("Numbers in Salesforce can't be clicked: the Open CTI in this page can't do it.")
}

// Leave has gone called once numbers can't be clicked any more, or after a moment:
// nobody here will hear of a click.
func (s *Softphone) Leave(gone func()) {
	s.mu.Lock()
	page, can := s.page, s.is == yes && !s.given
	s.given = true
	s.mu.Unlock()
	if page == nil || !can {
		gone()
		return
	}
	go func() {
		ctx, stop := span.WithTimeout(s.ctx, leaveTime)
		defer stop()
		_ = page.DisableClickToDial(ctx) // the page may be going, too
		gone()
	}()
}

// leaveTime is how long Salesforce may take to take note that a page leaves.
const leaveTime = time.Second

// turn has Salesforce make numbers clickable, or not, one call at a time.
func (s *Softphone) turn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	want := no
	if s.obstacle == None {
		want = yes
	}
	if !s.hears || s.turning || s.given || s.is == want {
		return
	}
	s.turning = true
	go s.ask(s.page, want)
}

// ask asks for it once, and goes on with what is wanted by then.
func (s *Softphone) ask(page Salesforce, want clickable) {
	call := page.DisableClickToDial
	if want == yes {
		call = page.EnableClickToDial
	}
	err := call(s.ctx)
	if err != nil && !s.again("click-to-dial could not be switched", err) {
		return
	}
	s.mu.Lock()
	s.turning = false
	s.is = want
	if err != nil {
		s.is = perhaps
	}
	s.mu.Unlock()
	s.turn()
}

// clicked calls a number that was clicked, unless the last click is still being
// worked on: a double click is one call.
func (s *Softphone) clicked(c Click) {
	s.mu.Lock()
	page, before := s.page, s.dialling
	if before == "" {
		s.dialling = c.Number
	}
	s.mu.Unlock()
	switch before {
	case "":
		go func() {
			s.dial(page, c)
			s.mu.Lock()
			s.dialling = ""
			s.mu.Unlock()
		}()
	case c.Number:
	default:
		s.Tell("The number you clicked before is still being worked out. Please click this one again in a moment.")
	}
}

// now returns why the agent can't make a call at this moment.
func (s *Softphone) now() Obstacle {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.obstacle
}

func (s *Softphone) dial(page Salesforce, c Click) {
	if o := s.now(); o != None { // the page had not heard of it yet
		s.Tell(o.sentence())
		return
	}
	number, extension, err := page.Dialable(s.ctx, c.Number)
	switch {
	case err != nil:
		s.Warn("a clicked number could not be worked out: " + err.Error())
		s.Tell("Salesforce could not work out this number, so it was not called. Please dial it in Flex.")
		return
	case number == "":
		s.Tell("This is not a number that can be called. If it has no country code, ask your Flex admin to set default_country.")
		return
	}
	if o := s.now(); o != None { // since: to work it out takes as long as Salesforce takes
		s.Tell(o.sentence())
		return
	}
	attributes := map[string]any{}
	if c.Record != "" {
		attributes["recordId"] = c.Record
	}
	switch c.Object {
	case "Contact", "Lead", "Account":
		if c.RecordName != "" {
			attributes["customerName"] = c.RecordName
		}
	}
	if err := s.Flex.Dial(number, attributes); err != nil {
		s.Warn("Flex did not take the call: " + err.Error())
		s.Tell("Flex could not call this number. Please dial it in Flex.")
		return
	}
	if extension != "" {
		s.Tell("The extension is " + extension + ": dial it once the call is answered.")
	}
}
