package peak

import "time"

// Day is what agents do.
type Day struct {
	Agents      int
	TasksPerDay int           // of one agent
	Peak        float64       // how much of a day falls into the busiest hour
	Talk        time.Duration // on average
	Wrapup      time.Duration
	Legs        float64 // how many of a hundred tasks are a later leg of an engagement: they have its Case
}

// Usual is a day in a contact centre: eight hours, four minutes a call and one of
// wrap-up, about as busy as agents can be.
func Usual(agents int) Day {
	return Day{Agents: agents, TasksPerDay: 60, Peak: 0.16, Talk: 4 * time.Minute, Wrapup: time.Minute, Legs: 10}
}

// Tasks is how many there are in a day.
func (d Day) Tasks() int { return d.Agents * d.TasksPerDay }

// PeakTasks is how many begin in the busiest hour.
func (d Day) PeakTasks() int { return int(float64(d.Tasks()) * d.Peak) }

// What the plugin does for a task that is accepted, wrapped up and completed. A screen
// pop is besides these: it opens a tab in the page, as a click would. So is the Task of
// the standard object where log_activity is on: one more call and one more row.
const (
	// Three rows; each of the first two is made when its state begins and closed when it
	// ends.
	RowsPerTask  = 3
	SavesPerTask = 5
	ApexPerTask  = 1 // createRecords
	CallsPerTask = ApexPerTask + SavesPerTask
)

// Org is what is known, and what is assumed, of the org.
type Org struct {
	Apex   time.Duration // createRecords, on average: a query or two, a search, an insert
	Save   time.Duration // saveLog, on average
	Spread float64       // each takes up to so many times as long: drawn evenly from half to this

	Retry    time.Duration // a refused call is tried again after up to this, doubling
	LockWait time.Duration // Salesforce waits so long for a row that is locked
	Long     time.Duration // a request that takes longer counts as long-running
	MaxLong  int           // so many of those at once are refused more
	RowBytes int           // of storage for a record of data, whatever is in it
}

// Salesforces is what its documents say, and for the durations an assumption that is on
// the slow side: nobody has measured an org.
//
// Requests over 5 s are long-running, and ten at once is the limit that orgs begin
// with: see "Long-running Apex" in
// https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_gov_limits.htm.
// A lock is waited for 10 s (UNABLE_TO_LOCK_ROW), a record counts as 2 kB of storage.
var Salesforces = Org{
	Apex: 400 * time.Millisecond, Save: 250 * time.Millisecond, Spread: 4,
	Retry: time.Second, LockWait: 10 * time.Second,
	Long: 5 * time.Second, MaxLong: 10,
	RowBytes: 2 << 10,
}
