package jscall

import (
	"fmt"
	"sync"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/span"
)

// Asker calls methods that answer later, through one function of the loader's and with
// one callback for all: a promise of its own for each call, with two callbacks, is
// dozens of crossings of the border.
//
// The function, ask(number, object, method, args, done), calls the method of the
// object with the values in args, a JSON list, and then, sooner or later,
// done(number, problem, answer), where problem is the text of what went wrong, or
// empty. See web/thread/ask.js.
type Asker struct {
	ask  safejs.Value
	done safejs.Func

	mu      sync.Mutex
	last    int
	waiting map[int]chan<- answered
}

type answered struct {
	problem string
	value   safejs.Value
}

// NewAsker returns an asker by this function. It errors where JavaScript can't make
// the callback, which lives as long as the program.
func NewAsker(edge Edge, ask safejs.Value) (*Asker, error) {
	a := &Asker{ask: ask, waiting: map[int]chan<- answered{}}
	var err error
	a.done, err = edge.Func("an answer", a.settle)
	return a, err
}

// settle hands an answer to who waits for it. One that comes twice, or when nobody
// waits any more, is for nobody.
func (a *Asker) settle(args []safejs.Value) {
	if len(args) < 2 {
		return
	}
	number, err := Int(args[0])
	if err != nil {
		return
	}
	a.mu.Lock()
	waiting := a.waiting[int(number)]
	delete(a.waiting, int(number))
	a.mu.Unlock()
	if waiting == nil {
		return
	}
	problem, err := String(args[1])
	if err != nil {
		problem = err.Error()
	}
	value := safejs.Undefined()
	if len(args) > 2 {
		value = args[2]
	}
	waiting <- answered{problem, value}
}

// Ask calls a method and waits for its answer. It errors where an argument has no
// JSON, with what the method or its promise says went wrong, and with ctx's error
// where ctx ends first.
func (a *Asker) Ask(ctx span.Context, object safejs.Value, method string, args ...any) (safejs.Value, error) {
	text, ok := appendJSON(nil, args)
	if !ok {
		return safejs.Undefined(), fmt.Errorf("jscall: an argument of %s has no JSON", method)
	}
	answer := make(chan answered, 1)
	a.mu.Lock()
	a.last++
	number := a.last
	a.waiting[number] = answer
	a.mu.Unlock()
	if _, err := a.ask.Invoke(number, object, nameOf(method), string(text), a.done); err != nil {
		a.forget(number)
		return safejs.Undefined(), clean("", err)
	}
	select {
	case <-ctx.Done():
		a.forget(number)
	case got := <-answer:
		return got.result()
	}
	select {
	case got := <-answer: // both at once: what is known counts
		return got.result()
	default:
		return safejs.Undefined(), ctx.Err()
	}
}

func (a answered) result() (safejs.Value, error) {
	if a.problem != "" {
		return safejs.Undefined(), &ThrownError{Message: a.problem}
	}
	return a.value, nil
}

func (a *Asker) forget(number int) {
	a.mu.Lock()
	delete(a.waiting, number)
	a.mu.Unlock()
}
