package state

import "time"

// HitBelow lists the services that a service cannot run without, directly or not,
// and that are hit and not verified since: the nearest first, each once.
func (inc *Incident) HitBelow(id string) []string {
	var hit []string
	seen := map[string]bool{id: true}
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		service := inc.Service(queue[0])
		if service == nil {
			continue
		}
		for _, below := range service.Def.DependsOn {
			if seen[below] {
				continue
			}
			seen[below] = true
			queue = append(queue, below)
			if other := inc.Service(below); other != nil && other.State.Hit() && other.State != Verified {
				hit = append(hit, below)
			}
		}
	}
	return hit
}

// Overdue lists the clocks whose time was up at now, that are not met or waived,
// and of which no entry says so yet. Calendar days are counted in loc.
func (inc *Incident) Overdue(now time.Time, loc *time.Location) []*Clock {
	var list []*Clock
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if c.Running() && c.Missed == 0 && !now.Before(c.Due(loc)) {
			list = append(list, c)
		}
	}
	return list
}

// StaleNotices lists the notices that say what is not true any more.
func (inc *Incident) StaleNotices() []*Notice {
	var list []*Notice
	for i := range inc.Notices {
		if n := &inc.Notices[i]; len(inc.Stale(n)) > 0 {
			list = append(list, n)
		}
	}
	return list
}

// A Difference is what was last said of a service, and is not what is known.
type Difference struct {
	ClaimKnown
	Notice string // which said it
	Said   time.Time
	Seq    uint64 // the entry that sent it
}

// Differs sets what was last said about a service beside what is known now; false
// if nothing was said, if it holds, or if what would tell may be withheld.
func (inc *Incident) Differs(service string) (Difference, bool) {
	claim, sent, ok := inc.LastSaid(service)
	if !ok {
		return Difference{}, false
	}
	known := inc.Known([]Claim{claim})[0]
	told := inc.Knows(service) && inc.Lacks.Sent < sent.Seq
	return Difference{known, sent.Notice, sent.When, sent.Seq}, !known.Holds && told
}

// EntriesSince lists the entries after seq that count, oldest first, without those
// that muster itself makes, those that only correct others, and what the facilitator
// of a drill notes for the report.
func (inc *Incident) EntriesSince(seq uint64) []Entry {
	var list []Entry
	for i := min(seq, uint64(len(inc.Log))); i < uint64(len(inc.Log)); i++ {
		written := &inc.Log[i]
		if written.By.Name == Muster || systemKind(written.Kind) || behindScenes(written.Kind) || inc.retracted[written.Seq] != 0 {
			continue
		}
		switch written.Data.(type) {
		case *EntryAmended, *EntryRetracted:
			continue
		}
		e, _ := inc.Entry(written.Seq)
		list = append(list, e)
	}
	return list
}

// SeqAt is the last entry that was recorded by time t; 0 if none was.
func (inc *Incident) SeqAt(t time.Time) uint64 {
	var seq uint64
	for i := range inc.Log {
		if !inc.Log[i].Recorded.After(t) {
			seq = inc.Log[i].Seq
		}
	}
	return seq
}
