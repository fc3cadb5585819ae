package caselog

import "flexcaselog/internal/clock"

// Event is something that happened: in Flex, or to an effect.
type Event interface{ event() }

// What happens in Flex. Each may come twice, from an action's listener and from
// the manager's events: the second is no news and changes nothing.
type (
	// ReservationAccepted reports that the agent has the task.
	ReservationAccepted struct {
		Task Task
		At   clock.Time
		// Found says that the task was already running when the page was loaded,
		// so an earlier page may have popped its Case.
		Found bool
	}
	// AgentHungUp reports that the agent, not the customer, ended the
	// conversation. It is not the wrap-up, which may come later or never.
	AgentHungUp struct{ Reservation ReservationSID }
	// WrapupStarted reports that the conversation is over, and who ended it, where
	// Flex tells.
	WrapupStarted struct {
		Task    Task
		At      clock.Time
		EndedBy Party
	}
	// TaskCompleted reports that the agent is done with the task, and who ended the
	// conversation, where Flex tells.
	TaskCompleted struct {
		Task    Task
		At      clock.Time
		EndedBy Party
	}
	// TaskSelected reports that the agent has turned to a task.
	TaskSelected struct{ Reservation ReservationSID }
	// ReservationLost reports that the agent does not have the task: it was
	// rejected, timed out, was rescinded or canceled. Once accepted, a task that
	// is canceled was worked on and is logged as completed.
	ReservationLost struct {
		Reservation ReservationSID
		At          clock.Time
	}
)

// Outcome is how an effect failed.
type Outcome uint8

// The ways to fail.
const (
	// NotNow: Salesforce said no, nothing was done, and it may say yes later.
	NotNow Outcome = iota + 1
	// Never: Salesforce said no, nothing was done, and it will go on saying no
	// until somebody changes something there.
	Never
	// Unknown: no answer came. It may have been done.
	Unknown
	// Duplicate: a row with this key is there already.
	Duplicate
)

// String returns the outcome in a word.
func (o Outcome) String() string {
	switch o {
	case NotNow:
		return "refused for now"
	case Never:
		return "refused for good"
	case Unknown:
		return "outcome unknown"
	case Duplicate:
		return "is there already"
	}
	return "no outcome"
}

// What came of effects.
type (
	// CaseOpened reports the engagement's Case, found or made, and its Contact,
	// where it has one.
	CaseOpened struct {
		Engagement EngagementID
		Case       CaseID
		Contact    ContactID
	}
	// CaseFailed reports that it is not known.
	CaseFailed struct {
		Engagement EngagementID
		Outcome    Outcome
	}
	// ScreenSeen reports whether what is to be shown is on the screen already, as far
	// as that is known.
	ScreenSeen struct {
		Reservation ReservationSID
		There       bool
	}
	// CasePopped reports that Salesforce took the screen pop.
	CasePopped struct{ Reservation ReservationSID }
	// PopFailed reports that it did not, or did not say.
	PopFailed struct {
		Reservation ReservationSID
		Outcome     Outcome
	}
	// LogSaved reports that the row is stored as asked, under ID.
	LogSaved struct {
		Reservation ReservationSID
		ID          LogID
	}
	// LogFailed reports that it is not, or that nobody knows.
	LogFailed struct {
		Reservation ReservationSID
		Outcome     Outcome
	}
	// LogFound reports the row that has the key asked for; an empty ID says
	// that the org has none.
	LogFound struct {
		Reservation ReservationSID
		ID          LogID
	}
	// FindFailed reports that the org could not be asked.
	FindFailed struct {
		Reservation ReservationSID
		Outcome     Outcome
	}
	// ActivityLogged reports that the reservation has its activity.
	ActivityLogged struct{ Reservation ReservationSID }
	// ActivityFailed reports that it has not, or that nobody knows.
	ActivityFailed struct {
		Reservation ReservationSID
		Outcome     Outcome
	}
)

// What concerns everything on the desk.
type (
	// TasksListed reports all reservations that Flex has, once it has loaded
	// them. One that was restored and is not among them ended while no page was
	// there to see it.
	TasksListed struct {
		Live []ReservationSID
		At   clock.Time
	}
	// TryAgain says that what Salesforce refused for good is to be tried again.
	TryAgain struct{}
)

// What a [Pause] ends with.
type (
	// CaseDue says that it is time to ask for the Case again.
	CaseDue struct{ Engagement EngagementID }
	// PopDue says that it is time to pop again.
	PopDue struct{ Reservation ReservationSID }
	// LogDue says that it is time to go on with the reservation's rows.
	LogDue struct{ Reservation ReservationSID }
)

func (ReservationAccepted) event() {}
func (AgentHungUp) event()         {}
func (WrapupStarted) event()       {}
func (TaskCompleted) event()       {}
func (TaskSelected) event()        {}
func (ReservationLost) event()     {}
func (CaseOpened) event()          {}
func (CaseFailed) event()          {}
func (ScreenSeen) event()          {}
func (CasePopped) event()          {}
func (PopFailed) event()           {}
func (LogSaved) event()            {}
func (LogFailed) event()           {}
func (LogFound) event()            {}
func (FindFailed) event()          {}
func (ActivityLogged) event()      {}
func (ActivityFailed) event()      {}
func (TasksListed) event()         {}
func (TryAgain) event()            {}
func (CaseDue) event()             {}
func (PopDue) event()              {}
func (LogDue) event()              {}
