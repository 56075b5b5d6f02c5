package incident

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// New makes an open incident without screens; with watch, nothing is recorded.
func New(u *kit.UI, session Session, watch bool, out Outlets) *Open {
	ctx, cancel := context.WithCancel(u.Context)
	if !watch {
		u.Person = session.Person()
	}
	c := &Case{Outlets: out, UI: u, Session: session, Ctx: ctx, cancel: cancel, Watch: watch, Inc: session.Incident()}
	c.copied, c.follows = session.Copy()
	c.look()
	o := &Open{Case: c, asked: map[uint64]bool{}, begun: c.Inc.Head.Seq}
	o.Outbox = &Outbox{Case: c, shows: o.adopt, tells: o.settled}
	o.Lookout = &Lookout{Case: c, outbox: o.Outbox}
	o.Alarms = &Alarms{Case: c, outbox: o.Outbox, rung: map[string]bool{}, missed: map[string]bool{}, passing: map[string]string{}}
	o.CallBook = &CallBook{Case: c}
	return o
}

// Join gives the incident its screens, and what else is told of changes.
func (o *Open) Join(parts ...any) { o.parts = append(o.parts, parts...) }

// Follow follows the incident, and begins what its parts begin with.
func (o *Open) Follow() tea.Cmd {
	cmds := []tea.Cmd{o.wait(), o.ReadContacts(), offered(o, nil)}
	if o.UI.Person == "" && o.Cannot() == "" {
		// Nobody asked for it: keys that come at once were meant for something else.
		cmds = append(cmds, o.UI.Raise(o.who("Who are you? It is recorded with what you do", nil)))
	}
	cmds = append(cmds, o.offerBranch())
	o.greet()
	for _, p := range o.parts {
		if p, ok := p.(starter); ok {
			cmds = append(cmds, p.Begin())
		}
	}
	return tea.Batch(cmds...)
}

// Close lets go of the incident, without keeping the screen waiting.
func (o *Open) Close() tea.Cmd {
	o.cancel()
	session := o.Session
	return func() tea.Msg {
		_ = session.Close() // every action was acknowledged before
		return nil
	}
}

// adopt shows inc, unless something newer is shown already.
func (o *Open) adopt(inc *state.Incident) tea.Cmd {
	if inc == nil || inc.Head.Seq <= o.Inc.Head.Seq {
		return nil
	}
	before := o.Inc
	o.Inc = inc
	cmds := []tea.Cmd{o.compare(before)}
	for _, p := range o.parts {
		if p, ok := p.(changer); ok {
			cmds = append(cmds, p.Changed(before))
		}
	}
	return tea.Batch(cmds...)
}

// settled tells the parts of what this person has recorded.
func (o *Open) settled(c state.Command) {
	if _, closed := c.(state.CloseIncident); closed {
		_ = o.UI.Show(afterDialog(o))
	}
	switch c.(type) {
	case state.HandRole, state.AcknowledgeRole, state.IssueSitrep:
		if offer := o.offersSign(); offer != "" {
			o.UI.Say(offer)
		}
	}
	for _, p := range o.parts {
		if p, ok := p.(follower); ok {
			p.After(c)
		}
	}
}

// changed is an incident with more entries than were known.
type changed struct {
	of  *Open
	inc *state.Incident
	err error
}

// wait asks to be told of the next entries, whoever writes them.
func (o *Open) wait() tea.Cmd {
	ctx, session, after := o.Ctx, o.Session, o.Inc.Head.Seq
	return o.UI.Unawaited(func() tea.Msg {
		inc, err := session.Wait(ctx, after)
		return changed{o, inc, err}
	})
}

// Deliver implements kit.Routed.
func (c changed) Deliver() tea.Cmd {
	o := c.of
	if o.Ctx.Err() != nil {
		return nil
	}
	was := o.isChanged()
	o.follow = c.err
	o.look()
	if c.err == nil {
		return tea.Batch(seeChange(o.Outbox, was), o.adopt(c.inc), o.wait())
	}
	pause := 2 * time.Second
	if o.isChanged() {
		o.follow = nil // it is said otherwise
		pause /= 8     // it may be put right, or rescued by another, at any moment
	}
	return tea.Batch(seeChange(o.Outbox, was), o.UI.Unawaited(tea.Tick(pause, func(time.Time) tea.Msg { return retryWait{o} })))
}

// retryWait tries again to follow, after a failure.
type retryWait struct{ of *Open }

// Deliver implements kit.Routed.
func (r retryWait) Deliver() tea.Cmd {
	if r.of.Ctx.Err() != nil {
		return nil
	}
	return r.of.wait()
}

// Findings is what the palette finds in the incident beside actions.
func (o *Open) Findings() []kit.Finding {
	var all []kit.Finding
	for _, p := range o.parts {
		if p, ok := p.(finder); ok {
			all = append(all, p.Finds()...)
		}
	}
	return all
}

// Second is what happens by itself, once a second: what falls due rings, a clock
// that is overdue becomes an entry, and what was announced is looked at again.
func (o *Open) Second() tea.Cmd {
	if o.back.present != nil {
		return o.back.present.Second() // what goes on is watched all the same
	}
	if o.Inc.Closed != nil {
		o.dropUpdates()
		return nil
	}
	now := kit.Wall(o.UI)
	cmds := []tea.Cmd{o.due(now), o.missClocks(now), o.watchServices(now), o.askLeft(now)}
	for _, p := range o.parts {
		if p, ok := p.(ticker); ok {
			cmds = append(cmds, p.Tock(now))
		}
	}
	return tea.Batch(cmds...)
}

// compare rings when what was true is not any more, whoever found out; a service
// comes last, so that it is seen first.
func (o *Open) compare(before *state.Incident) tea.Cmd {
	o.dropOver()
	var texts []string
	for _, n := range o.Inc.AmissNotices() {
		was := before.Notice(n.ID)
		if was == nil {
			continue
		}
		if _, sent := was.LastSent(); sent == nil { // what is stale as it is sent was overridden
			continue
		}
		first := n.Failings(o.Inc)[0]
		switch had := was.Failings(before); {
		case first.Fault.False() && (len(had) == 0 || !had[0].Fault.False()):
			texts = append(texts, o.passes(staleKey+n.ID, "STALE: "+n.Def.Title+": "+first.Why))
		case len(had) == 0:
			texts = append(texts, o.passes(staleKey+n.ID, "NOT KNOWN TO BE TRUE: "+n.Def.Title+": "+first.Why))
		}
	}
	if text := o.mergedAlert(len(state.Contradicting(before))); text != "" {
		texts = append(texts, text)
	}
	for i := range o.Inc.Services {
		sv := &o.Inc.Services[i]
		was := before.Service(sv.ID)
		if sv.State == state.Regressed && (was == nil || was.State != state.Regressed) {
			texts = append(texts, o.passes(regressedKey+sv.ID, "REGRESSED: "+sv.Def.Title+": "+sv.Why))
		}
	}
	return tea.Batch(o.ring(texts...), offered(o, before))
}
