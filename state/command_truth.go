package state

import "time"

// The commands about what is true, what is said, and by when.
type (
	RecordCheck ServiceChecked // service.checked; a failing check makes a restored service regressed

	// DraftNotice makes notice.drafted. Text "" is drawn from the runbook's
	// template, and Claims nil are then drawn from it too. Title and Audience
	// make a notice that no runbook has.
	DraftNotice struct {
		Notice, Title, Audience, Text string
		Claims                        []Claim
	}
	ApproveNotice struct { // notice.approved
		Notice  string
		Version int // 0 for the last draft
	}
	SendNotice struct { // notice.sent: it was sent, or in a drill would have been
		Notice           string
		Version          int // 0 for the last draft
		Channel, To, How string
	}
	FailNotice struct { // notice.failed
		Notice       string
		Version      int // 0 for the last draft
		Channel, Why string
	}

	CallContact ContactCalled // contact.called

	StartClock struct{ Clock, Why string } // clock.started
	MeetClock  struct{ Clock, Why string } // clock.met
	WaiveClock struct{ Clock, Why string } // clock.waived
	MissClock  struct {                    // clock.missed
		Clock string
		Due   time.Time
	}
	SetTimer struct { // timer.set
		Title, Step string
		Due         time.Time
	}
	EndTimer struct{ Timer, Why string } // timer.ended

	HandRole        struct{ Role, To, Note string } // role.handed
	AcknowledgeRole struct{ Role string }           // role.acknowledged
	IssueSitrep     SitrepIssued                    // sitrep.issued
)
