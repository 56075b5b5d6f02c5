package view

import (
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Head says which incident something is of, and how much of its log. Every document
// begins with it.
type Head struct {
	ID       Text       `json:"id" null:"the first entry is withheld"`
	Title    Text       `json:"title" null:"the first entry is withheld"`
	Mode     state.Mode `json:"mode"`
	Exercise bool       `json:"exercise" doc:"true for a drill"`
	TLP      Text       `json:"tlp" null:"the runbook that says it is withheld" doc:"FIRST TLP 2.0, of the first runbook"`
	Severity Text       `json:"severity" null:"the entry that set it is withheld" doc:"now"`
	Runbook  Text       `json:"runbook" null:"it is withheld" doc:"the title of the first runbook"`
	Detected *time.Time `json:"detected" null:"the first entry is withheld" doc:"when the incident began, by the word of who opened it; as opened where nobody gave another time, and not known to be when it was noticed"`
	Given    bool       `json:"detection_given,omitempty" doc:"somebody said when it was detected; left out if nobody did, or that is withheld"`
	Opened   time.Time  `json:"opened" doc:"when the log began"`
	OpenedBy Text       `json:"opened_by" null:"the first entry is withheld"`
	Closed   *time.Time `json:"closed,omitempty" doc:"left out while it is open"`
	Entries  int        `json:"entries" doc:"how many the log has"`
	Log      LogHead    `json:"head" doc:"vouches for every entry"`
	AsOf     *AsOf      `json:"as_of,omitempty" doc:"a moment before now, as of which all of it is told; left out if it is told as it stands"`
	Branch   *Branch    `json:"branch,omitempty" doc:"where it left the log that it was a copy of; left out if it is no branch"`
	Withheld *Withheld  `json:"withheld,omitempty" doc:"what this copy of the log lacks; left out if nothing"`
}

// A LogHead is the end of the log.
type LogHead struct {
	Seq  uint64     `json:"seq"`
	Hash state.Hash `json:"hash" doc:"SHA-256 of the last line's envelope"`
	Code string     `json:"code" doc:"its first 80 bits, to be read aloud"`
}

// Withheld counts what a copy of a log lacks.
type Withheld struct {
	Entries int         `json:"entries" doc:"without any content"`
	Partly  int         `json:"partly" doc:"entries that lack some parts"`
	Parts   []PartCount `json:"parts" doc:"which parts, and from how many of those"`
}

// DetectionGiven reports whether it was said when the incident was detected. Where not, it
// counts from its opening, and nothing says that it was noticed then.
func (h *Head) DetectionGiven() bool { return h.Given }

// HeadOf is the head of an incident, which must hold at least one entry.
func HeadOf(inc *state.Incident) Head { return headOf(inc, GapsOf(inc)) }

func headOf(inc *state.Incident, gaps *Gaps) Head {
	first := &inc.Log[0]
	h := Head{
		ID: Text(IDOf(inc)), Title: Text(inc.Title), Mode: first.Mode, Exercise: first.Mode == state.Drill,
		TLP: Text(TLPOf(inc)), Severity: Text(inc.Severity), Detected: moment(inc.Opened), Given: state.DetectionGiven(inc), Opened: *moment(first.Recorded),
		OpenedBy: Text(inc.OpenedBy), Entries: len(inc.Log), Log: LogHead{Seq: inc.Head.Seq, Hash: inc.Head.Hash, Code: inc.Head.Hash.Code()},
	}
	if len(inc.Books) > 0 && !gaps.First {
		h.Runbook = Text(inc.Books[0].Runbook.Title)
	}
	if inc.Closed != nil {
		h.Closed = moment(inc.Closed.When)
	}
	h.AsOf = AsOfOf(inc)
	h.Branch = branchOf(inc)
	if gaps.Any() {
		h.Withheld = &Withheld{Entries: gaps.Entries, Partly: gaps.Partly, Parts: list(gaps.Counts)}
	}
	return h
}

// IDOf is the incident's id, even if somebody forged a retraction of its opening; ""
// if the opening is withheld.
func IDOf(inc *state.Incident) string {
	if data, ok := inc.Log[0].Data.(*state.IncidentOpened); ok && inc.ID == "" {
		return data.ID
	}
	return inc.ID
}

// TLPOf is the marking of the first runbook, or what the opening says of it where that is
// withheld; "" if neither can be read.
func TLPOf(inc *state.Incident) string {
	if len(inc.Books) > 0 && inc.Books[0].Runbook.TLP != "" {
		return inc.Books[0].Runbook.TLP
	}
	if opened, is := inc.Log[0].Data.(*state.IncidentOpened); is && runbooks.IsTLP(opened.TLP) {
		return opened.TLP
	}
	return ""
}
