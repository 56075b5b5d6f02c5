package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/team"
	"muster/state/view"
)

func peopleCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "people", Short: "Who may come over SSH, who is invited, who waits for a yes", Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return showPeople(e) },
	}
	cmd.AddCommand(inviteCommand(e), admitCommand(e), turnCommand(e), removeCommand(e))
	return cmd
}

// showPeople prints who may come, who is invited and who waits.
func showPeople(e *env) error {
	folder, err := teamFolder(e)
	if err != nil {
		return err
	}
	people, bad, err := folder.People()
	if err != nil {
		return err
	}
	invites, waiting, wrong, err := folder.Door()
	if err != nil {
		return err
	}
	here, err := folder.Here(nil)
	if err != nil {
		return err
	}
	sayBadLines(e, folder, bad)
	v := teamOf(people, invites, waiting, wrong)
	v.Here = hereOf(here)
	return e.print(v, func() error { return printTeam(e, v) })
}

func teamOf(people team.People, invites []team.Invite, waiting []team.Waiting, wrong int) view.Team {
	v := view.Team{People: []view.Guest{}, Invited: []view.Invitation{}, Waiting: []view.Guest{}, Wrong: wrong}
	for _, p := range people {
		v.People = append(v.People, guestOf(p))
	}
	for _, i := range invites {
		v.Invited = append(v.Invited, view.Invitation{Name: i.Name, Role: string(i.Access), By: i.By, Until: i.Until})
	}
	for _, w := range waiting {
		v.Waiting = append(v.Waiting, view.Guest{Name: w.Name, Role: string(w.Access), Key: w.Fingerprint(), From: w.From, Since: &w.Since})
	}
	return v
}

func hereOf(cards []team.Card) []view.Here {
	list := []view.Here{}
	for _, c := range cards {
		if c.Name != "" { // else nobody knows yet who it is
			list = append(list, view.Here{Name: c.Name, Role: c.Role, Incident: c.Incident, Screen: c.Screen, Step: c.Step, Moved: c.Moved, Lost: c.Lost})
		}
	}
	return list
}

func guestOf(p team.Person) view.Guest {
	return view.Guest{Name: p.Name, Role: string(p.Access), Key: p.Fingerprint()}
}

func printTeam(e *env, v view.Team) error {
	var b strings.Builder
	for _, w := range v.Waiting {
		fmt.Fprintf(&b, "WAITS  %s, %s, from %s, key %s\n       muster people admit %q, or to send them away: muster people turn %q\n", w.Name, w.Role, w.From, w.Key, w.Name, w.Name)
	}
	for _, i := range v.Invited {
		fmt.Fprintf(&b, "invited until %s  %s, %s, by %s\n", e.clockOf(i.Until), i.Name, i.Role, i.By)
	}
	if v.Wrong > 0 {
		fmt.Fprintf(&b, "%d codes were given that are none: somebody may be guessing\n", v.Wrong)
		if team.Void(v.Wrong) {
			b.WriteString("every invitation is void: muster people invite NAME makes a new code\n")
		}
	}
	for _, h := range v.Here {
		word, where := "here", h.Incident
		if h.Lost {
			word = "CUT OFF"
		}
		if where == "" {
			where = "home"
		}
		fmt.Fprintf(&b, "%-12s %s  %s\n", word, h.Name, strings.Join(strings.Fields(where+" "+h.Screen+" "+h.Step), " ")+", since "+e.clockOf(h.Moved))
	}
	for _, p := range v.People {
		fmt.Fprintf(&b, "%-12s %s  %s\n", p.Role, p.Name, p.Key)
	}
	if b.Len() == 0 {
		b.WriteString("Nobody may come yet. Let somebody in: muster people invite NAME --role responder\n")
	}
	_, err := fmt.Fprint(e.out, clean.Text(b.String()))
	return err
}

