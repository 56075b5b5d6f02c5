package incident

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
	"muster/tui/widget"
)

func noRoles(o *Open) string {
	if len(o.Inc.Roles) == 0 {
		return "The runbook has no roles."
	}
	return o.Cannot()
}

// handOver asks to whom a role goes. Until that person takes it, it stays.
func handOver(o *Open) tea.Cmd {
	mine := o.Inc.RolesOf(o.UI.Person)
	first := ""
	if len(mine) > 0 {
		first = mine[0]
	}
	return o.Ask(TypedAction{
		Title: "Hand over a role", Verb: "hand over", Values: map[string]string{"role": first},
		About: "It stays with its holder until the other person takes it.",
		Fields: func() []*kit.Field {
			f := &kit.Field{ID: "role", Label: "Role", Kind: kit.ChoiceField}
			for i := range o.Inc.Roles {
				r := &o.Inc.Roles[i]
				f.Choices = append(f.Choices, kit.Choice{Value: r.Def.ID, Title: r.Def.Title + " (" + o.holder(r) + ")"})
			}
			return []*kit.Field{f, {ID: "to", Label: "To whom", Required: true, Named: true}, NoteOf("What that person should know")}
		},
		Command: func(v map[string]string) state.Command {
			return state.HandRole{Role: v["role"], To: v["to"], Note: v["note"]}
		},
	})
}

// pendingRole is a role that is handed over: to this person, or else to anybody.
func pendingRole(o *Open) *state.Role {
	var any *state.Role
	for i := range o.Inc.Roles {
		r := &o.Inc.Roles[i]
		if runbooks.SameName(r.Pending, o.UI.Person) {
			return r
		}
		if r.Pending != "" && any == nil {
			any = r
		}
	}
	return any
}

func noPending(o *Open) string {
	if pendingRole(o) == nil {
		return "No role is being handed over."
	}
	return o.Cannot()
}

// acknowledge asks whether a role that is handed over is taken.
func acknowledge(o *Open) tea.Cmd {
	return o.UI.Show(acknowledging(o, pendingRole(o)))
}

func acknowledging(o *Open, r *state.Role) *kit.Confirm {
	about := fmt.Sprintf("%s hands %s over to %s.", kit.Person(r.Person), r.Def.Title, kit.Person(r.Pending))
	if note := handNote(o, r.Def.ID); note != "" {
		about += "\n\n" + note
	}
	if r.Def.Duties != "" {
		about += "\n\nDuties: " + r.Def.Duties
	}
	return &kit.Confirm{UI: o.UI, Title: "Handover", About: about, Yes: "take it", Do: func() tea.Cmd {
		session, world, taken := o.Session, o.World, response.Taken{}
		return o.Do(&Saving{
			Action: state.Action{Command: state.AcknowledgeRole{Role: r.Def.ID}},
			Do: func(ctx context.Context, action state.Action) (*state.Incident, error) {
				var err error
				taken, err = response.TakeRole(ctx, session, r.Def.ID, action, func(inc *state.Incident, since uint64) (string, error) {
					if world == nil {
						return "", errors.New(noSitrep(o))
					}
					return world.Sitrep(ctx, inc, since)
				})
				return taken.Incident, err
			},
			Then: func() tea.Cmd { return showTaken(o, taken) },
		})
	}}
}

// handNote is what the last handover of a role says.
func handNote(o *Open, role string) string {
	for i := len(o.Inc.Log) - 1; i >= 0; i-- {
		if d, ok := o.Inc.Log[i].Data.(*state.RoleHanded); ok && d.Role == role {
			return clean.Passage(d.Note)
		}
	}
	return ""
}

// offered shows a handover to this person that is new since before; it rings
// instead while the person is typing or answering something.
func offered(o *Open, before *state.Incident) tea.Cmd {
	if o.Cannot() != "" {
		return nil
	}
	for i := range o.Inc.Roles {
		r := &o.Inc.Roles[i]
		if !runbooks.SameName(r.Pending, o.UI.Person) {
			continue
		}
		if before != nil {
			if was := before.Role(r.Def.ID); was != nil && was.Pending == r.Pending {
				continue
			}
		}
		if o.UI.Top().Place().Is&(kit.Typing|kit.Over) != 0 { // whoever is typing would answer unseen
			return o.ring(fmt.Sprintf("HANDOVER: %s hands %s to you; %s takes it", kit.Person(r.Person), r.Def.Title, o.UI.KeyOf("role.acknowledge")))
		}
		return o.UI.Raise(acknowledging(o, r))
	}
	return nil
}

// marks is what needs somebody, in a word each, the most urgent first: statements
// that are not true any more, handovers, what people set.
func (o *Open) marks() []string {
	t, now := o.UI.Theme, o.UI.Now()
	var marks []string
	add := func(style widget.Style, text string) {
		if text != "" {
			marks = append(marks, style.Render(text))
		}
	}
	for _, p := range o.parts {
		if p, ok := p.(marker); ok {
			add(t.Error, p.Mark())
		}
	}
	if what := o.Inc.Redacted.String(); what != "" {
		add(t.Warn, "WITHHELD "+what)
	}
	add(t.Error, twoMark(o.Inc))
	f := o.facts()
	if f.stale > 0 {
		add(t.Error, fmt.Sprintf("%d STALE", f.stale))
	}
	if f.unsure > 0 {
		add(t.Error, fmt.Sprintf("%d UNSURE", f.unsure))
	}
	if f.regressed > 0 {
		add(t.Error, fmt.Sprintf("%d REGRESSED", f.regressed))
	}
	if r := pendingRole(o); r != nil {
		who := "to " + widget.Truncate(kit.Person(r.Pending), 12)
		if runbooks.SameName(r.Pending, o.UI.Person) {
			who = "to you"
		}
		add(t.Warn, "handover "+who)
	}
	add(t.Info, o.teamMark())
	if mark := o.pendingMark(now); strings.HasSuffix(mark, "DUE") {
		add(t.Warn, mark)
	} else {
		add(t.Info, mark)
	}
	return marks
}

// RolesFound is the part of an incident that finds its roles.
type RolesFound struct{ Of *Open }

// Finds implements finder.
func (f RolesFound) Finds() []kit.Finding {
	var all []kit.Finding
	o := f.Of
	for i := range o.Inc.Roles {
		r := &o.Inc.Roles[i]
		all = append(all, kit.Finding{Kind: "role", Text: r.Def.Title, Hint: o.holder(r), Do: func() tea.Cmd {
			if why := o.Cannot(); why != "" {
				o.UI.Say(why)
				return nil
			}
			return takeRole(o, r.Def.ID)
		}})
	}
	return all
}
