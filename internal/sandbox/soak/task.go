package soak

import (
	"fmt"
	"math/rand/v2"
	"time"

	"flexcaselog/internal/sandbox"
)

// Task is one task that the page plays: what Flex has of it, and for how long the
// agent stays in each of its states. Its JSON is what the page reads.
type Task struct {
	Reservation string         `json:"sid"`
	SID         string         `json:"taskSid"`
	Channel     string         `json:"channelType"`
	Queue       string         `json:"queueName"`
	Attributes  map[string]any `json:"attributes"`
	Talk        int            `json:"talk"`   // milliseconds
	Wrapup      int            `json:"wrapup"` // milliseconds; 0 for a task that is completed without
	AgentEnds   bool           `json:"agentEnds"`
}

// How tasks differ: one in so many.
const (
	withoutWrapup = 10
	secondLeg     = 20 // of an engagement that has had a task a little before
	long          = 25
)

// customers is how many different people call.
const customers = 500

// makeTasks returns n tasks, the same for the same seed.
func makeTasks(n int, seed uint64) []Task {
	rng := rand.New(rand.NewPCG(seed, 1))
	tasks := make([]Task, n)
	for i := range tasks {
		tasks[i] = makeTask(rng)
		if i > 0 && rng.IntN(secondLeg) == 0 {
			first := tasks[max(0, i-1-rng.IntN(secondLeg))]
			tasks[i].Attributes["flexInteractionSid"] = first.engagement()
			// An engagement that has no interaction has the name of its first task.
			if first.Attributes["flexInteractionSid"] == nil {
				tasks[i].SID = first.SID
				delete(tasks[i].Attributes, "flexInteractionSid")
			}
		}
	}
	return tasks
}

func makeTask(rng *rand.Rand) Task {
	customer := rng.IntN(customers)
	number := fmt.Sprintf("+1415555%04d", customer)
	t := Task{
		Reservation: sid(rng, "WR"), SID: sid(rng, "WT"), Queue: "Everyone",
		Attributes: map[string]any{"direction": "inbound", "name": fmt.Sprintf("Customer %d", customer)},
		Talk:       50 + rng.IntN(500), Wrapup: 50 + rng.IntN(400), AgentEnds: rng.IntN(2) == 0,
	}
	switch rng.IntN(4) {
	case 0:
		t.Channel, t.Attributes["customerAddress"] = "sms", number
		t.Attributes["flexInteractionSid"] = sid(rng, "KD")
	case 1:
		t.Channel, t.Attributes["direction"], t.Attributes["outbound_to"] = "voice", "outbound", number
	default:
		t.Channel, t.Attributes["from"] = "voice", number
	}
	if rng.IntN(withoutWrapup) == 0 {
		t.Wrapup = 0
	}
	if rng.IntN(long) == 0 {
		t.Talk += 1000 + rng.IntN(4000)
	}
	return t
}

func sid(rng *rand.Rand, prefix string) string {
	return fmt.Sprintf("%s%016x%016x", prefix, rng.Uint64(), rng.Uint64())
}

func (t Task) engagement() string {
	if interaction, ok := t.Attributes["flexInteractionSid"].(string); ok {
		return interaction
	}
	return t.SID
}

// story is what the org must have of the task. How often its Case is popped is
// judged for whole engagements.
func (t Task) story() sandbox.Story {
	statuses := sandbox.WholeCall
	if t.Wrapup == 0 {
		statuses = []string{sandbox.StatusAccepted, sandbox.StatusCompleted}
	}
	direction, _ := t.Attributes["direction"].(string)
	name, _ := t.Attributes["name"].(string)
	return sandbox.Story{
		Reservation: t.Reservation, Task: t.SID, Engagement: t.engagement(), Channel: t.Channel, Direction: direction,
		Customer: name, Statuses: statuses, Pops: sandbox.AtMostOnce,
	}
}

// stays is how long a task was in the states it left, by the page's own clock.
type stays map[string]time.Duration
