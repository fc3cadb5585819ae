package functab

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Explained is a stack with what could be found of it.
type Explained struct {
	Text string
	// Found and Missed are how many of its frames are, and are not, of the program.
	Found, Missed int
}

// Explain puts file and line into a stack that was printed without them. Around and
// between the stack's lines may be whatever a console or a mail has put there.
func (t *Table) Explain(stack string) Explained {
	e := explainer{table: t, byName: map[string][]Function{}, lines: strings.SplitAfter(stack, "\n")}
	for _, f := range t.Functions {
		e.byName[printed(f.Name)] = append(e.byName[printed(f.Name)], f)
	}
	for _, c := range e.calls() {
		e.explain(c)
	}
	return Explained{strings.Join(e.lines, ""), e.found, e.missed}
}

// A frame is two lines, of which the second one is ours:
//
//	main.(*desk).open(...)
//		?:0 +0x1b
var (
	nowhere   = regexp.MustCompile(`\?:0(?: \+0x([0-9a-f]+))?`)
	called    = regexp.MustCompile(`^(.*\S)\(([^()]*)\)\s*$`)
	createdBy = regexp.MustCompile(`created by (.*?)(?: in goroutine \d+)?\s*$`)
	goroutine = regexp.MustCompile(`goroutine \d+ .*\[.*\]:`)
)

type explainer struct {
	table         *Table
	byName        map[string][]Function
	lines         []string
	found, missed int
}

// printedFrame is a frame as it is in a stack.
type printedFrame struct {
	line    int      // of its place
	names   []string // what may be its name: what stands before it may belong to it or not
	inlined bool
}

// call is a function on a stack, and what is inlined into it there, the innermost first.
type call struct {
	frames []printedFrame
	offset string
	// fault is that the program died of a fault in it. The address of a call is that behind
	// it, a fault's is its own.
	fault bool
}

func (c call) is(name string) bool { return slices.Contains(c.frames[len(c.frames)-1].names, name) }

// calls finds the calls in the stacks of all goroutines.
func (e *explainer) calls() (all []call) {
	var now call
	first := 0                    // of the goroutine's
	told, faulted := false, false // that a pointer was nil; and it was this goroutine's
	end := func() {
		e.missed += len(now.frames) // inlined into what is not printed
		now = call{}
		if faulted && first < len(all) {
			at := first // of the function that failed: the panic's caller
			for i := first; i+1 < len(all); i++ {
				if all[i].is("panic") {
					at = i + 1
				}
			}
			all[at].fault = true
		}
		first = len(all)
		told, faulted = false, told // the goroutine that dies comes first after the message
	}
	for i, line := range e.lines {
		if goroutine.MatchString(line) {
			end()
		}
		told = told || strings.Contains(line, "nil pointer dereference")
		place := nowhere.FindStringSubmatch(line)
		if place == nil || i == 0 {
			continue
		}
		f := printedFrame{line: i}
		before := strings.TrimRight(e.lines[i-1], "\r\n")
		if by := createdBy.FindStringSubmatch(before); by != nil {
			f.names = []string{by[1]}
		} else if found := called.FindStringSubmatch(before); found != nil {
			f.names, f.inlined = suffixes(found[1]), found[2] == "..."
		} else {
			continue
		}
		now.frames, now.offset = append(now.frames, f), place[1]
		if !f.inlined || now.offset != "" {
			all = append(all, now)
			now = call{}
		}
	}
	end()
	return all
}

// suffixes are the ends of a text that begin with a word.
func suffixes(s string) []string {
	all := []string{s}
	for i, c := range s {
		if c == ' ' || c == '\t' {
			all = append(all, s[i+1:])
		}
	}
	return all
}

// explain writes where a function and what is inlined into it were.
func (e *explainer) explain(c call) {
	address := uint64(0)
	if c.offset != "" {
		var err error
		if address, err = strconv.ParseUint(c.offset, 16, 32); err != nil {
			e.missed += len(c.frames)
			return
		}
		if !c.fault && address > 0 {
			address-- // see runtime.(*unwinder).symPC
		}
	}
	last := c.frames[len(c.frames)-1]
	// Several functions may have one name: one that is called by assembly has a second
	// form, and generic ones differ in what is left out. What they say of the address
	// decides, and where they say different things, all of it is true of one of them.
	var said [][]Frame
	for _, name := range last.names {
		for _, f := range e.byName[name] {
			known := e.table.At(f, uint32(address))
			if at := places(c.frames, known); at != nil && !slices.ContainsFunc(said, func(s []Frame) bool { return slices.Equal(s, at) }) {
				said = append(said, at)
			}
		}
	}
	if len(said) == 0 {
		e.missed += len(c.frames)
		return
	}
	for i, f := range c.frames {
		var positions []string
		for _, s := range said {
			if p := s[i].position(); !slices.Contains(positions, p) {
				positions = append(positions, p)
			}
		}
		e.lines[f.line] = strings.Replace(e.lines[f.line], "?:0", strings.Join(positions, " or "), 1)
		e.found++
	}
}

// places returns for each printed frame what is known of it, in the same order: the
// runtime may have left some out that are known. It returns nil where one is not known.
func places(printed []printedFrame, known []Frame) []Frame {
	var all []Frame
	for i, p := range printed {
		if i == len(printed)-1 && len(known) > 0 {
			known = known[len(known)-1:]
		}
		at := slices.IndexFunc(known, func(f Frame) bool { return slices.Contains(p.names, f.Function) })
		if at < 0 {
			return nil
		}
		all = append(all, known[at])
		known = known[at+1:]
	}
	return all
}
