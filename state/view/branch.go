package view

import (
	"time"

	"muster/state"
)

// A Branch says where a log left the one that it was a copy of.
type Branch struct {
	Source string     `json:"source" doc:"what the copy followed"`
	Entry  uint64     `json:"entry" doc:"the last that the other side is known to have"`
	Code   string     `json:"code" doc:"of the head there"`
	Heard  *time.Time `json:"heard" null:"it is not known" doc:"when the other side was heard last"`
	At     time.Time  `json:"at" doc:"when people went on here"`
	By     string     `json:"by"`
	Seq    uint64     `json:"seq"`
}

func branchOf(inc *state.Incident) *Branch {
	b := inc.Branch
	if b == nil {
		return nil
	}
	return &Branch{Source: b.Source, Entry: b.Entry, Code: b.Head.Code(), Heard: moment(b.Heard), At: b.When.UTC(), By: b.By, Seq: b.Seq}
}

// A Copy says what a log follows, that takes no entries of its own.
type Copy struct {
	Source string     `json:"source"`
	Heard  *time.Time `json:"heard" null:"it is not known" doc:"when the source was heard last"`
	Alarm  string     `json:"alarm,omitempty" doc:"the source has not what it had; left out if it has"`
}

// CopyOf is a copy as it is given to others.
func CopyOf(c state.Copy) *Copy {
	return &Copy{Source: c.Source, Heard: moment(c.Heard), Alarm: c.Alarm}
}
