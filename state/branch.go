package state

import (
	"fmt"
	"time"
)

// KindLogBranched is the kind of [LogBranched].
const KindLogBranched Kind = "log.branched"

// LogBranched records that people go on in a copy of a log while the log itself cannot be
// reached: the first entry of the copy that is its own.
type LogBranched struct {
	Source string    `json:"source" part:"names"` // what the copy followed
	Head   Hash      `json:"head"`                // of the last entry that the copy has of it
	Entry  uint64    `json:"entry" entry:"of"`    // that entry
	Heard  time.Time `json:"heard,omitzero"`      // when the source was heard last; zero if that is not known
	Why    string    `json:"why,omitempty" part:"notes" text:"said"`
}

// Kind is KindLogBranched.
func (*LogBranched) Kind() Kind { return KindLogBranched }

// BranchLog makes log.branched.
type BranchLog struct {
	Source string
	Heard  time.Time
	Why    string
}

func (BranchLog) kind() Kind { return KindLogBranched }

// MaxSource is how long the name of a log's place can be, in bytes.
const MaxSource = 1024

func (c BranchLog) decide(d *decision) Data {
	d.need("source", "what the copy follows", c.Source, MaxSource)
	d.text("why", "the reason", c.Why, MaxText)
	if last := d.inc.Branch; last != nil && last.Seq == d.inc.Head.Seq {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: last.Seq, Text: "This is a branch already, and nothing was recorded in it since."})
	}
	data := &LogBranched{Source: c.Source, Head: d.inc.Head.Hash, Entry: d.inc.Head.Seq, Why: c.Why}
	if !c.Heard.IsZero() {
		data.Heard = c.Heard.UTC().Truncate(time.Second)
	}
	return data
}

// effect marks the log as a branch. That another one branched, whose entries were taken
// over, makes none of this.
func (data *LogBranched) effect(inc *Incident, e *Entry) {
	if e.Origin != nil {
		return
	}
	inc.Branch = &Branch{Source: data.Source, Head: data.Head, Entry: data.Entry, Heard: data.Heard, When: e.When(), By: e.By.Name, Seq: e.Seq}
}

func (data *LogBranched) describe(*Incident, Entry) string {
	return fmt.Sprintf("went on in a copy of %s from entry %d, head %s", data.Source, data.Entry, data.Head.Code()) + said(data.Why)
}

func (data *LogBranched) contradicts(inc *Incident, _ *Entry) string {
	return notThatHead(inc, data.Head, data.Entry)
}
