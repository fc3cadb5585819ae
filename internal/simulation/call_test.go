package simulation

import (
	"fmt"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/span"
)

// fate is what becomes of one call to the org.
type fate struct {
	does     time.Duration // when the org does it
	answers  time.Duration // when the caller knows, or gives up
	done     bool
	failure  error // nil: the caller hears what the org has to say
	inWords  string
	diesLate bool // the program dies while it waits
}

// fate draws what becomes of a call.
func (w *world) fate(what, kind string) fate {
	f := fate{done: true}
	f.answers = w.between(20*time.Millisecond, 2*time.Second, what)
	if w.fault(w.mood/2, "slow: "+what) {
		f.answers += w.between(3*time.Second, 25*time.Second, what+" slow")
	}
	f.does = f.answers / 2
	giveUp := w.between(10*time.Second, 30*time.Second, what+" gives up")
	refused := clock.Now().Before(w.org.never[kind])
	switch {
	case refused || w.fault(w.mood/8, "refused for good: "+what):
		if !refused {
			w.org.never[kind] = clock.Now().Add(w.between(time.Minute, 40*time.Minute, what+" is cured"))
		}
		f.done, f.failure = false, failure{caselog.Never, "The org will not have the " + kind + "."}
	case w.fault(w.mood/3, "refused for now: "+what):
		f.done, f.failure = false, failure{how: caselog.NotNow}
	case w.fault(w.mood/4, "answer lost: "+what):
		f.answers, f.failure = giveUp, errSilence
		f.inWords = " (it was done)"
	case w.fault(w.mood/4, "never arrives: "+what):
		f.done, f.answers, f.failure = false, giveUp, errSilence
		f.inWords = " (it never arrived)"
	case w.fault(w.mood/4, "done late: "+what):
		f.does = giveUp + w.between(time.Millisecond, 8*time.Minute, what+" late")
		f.answers, f.failure = giveUp, errSilence
		f.inWords = " (it will be done late)"
	}
	f.diesLate = w.fault(w.mood/16, "dies as it asks: "+what)
	return f
}

// call makes one call. Do is what the org does, heard what the world notes when
// the caller has the answer.
func (c wire) call(ctx span.Context, engagement caselog.EngagementID, kind string, do func() (string, error), heard func(error)) (string, error) {
	w, i := c.w, c.i
	w.mu.Lock()
	if i.dead {
		w.mu.Unlock()
		return "", errDead
	}
	w.calls++
	w.lastCall = clock.Now()
	w.org.asked[kind]++
	what := fmt.Sprintf("%s #%d", kind, w.org.asked[kind])
	f := w.fate(what, kind)
	if f.failure != nil || f.answers > 5*time.Second {
		for _, r := range w.tasks {
			r.trouble = r.trouble || r.task.Engagement() == engagement
		}
	}
	w.tell("go %d     asks for the %s", i.number, what)
	var answer string
	var refusal error
	if f.done {
		w.after(f.does, func() {
			answer, refusal = do()
			if f.failure != nil {
				w.tell("org      does the %s, and nobody hears of it%s", what, words(answer, refusal))
			} else {
				w.tell("org      does the %s%s", what, words(answer, refusal))
			}
		})
	}
	if f.diesLate {
		w.after(f.answers/3, func() {
			if !w.calm {
				w.kill(i, "while it waits for the "+what)
			}
		})
	}
	w.mu.Unlock()

	t := time.NewTimer(f.answers)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
		return "", errDead
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if i.dead {
		return "", errDead
	}
	if f.failure != nil {
		answer, refusal = "", f.failure
	}
	w.tell("go %d     hears of the %s%s%s", i.number, what, words(answer, refusal), f.inWords)
	heard(refusal)
	if fail, ok := refusal.(failure); ok && fail.how == caselog.Never && i.told[fail.advice] == 0 {
		i.refusals[fail.advice] = true
	}
	return answer, refusal
}

// words says an answer.
func words(answer string, err error) string {
	switch {
	case err != nil:
		return ": " + err.Error()
	case answer == "":
		return ": there is none"
	}
	return ": " + answer
}
