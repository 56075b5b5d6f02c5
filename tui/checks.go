package tui

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
	when    time.Time
	ok      bool
	detail  string
	err     string // why nothing could be seen
	pending bool   // under way, or waiting for its turn
	began   time.Time
}

// A lookup is a check that waits for its turn.
type lookup struct {
	service string
	asked   bool // by the person; what muster looks at by itself is recorded only if it is news
}

// noChecks says why no service can be looked at; "" if it can. In a drill the
// world answers as the scenario says.
func (o *openIncident) noChecks() string {
	if o.world == nil {
		return "There is nothing to check with here."
	}
	return o.cannot()
}

// noCheckAll says why there is nothing to look at; "" if there is.
func (o *openIncident) noCheckAll() string {
	if len(o.checkable()) == 0 {
		return "The runbook names no check for any service."
	}
	return o.noChecks()
}

// checkable lists the services that have a check.
func (o *openIncident) checkable() []string {
	var ids []string
	for i := range o.inc.Services {
		if sv := &o.inc.Services[i]; !sv.Def.Check.IsZero() {
			ids = append(ids, sv.ID)
		}
	}
	return ids
}

// checkAll looks at every service that has a check.
func (o *openIncident) checkAll() tea.Cmd { return o.checkThese(o.checkable(), true) }

// checkThese puts services in the queue of what to look at.
func (o *openIncident) checkThese(ids []string, asked bool) tea.Cmd {
	for _, id := range ids {
		l := o.looks[id]
		if l.pending {
			continue
		}
		l.pending, l.began = true, o.ui.Now()
		o.looks[id] = l
		o.lookups = append(o.lookups, lookup{id, asked})
	}
	return o.startChecks()
}

// startChecks begins what there is room for.
func (o *openIncident) startChecks() tea.Cmd {
	var cmds []tea.Cmd
	world, ctx, inc := o.world, o.ctx, o.inc
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
	of   *openIncident
	what lookup
	seen state.RecordCheck
	err  error
}

// deliver keeps what was seen. It becomes an entry if a person asked for it, or if
// it is not what was seen before.
func (m looked) Deliver() tea.Cmd {
	o := m.of
	o.checking--
	l := look{when: o.ui.Now(), ok: m.seen.OK, detail: clean.Line(clean.Bounded(m.seen.Detail, 600))}
	l.began = l.when
	if m.err != nil {
		l.err = clean.Line(clean.Bounded(m.err.Error(), 600))
		if m.what.asked {
			o.ui.Say("Nothing could be seen: " + l.err)
		}
	}
	o.looks[m.what.service] = l
	o.fresh++
	cmds := []tea.Cmd{o.startChecks()}
	sv := o.inc.Service(m.what.service)
	if m.err == nil && sv != nil && (m.what.asked || o.news(sv, m.seen.OK)) && o.cannot() == "" {
		m.seen.Service = m.what.service
		cmds = append(cmds, o.do(&saving{action: state.Action{Command: m.seen}, byItself: !m.what.asked}))
	}
	return tea.Batch(cmds...)
}

// news reports whether a look shows something else than the one recorded before.
func (o *openIncident) news(sv *state.Service, ok bool) bool {
	return sv.Checked == nil || sv.Checked.OK != ok || !ok && (sv.State == state.Restored || sv.State == state.Verified)
}

// watchServices looks again at what was announced as restored.
func (o *openIncident) watchServices(now time.Time) tea.Cmd {
	if o.stuck != nil || o.noChecks() != "" {
		return nil
	}
	var ids []string
	for _, id := range o.announced() {
		if l := o.looks[id]; !l.pending && now.Sub(l.began) >= watchEvery {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return o.checkThese(ids, false)
}

// announced lists the services that have a check and were said to be restored.
func (o *openIncident) announced() []string {
	if o.announcedSeq == o.inc.Head.Seq {
		return o.announcedIDs
	}
	o.announcedIDs, o.announcedSeq = nil, o.inc.Head.Seq
	for i := range o.inc.Services {
		sv := &o.inc.Services[i]
		claim, _, ok := o.inc.LastSaid(sv.ID)
		if ok && (claim.State == state.Restored || claim.State == state.Verified) && !sv.Def.Check.IsZero() {
			o.announcedIDs = append(o.announcedIDs, sv.ID)
		}
	}
	return o.announcedIDs
}
