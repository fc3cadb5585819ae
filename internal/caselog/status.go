package caselog

// Status is a state of a reservation that has a row in the log.
type Status uint8

// The statuses in the order a reservation passes through them. One that it
// never enters has no row.
const (
	Accepted Status = iota
	Wrapup
	Completed

	statuses = 3
)

// String returns the value of the picklist Status__c.
func (s Status) String() string {
	switch s {
	case Accepted:
		return "Reservation accepted"
	case Wrapup:
		return "Wrapup"
	case Completed:
		return "Completed"
	}
	return "unknown status"
}

// Key returns the external id of the row that r has for s. It depends on
// nothing else, so every tab and every retry asks for the same row.
func (s Status) Key(r ReservationSID) LogKey {
	suffix := [statuses]string{"-accepted", "-wrapup", "-completed"}
	return LogKey(string(r) + suffix[s])
}
