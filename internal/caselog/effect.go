package caselog

import "flexcaselog/internal/clock"

// Effect is something that must be done. Every one but [Pause], [Explain], [Remark] and [ShowAgain] is
// answered by one of the result events named in its comment.
type Effect interface{ effect() }

type (
	// CreateRecords finds or makes the engagement's Contact and Case. It may be
	// performed any number of times: the org keeps one Case per engagement.
	// Answered by [CaseOpened] or [CaseFailed].
	CreateRecords struct {
		Engagement EngagementID
		Task       Task
	}
	// LookAtScreen asks whether what a [ScreenPop] would show is on the screen
	// already. It is an effect of its own because it may be repeated, which a screen
	// pop may not. Answered by [ScreenSeen].
	LookAtScreen ScreenPop
	// ScreenPop shows the Case, or what the admin wants shown for it, to the agent.
	// It must be performed once only. Answered by [CasePopped] or [PopFailed].
	ScreenPop struct {
		Reservation ReservationSID
		Case        CaseID
		Contact     ContactID // empty where the Case has none
		Task        Task
	}
	// ShowAgain shows it anew, because the agent has turned to this task. Nobody
	// waits for what comes of it.
	ShowAgain ScreenPop
	// SaveLog writes one row: makes it when ID is empty, else updates it.
	// Answered by [LogSaved] or [LogFailed].
	SaveLog struct {
		ID     LogID
		Case   CaseID
		Task   Task
		Status Status
		Start  clock.Time
		// Left tells whether the reservation has left this state; only then do
		// Seconds, and EndedBy where it is known, have a meaning.
		Left    bool
		Seconds int
		EndedBy Party
	}
	// FindLog asks the org for the row with Key, to settle an outcome that was
	// not seen. Answered by [LogFound] or [FindFailed].
	FindLog struct {
		Reservation ReservationSID
		Key         LogKey
	}
	// LogActivity gives the reservation one standard activity, made of the rows it
	// has. It may be performed any number of times: the org keeps one. Answered by
	// [ActivityLogged] or [ActivityFailed].
	LogActivity struct {
		Reservation ReservationSID
		Case        CaseID
	}
	// Explain is a line for whoever asks later what became of a reservation, and why.
	Explain struct {
		Reservation ReservationSID
		Line        string
	}
	// Remark is a line for the log that somebody may look for later.
	Remark struct{ Line string }
	// Pause waits before try number Attempt, counted from 1, longer the higher
	// it is, and then posts Then.
	Pause struct {
		Attempt int
		Then    Event
	}
)

func (CreateRecords) effect() {}
func (LookAtScreen) effect()  {}
func (ScreenPop) effect()     {}
func (ShowAgain) effect()     {}
func (SaveLog) effect()       {}
func (FindLog) effect()       {}
func (LogActivity) effect()   {}
func (Explain) effect()       {}
func (Remark) effect()        {}
func (Pause) effect()         {}

// Key returns the row's external id.
func (s SaveLog) Key() LogKey { return s.Status.Key(s.Task.Reservation) }

// Bare returns the row with nothing but what every row has.
func (s SaveLog) Bare() SaveLog {
	s.Task.Disposition, s.Task.Notes, s.Task.Fields = "", "", ""
	return s
}

// Key returns the external id of the row that the activity is made of.
func (l LogActivity) Key() LogKey { return Completed.Key(l.Reservation) }

// Name returns the row's Name.
func (s SaveLog) Name() string { return rowName(s.Task.Customer(), s.Status) }
