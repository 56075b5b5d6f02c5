package incident

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
)

// Looking at services from outside.
const (
	manyChecks = 4                // at once
	watchEvery = 60 * time.Second // what was announced as restored
)

// A look is the newest check of a service, recorded or not.
type look struct {
	When    time.Time
	Ok      bool
	Detail  string
	Err     string // why nothing could be seen
	Pending bool   // under way, or waiting for its turn
	Began   time.Time
}

// A lookup is a check that waits for its turn.
type lookup struct {
	service string
	asked   bool // by the person; what muster looks at by itself is recorded only if it is news
}

// NoChecks says why no service can be looked at; "" if it can. In a drill the
// world answers as the scenario says.
func (o *Open) NoChecks() string {
	if o.World == nil {
		return "There is nothing to check with here."
	}
	return o.Cannot()
}

// NoCheckAll says why there is nothing to look at; "" if there is.
func (o *Open) NoCheckAll() string {
	if len(o.checkable()) == 0 {
		return "The runbook names no check for any service."
	}
	return o.NoChecks()
}

// checkable lists the services that have a check.
func (o *Open) checkable() []string {
	var ids []string
	for i := range o.Inc.Services {
		if sv := &o.Inc.Services[i]; !sv.Def.Check.IsZero() {
			ids = append(ids, sv.ID)
		}
	}
	return ids
}

// CheckAll looks at every service that has a check.
func (o *Open) CheckAll() tea.Cmd { return o.CheckThese(o.checkable(), true) }

// CheckThese puts services in the queue of what to look at.
func (o *Open) CheckThese(ids []string, asked bool) tea.Cmd {
	for _, id := range ids {
		l := o.Looks[id]
		if l.Pending {
			continue
		}
		l.Pending, l.Began = true, o.UI.Now()
		o.Looks[id] = l
		o.lookups = append(o.lookups, lookup{id, asked})
	}
	return o.startChecks()
}

// startChecks begins what there is room for.
func (o *Open) startChecks() tea.Cmd {
	var cmds []tea.Cmd
	world, ctx, inc := o.World, o.Ctx, o.Inc
	for o.checking < manyChecks && len(o.lookups) > 0 {
		next := o.lookups[0]
		o.lookups = o.lookups[1:]
		o.checking++
		cmds = append(cmds, func() tea.Msg {
			seen, err := world.Check(ctx, inc, next.service)
			return looked{o, next, seen, err}
		})
	}
	return tea.Batch(cmds...)
}

// looked is what a check has shown.
type looked struct {
	of   *Open
	what lookup
	seen state.RecordCheck
	err  error
}

// deliver keeps what was seen. It becomes an entry if a person asked for it, or if
// it is not what was seen before.
func (m looked) Deliver() tea.Cmd {
	o := m.of
	o.checking--
	l := look{When: o.UI.Now(), Ok: m.seen.OK, Detail: clean.Line(clean.Bounded(m.seen.Detail, 600))}
	l.Began = l.When
	if m.err != nil {
		l.Err = clean.Line(clean.Bounded(m.err.Error(), 600))
		if m.what.asked {
			o.UI.Say("Nothing could be seen: " + l.Err)
		}
	}
	o.Looks[m.what.service] = l
	o.Fresh++
	cmds := []tea.Cmd{o.startChecks()}
	sv := o.Inc.Service(m.what.service)
	if m.err == nil && sv != nil && (m.what.asked || o.news(sv, m.seen.OK)) && o.Cannot() == "" {
		m.seen.Service = m.what.service
		cmds = append(cmds, o.Do(&Saving{Action: state.Action{Command: m.seen}, ByItself: !m.what.asked}))
	}
	return tea.Batch(cmds...)
}

// news reports whether a look shows something else than the one recorded before.
func (o *Open) news(sv *state.Service, ok bool) bool {
	return sv.Checked == nil || sv.Checked.OK != ok || !ok && (sv.State == state.Restored || sv.State == state.Verified)
}

// watchServices looks again at what was announced as restored.
func (o *Open) watchServices(now time.Time) tea.Cmd {
	if o.Stuck != nil || o.NoChecks() != "" {
		return nil
	}
	var ids []string
	for _, id := range o.announced() {
		if l := o.Looks[id]; !l.Pending && now.Sub(l.Began) >= watchEvery {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return o.CheckThese(ids, false)
}

// announced lists the services that have a check and were said to be restored.
func (o *Open) announced() []string {
	if o.announcedSeq == o.Inc.Head.Seq {
		return o.announcedIDs
	}
	o.announcedIDs, o.announcedSeq = nil, o.Inc.Head.Seq
	for i := range o.Inc.Services {
		sv := &o.Inc.Services[i]
		claim, _, ok := o.Inc.LastSaid(sv.ID)
		if ok && (claim.State == state.Restored || claim.State == state.Verified) && !sv.Def.Check.IsZero() {
			o.announcedIDs = append(o.announcedIDs, sv.ID)
		}
	}
	return o.announcedIDs
}