func inviteCommand(e *env) *cobra.Command {
	var role string
	cmd := &cobra.Command{
		Use: "invite NAME", Short: "Make a code that lets one person knock, for 15 minutes", Args: arguments(1, 1),
		Long: `Make a code that lets one person knock, once, for 15 minutes. Read it to them. They connect
with any key, give the code and their name, and wait; somebody inside says yes to name,
role and the key's fingerprint (muster people admit). From then on the key is theirs.`,
		RunE: func(_ *cobra.Command, args []string) error {
			code, until, err := invite(e, args[0], state.Access(role))
			if err != nil {
				return err
			}
			v := view.Invitation{Name: args[0], Role: role, By: e.inviter(), Until: until, Code: code}
			err = e.print(v, func() error {
				_, err := fmt.Fprintf(e.out, "%s\nfor %s (%s), once, until %s. They connect with ssh; then: muster people admit %q\n",
					code, clean.Line(args[0]), role, e.clockOf(until), clean.Line(args[0]))
				return err
			})
			if err != nil {
				return hint(err, "The invitation stands all the same, and nobody has its code: take it away with muster people remove %q, and invite anew.", clean.Line(args[0]))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&role, "role", "", "responder, facilitator, evaluator or observer")
	_ = cmd.MarkFlagRequired("role")
	return cmd
}

// inviter is who invites: the visitor, or whoever sits here and said their name.
func (e *env) inviter() string {
	if name := e.named(); name != "" {
		return name
	}
	if e.config.Name != "" {
		return e.config.Name
	}
	return "who serves"
}

// mayLetIn refuses a visitor who would let somebody in with more than they have.
func mayLetIn(e *env, access state.Access) error {
	if e.visit == nil {
		return nil
	}
	own := e.visit.Person.Access
	all := state.Accesses()
	switch {
	case own != state.Facilitator && own != state.Responder:
		return hint(fmt.Errorf("you are here as %s: letting somebody in is for those who respond", own), "Ask one of them.")
	case slices.Index(all, access) >= 0 && slices.Index(all, access) < slices.Index(all, own):
		return hint(fmt.Errorf("you are here as %s, and let nobody in as %s", own, access), "It is done on the machine that serves, or by a facilitator.")
	}
	return nil
}

// invite makes a code for somebody, if who asks may let them in.
func invite(e *env, name string, access state.Access) (code string, until time.Time, err error) {
	if err := mayLetIn(e, access); err != nil {
		return "", time.Time{}, err
	}
	folder, err := teamFolder(e)
	if err != nil {
		return "", time.Time{}, err
	}
	return folder.Invite(name, access, e.inviter())
}

// admit says yes to who waits, by name or key, if who asks may let them in.
func admit(e *env, who string) (team.Person, error) {
	folder, err := teamFolder(e)
	if err != nil {
		return team.Person{}, err
	}
	_, waiting, _, err := folder.Door()
	if err != nil {
		return team.Person{}, err
	}
	for _, w := range waiting {
		if err := mayLetIn(e, w.Access); err != nil && (strings.EqualFold(w.Name, who) || strings.Contains(w.Fingerprint(), who)) {
			return team.Person{}, err
		}
	}
	if err := mayLetIn(e, state.Observer); err != nil {
		return team.Person{}, err
	}
	return folder.Admit(who)
}

// turn sends away who waits, if who asks may let people in.
func turn(e *env, who string) (team.Waiting, error) {
	folder, err := teamFolder(e)
	if err == nil {
		err = mayLetIn(e, state.Observer)
	}
	if err != nil {
		return team.Waiting{}, err
	}
	return folder.Turn(who)
}

func admitCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "admit NAME|KEY", Short: "Say yes to somebody who waits: their key is theirs from then on", Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := admit(e, args[0])
			if err != nil {
				return hint(err, "See muster people for who waits.")
			}
			v := guestOf(p)
			err = e.print(v, func() error {
				_, err := fmt.Fprintf(e.out, "%s is in as %s, by the key %s\n", clean.Line(p.Name), p.Access, p.Fingerprint())
				return err
			})
			if err != nil {
				return hint(err, "%s is in all the same: muster people shows it.", clean.Line(p.Name))
			}
			return nil
		},
	}
}

func turnCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "turn NAME|KEY", Short: "Send away somebody who waits", Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := turn(e, args[0])
			if err != nil {
				return hint(err, "See muster people for who waits.")
			}
			_, err = fmt.Fprintf(e.out, "%s was sent away\n", clean.Line(w.Name))
			return err
		},
	}
}

func removeCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME|KEY", Short: "Take somebody's keys and codes away: who is in is out at once", Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			folder, err := teamFolder(e)
			if err != nil {
				return err
			}
			gone, err := folder.Remove(args[0])
			if err != nil {
				return hint(err, "See muster people for who may come, is invited or waits.")
			}
			for _, p := range gone.People {
				fmt.Fprintf(e.out, "%s may not come any more: %s\n", clean.Line(p.Name), p.Fingerprint())
			}
			if gone.Invites > 0 {
				fmt.Fprintf(e.out, "%s made for %s: void\n", plural(uint64(gone.Invites), "code", "codes"), clean.Line(args[0]))
			}
			if gone.Waiting > 0 {
				fmt.Fprintf(e.out, "%s waits no more\n", clean.Line(args[0]))
			}
			return nil
		},
	}
}
