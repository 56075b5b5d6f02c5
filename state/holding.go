package state

// A holding is the incident against which the entries of a log are held, one after the
// other. What it adds up to is computed anew for a correction only when an entry is judged
// that could tell: else the time that a log takes would grow with its corrections times its
// entries.
type holding struct {
	inc   *Incident
	stale bool // corrections were left out of what inc adds up to
	seats bool // a step's answers have given roles, so that who holds one can rest on any step
	mixed bool // a branch was taken over, so that entries do not count in their order
}

// ready brings the incident up to date, if the entry is judged by more of it than its log,
// who holds which role, and what is withheld. These are right in any case.
func (h *holding) ready(e *Entry) {
	if !h.stale {
		return
	}
	switch data := e.Data.(type) {
	case *EntryRetracted: // by the log alone
	case *EntryAmended: // as well, but for one of the end, or of a notice
		h.restate(isClosing(h.inc, data.Seq) || ofNotice(h.inc, data.Seq))
	case *IncidentClosed:
		h.restate(true)
	case *StepDone:
		h.restate(len(data.Sets.Roles) > 0)
	case *StepAnswered:
		h.restate(len(data.Sets.Roles) > 0)
	default:
		_, judged := data.(witnessed)
		h.restate(judged)
	}
}

// restate computes anew what the log adds up to, if that is asked for.
func (h *holding) restate(now bool) {
	if now {
		Restate(h.inc)
		h.stale = false
	}
}

// apply takes the next entry.
func (h *holding) apply(e Entry) error {
	h.mixed = h.mixed || e.Origin != nil
	h.restate(h.stale && e.Withheld != 0)
	switch data := e.Data.(type) {
	case *StepDone:
		h.seats = h.seats || len(data.Sets.Roles) > 0
	case *StepAnswered:
		h.seats = h.seats || len(data.Sets.Roles) > 0
	case *EntryAmended:
		if h.canWait(data.Seq) {
			h.stale = true
			return Stage(h.inc, e)
		}
	case *EntryRetracted:
		if h.canWait(data.Seq) {
			h.stale = true
			return Stage(h.inc, e)
		}
	}
	if countsOtherwise(e.Data) && e.Origin == nil {
		h.stale = false // all is computed anew
	}
	return h.inc.Apply(e)
}

// end is what the whole log adds up to.
func (h *holding) end() *Incident {
	h.restate(h.stale)
	h.inc.reading = false
	h.inc.retitle(0)
	return h.inc
}

// canWait reports whether a correction of an entry changes nothing of who holds which role,
// of what is withheld, and of the machines' clocks.
func (h *holding) canWait(seq uint64) bool {
	if h.mixed || h.seats || seq == 0 || seq > uint64(len(h.inc.Log)) || h.inc.Redacted != (Redacted{}) {
		return false
	}
	e := &h.inc.Log[seq-1]
	return e.Data != nil && e.Withheld == 0 && !kinds.is(e.Kind, opens|long|brings|mayHold|ofProgram|noAct)
}
