package caselog

// engagement is what one Case is for, and the reservations that share it.
type engagement struct {
	id           EngagementID
	caseID       CaseID // empty until Salesforce has answered
	contact      ContactID
	phase        casePhase
	tries        int
	reservations []*reservation // in the order they were accepted
}

// casePhase is where the question for the Case is.
type casePhase uint8

const (
	caseIdle    casePhase = iota // not asked yet, or answered
	caseAsked                    // a CreateRecords is in flight
	casePausing                  // a Pause before the next one is
	caseParked                   // refused for good, until TryAgain
)

// ask asks for the Case unless that is under way.
func (en *engagement) ask() []Effect {
	if en.phase != caseIdle {
		return nil
	}
	en.phase = caseAsked
	return []Effect{CreateRecords{Engagement: en.id, Task: en.reservations[0].task}}
}

// failed waits before the Case is asked for again, or parks the question. Else
// it makes no difference why it failed: createRecords may be repeated whatever
// became of it.
func (en *engagement) failed(o Outcome) []Effect {
	if o == Never || en.tries >= maxTries {
		en.phase = caseParked
		return nil
	}
	en.phase = casePausing
	en.tries++
	return []Effect{Pause{Attempt: en.tries, Then: CaseDue{Engagement: en.id}}}
}
