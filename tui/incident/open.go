package incident

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// facts are counts that the head shows, kept for as long as nothing changes.
type facts struct {
	seq                      uint64
	stale, unsure, regressed int
}

// An Open is an incident that somebody works in: what its screens share. It is made
// of the case (the newest state known, and what may be done with it), the outbox
// (what is on its way into the log), the lookout (which looks at services), the
// alarms (what rings) and the call book (whom to reach); it follows what others
// write, and tells its parts of it.
//
// Screens embed an Open. It may have no method that one of the interfaces below
// asks for, or every screen would seem to have it.
type Open struct {
	*Case
	*Outbox
	*Lookout
	*Alarms
	*CallBook
	follow  error           // why changes by others cannot be seen
	parts   []any           // the screens and whatever else is told of changes, in their order
	asked   map[uint64]bool // the leavings of notices that were asked about
	away    time.Time       // when the person looked away; zero while they look, or it is not known
	awayAt  uint64          // the last entry then
	begun   uint64          // the last entry when the incident was opened here
	counted facts
	back    backward // what it is a past of; its zero for now
	// Back shows an incident as it stood when an entry was written, over the one that goes on.
	Back func(present *Open, past *state.Incident, seq uint64) tea.Cmd
}

// A backward says over which incident, which goes on, one is looked at as it stood before.
type backward struct {
	present *Open
	seq     uint64 // the entry of the moment
}

// Unfinished implements kit.Keeper.
func (o *Open) Unfinished() (busy bool, ask kit.Dialog) {
	if o.back.present != nil {
		return o.back.present.Unfinished()
	}
	return o.Outbox.Unfinished()
}

func (o *Open) facts() facts {
	if o.counted.seq == o.Inc.Head.Seq {
		return o.counted
	}
	o.counted = facts{seq: o.Inc.Head.Seq}
	for _, n := range o.Inc.AmissNotices() {
		if len(n.Stale(o.Inc)) > 0 {
			o.counted.stale++
		} else {
			o.counted.unsure++
		}
	}
	for i := range o.Inc.Services {
		if o.Inc.Services[i].State == state.Regressed {
			o.counted.regressed++
		}
	}
	return o.counted
}

// Incident implements Inside, for every screen that embeds the incident.
func (o *Open) Incident() *Open { return o }

// Clocks reports that, while the incident is open, its elapsed time runs.
func (o *Open) Clocks() bool {
	if o.back.present != nil {
		return o.back.present.Clocks()
	}
	return o.Inc.Closed == nil
}
