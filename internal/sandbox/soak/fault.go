package soak

import (
	"math/rand/v2"
	"sync"
	"time"

	"flexcaselog/internal/sandbox/lightning"
)

// The kinds of faults, as the report names them.
const (
	refused = "refused"
	lost    = "answer lost"
	late    = "late"
	muted   = "muted"
)

var kinds = []string{refused, lost, late, muted}

// longest is how late a call is carried out at most.
const longest = 5 * time.Second

// refusals is how Salesforce turns a call away that would work a little later.
var refusals = map[string]lightning.Error{
	"runApex":   {Code: lightning.CodeGeneric, Description: "UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record"},
	"saveLog":   {Code: lightning.CodeGeneric, Details: []map[string]string{{"errorCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access to this record"}}},
	"screenPop": {Code: lightning.CodeContainer, Description: "The softphone container hasn't initialized yet."},
}

// faults decides which calls go wrong, and how. The same seed decides the same for
// the same calls in the same order. It is safe for concurrent use.
type faults struct {
	percent float64

	mu    sync.Mutex
	rng   *rand.Rand
	calls int
	made  map[string]int // by kind
}

func newFaults(percent float64, seed uint64) *faults {
	return &faults{percent: percent, rng: rand.New(rand.NewPCG(seed, 2)), made: map[string]int{}}
}

// fate is what becomes of one call of a method.
func (f *faults) fate(method string) lightning.Fate {
	refusal, ours := refusals[method]
	if !ours {
		return lightning.Fate{}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	if f.rng.Float64()*100 >= f.percent {
		return lightning.Fate{}
	}
	kind := kinds[f.rng.IntN(len(kinds))]
	f.made[kind]++
	switch kind {
	case refused:
		return lightning.Fate{Errors: []lightning.Error{refusal}}
	case lost:
		return lightning.Fate{Lose: true}
	case late:
		return lightning.Fate{Delay: time.Duration(f.rng.Int64N(int64(longest)))}
	default:
		return lightning.Fate{Mute: true}
	}
}

// counts returns how many calls there were, and how many of each kind went wrong.
func (f *faults) counts() (calls int, made map[string]int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	made = make(map[string]int, len(f.made))
	for kind, n := range f.made {
		made[kind] = n
	}
	return f.calls, made
}
