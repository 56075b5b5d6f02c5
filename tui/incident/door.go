package incident

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// A Door is where people are let in who have no key here yet. What it does may wait for a
// disk, and is called from commands alone; Waiting returns at once.
type Door interface {
	// Waiting are those who gave a code and wait for a yes. Their texts are clean.
	Waiting() []Guest
	// Invite makes a code by which somebody may knock, once, until a time.
	Invite(ctx context.Context, name string, access state.Access) (code string, until time.Time, err error)
	// Admit says yes to who waits, by their key; Turn sends them away.
	Admit(ctx context.Context, key string) error
	Turn(ctx context.Context, key string) error
}

// A Guest is somebody who waits to be let in.
type Guest struct{ Name, Role, Key, From string }

// door is where people are let in; nil where nobody is.
func (o *Open) door() Door {
	door, _ := o.Team.(Door)
	return door
}

// waiting are those who wait to be let in.
func (o *Open) waiting() []Guest {
	if door := o.door(); door != nil {
		return door.Waiting()
	}
	return nil
}

// noDoor says why nobody is let in here.
func noDoor(o *Open) string {
	if o.door() == nil {
		return "Nobody comes over SSH here."
	}
	return ""
}

// doorLabel shows in the footer while somebody waits.
func doorLabel(o *Open) string {
	if n := len(o.waiting()); n > 0 {
		return fmt.Sprintf("%d at the door", n)
	}
	return ""
}

// showDoor lists who waits to be let in, and offers to invite somebody.
func showDoor(o *Open) tea.Cmd {
	waiting := o.waiting()
	if len(waiting) == 0 {
		return o.invite()
	}
	var found []kit.Finding
	for _, guest := range waiting {
		found = append(found, kit.Finding{Text: guest.Name + " waits", Hint: guest.Role, Do: func() tea.Cmd { return o.answerDoor(guest) }})
	}
	found = append(found, kit.Finding{Text: "Invite somebody", Hint: "by a code", Do: o.invite})
	return o.UI.Show(kit.NewFinder(o.UI, "The door", found))
}

// answerDoor asks whether somebody who waits is let in.
func (o *Open) answerDoor(guest Guest) tea.Cmd {
	answer := &kit.Field{ID: "answer", Label: "Let them in?", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: "", Title: "not yet"}, {Value: "yes", Title: "yes, the key is theirs from now on"}, {Value: "no", Title: "no, send them away"}}}
	about := fmt.Sprintf("%s, as %s, from %s.\nKey %s\nLet them read it to you.", guest.Name, guest.Role, guest.From, guest.Key)
	return o.UI.Show(kit.NewPrompt(o.UI, "Somebody waits", about, "answer", []*kit.Field{answer}, nil, func(v map[string]string) (string, tea.Cmd) {
		do, said := o.door().Admit, guest.Name+" is in."
		switch v["answer"] {
		case "":
			return "", nil
		case "no":
			do, said = o.door().Turn, guest.Name+" was sent away."
		}
		ctx, asked := o.Ctx, o.UI.Asked()
		return "", func() tea.Msg { return doorAnswered{o, asked, said, do(ctx, guest.Key)} }
	}))
}

// invite asks who is to be invited, and shows the code.
func (o *Open) invite() tea.Cmd {
	role := &kit.Field{ID: "role", Label: "As", Kind: kit.ChoiceField}
	for _, access := range []state.Access{state.Responder, state.Observer, state.Evaluator, state.Facilitator} {
		role.Choices = append(role.Choices, kit.Choice{Value: string(access), Title: string(access)})
	}
	fields := []*kit.Field{{ID: "name", Label: "Who?", Required: true, Named: true}, role}
	about := "A code lets one person knock, once, for 15 minutes. Read it to them; they connect with the ssh command that muster serve printed."
	return o.UI.Show(kit.NewPrompt(o.UI, "Invite somebody", about, "make a code", fields, nil, func(v map[string]string) (string, tea.Cmd) {
		access := state.Access(v["role"])
		if access == "" {
			access = state.Responder
		}
		ctx, door, asked := o.Ctx, o.door(), o.UI.Asked()
		return "", func() tea.Msg {
			code, until, err := door.Invite(ctx, v["name"], access)
			text := fmt.Sprintf("%s\n\nfor %s (%s), once, until %s. They connect, give it, and wait: then say yes here.", code, clean.Line(v["name"]), access, kit.ClockTime(until, o.UI.Now()))
			return doorAnswered{o, asked, text, err}
		}
	}))
}

// doorAnswered is what came of it.
type doorAnswered struct {
	of    *Open
	asked kit.Asked
	text  string
	err   error
}

// Deliver implements kit.Routed.
func (m doorAnswered) Deliver() tea.Cmd {
	if m.err != nil {
		return m.asked.Tell("The door", "That was not done: "+m.err.Error())
	}
	return m.asked.Tell("The door", m.text)
}
