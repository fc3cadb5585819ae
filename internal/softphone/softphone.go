package softphone

import (
	"sync"
	"time"

	"flexcaselog/internal/span"
)

// retryAfter is how long is waited before Salesforce is asked again to make numbers
// clickable, or not.
const retryAfter = 10 * time.Second

// Config is what a softphone is made of.
type Config struct {
	OpenPanelOnRing bool
	ClickToDial     bool
	Flex            Flex
	// Tell shows the agent a sentence.
	Tell func(sentence string)
	// Warn takes a line about what went wrong, Note one about how things stand. Both
	// are without customer data.
	Warn, Note func(line string)
}

// Softphone is one page's. Its methods may be called at any time, and do not block.
type Softphone struct {
	Config
	ctx span.Context

	mu       sync.Mutex
	page     Salesforce // nil until connected
	obstacle Obstacle
	told     map[Obstacle]bool
	is       clickable
	turning  bool // Salesforce is being asked
	dialling bool // a click is being worked on
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
	return &Softphone{Config: c, ctx: ctx, obstacle: Unknown, told: map[Obstacle]bool{}}
}

// Connected says that the page can be called.
func (s *Softphone) Connected(page Salesforce) {
	s.mu.Lock()
	s.page = page
	s.mu.Unlock()
	if !s.ClickToDial {
		return
	}
	if err := page.OnClickToDial(s.ctx, s.clicked); err != nil {
		s.Warn("clicked numbers are not heard, so click-to-dial is off: " + err.Error())
		return
	}
	s.turn()
}

// Ringing says that the agent is offered a task.
func (s *Softphone) Ringing() {
	s.mu.Lock()
	page := s.page
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
	news := o != s.obstacle
	s.obstacle = o
	tell := news && o != None && !s.told[o]
	if tell {
		s.told[o] = true
	}
	s.mu.Unlock()
	if !news {
		return
	}
	s.Note(o.sentence())
	if tell {
		s.Tell(o.sentence())
	}
	s.turn()
}

// turn has Salesforce make numbers clickable, or not, one call at a time.
func (s *Softphone) turn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	want := no
	if s.obstacle == None {
		want = yes
	}
	if s.page == nil || s.turning || s.is == want {
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
	if err != nil {
		s.Warn("click-to-dial could not be switched: " + err.Error())
		waited := make(chan struct{})
		wait := time.AfterFunc(retryAfter, func() { close(waited) })
		defer wait.Stop()
		select {
		case <-waited:
		case <-s.ctx.Done():
			return
		}
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
	page, obstacle, busy := s.page, s.obstacle, s.dialling
	s.dialling = true
	s.mu.Unlock()
	if busy {
		return
	}
	go func() {
		defer func() {
			s.mu.Lock()
			s.dialling = false
			s.mu.Unlock()
		}()
		if obstacle != None { // the page had not heard of it yet
			s.Tell(obstacle.sentence())
			return
		}
		s.dial(page, c)
	}()
}

func (s *Softphone) dial(page Salesforce, c Click) {
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
