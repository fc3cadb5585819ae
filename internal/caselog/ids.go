package caselog

// The identifiers that cross this package are distinct types, so that a task
// can't be taken for a reservation or a Case for a row of its log.
type (
	// ReservationSID names one agent's turn at a task: WR and 32 hex digits.
	ReservationSID string
	// TaskSID names a task, which every agent it is offered to shares: WT….
	TaskSID string
	// EngagementID names what one Case is for: a Flex interaction where the task
	// has one, else the task. See [Task.Engagement].
	EngagementID string
	// CaseID is the Salesforce record id of a Case.
	CaseID string
	// ContactID is the Salesforce record id of a Contact.
	ContactID string
	// LogID is the Salesforce record id of one row of the log.
	LogID string
	// LogKey is the external id of one row of the log, unique in the org.
	LogKey string
)
