package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

func contactCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "contact", Short: "Show whom to call, and record what came of it", Args: arguments(0, 0),
		Long: `Contacts are called in the order shown. What contacts.toml, beside config.toml, says
of a contact goes before what the runbook says, and is never written to the log.

CONTACT is a contact's id, or a part of its id or title that only it has.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return showContacts(cmd.Context(), e, new(pastFlags), "") },
	}
	list := listAt("List the contacts, in the order to call them", func(ctx context.Context, past *pastFlags) error { return showContacts(ctx, e, past, "") })
	show := &cobra.Command{
		Use: "show CONTACT", Short: "Show how to reach a contact, and every call", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return showContacts(cmd.Context(), e, new(pastFlags), args[0])
		},
	}
	cmd.AddCommand(list, show, contactCallCommand(e), contactAddCommand(e))
	return cmd
}

// cardOf is a contact as --json prints it.
func cardOf(inc *state.Incident, v *response.Contact) view.ContactCard {
	out := view.ContactCard{Contact: view.Contact{ID: v.ID, Calls: []view.Call{}}, Reach: []view.Way{}, Hours: v.Hours, Note: v.Note}
	if v.Known != nil {
		out.Contact = view.ContactOf(inc, v.Known)
	}
	out.Title, out.Role = v.Title, v.Role
	for _, w := range v.Reach {
		out.Reach = append(out.Reach, view.Way{Way: w.Text, Private: w.Private})
	}
	return out
}

// showContacts lists the contacts, or shows the one that ref means.
func showContacts(ctx context.Context, e *env, past *pastFlags, ref string) error {
	return lookBack(ctx, e, past, func(inc *state.Incident) error {
		views, err := contactsOf(e, inc)
		if err != nil {
			return err
		}
		if ref != "" {
			found, err := response.FindContact(views, ref)
			if err != nil {
				return err
			}
			one := cardOf(inc, found)
			return e.print(one, func() error {
				_, err := fmt.Fprint(e.out, exercise(inc)+contactPage(e, one))
				return err
			})
		}
		list := make([]view.ContactCard, 0, len(views))
		for i := range views {
			list = append(list, cardOf(inc, &views[i]))
		}
		wrap := func(of view.AsOf, list []view.ContactCard) any { return view.ContactsAsOf{AsOf: of, Contacts: list} }
		return e.print(onlyBy(inc, list, wrap), func() error {
			_, err := fmt.Fprint(e.out, topLines(e, inc)+withheldLines(inc)+contactTable(e, list))
			return err
		})
	})
}

func contactTable(e *env, list []view.ContactCard) string {
	if len(list) == 0 {
		return "There are no contacts: the runbook has none, and there is no contacts.toml beside config.toml.\n"
	}
	rows := [][]string{{"", "CONTACT", "TITLE", "REACH", "HOURS", "LAST CALL"}}
	for i, c := range list {
		var ways []string
		for _, w := range c.Reach {
			ways = append(ways, w.Way)
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), c.ID, c.Title, strings.Join(ways, "  "), c.Hours, lastCall(e, c)})
	}
	return table(e, rows)
}

func lastCall(e *env, c view.ContactCard) string {
	if len(c.Calls) == 0 {
		return "not called"
	}
	last := c.Calls[len(c.Calls)-1]
	text := string(last.Outcome) + " " + e.clockOf(last.At) + " by " + last.By
	if c.CallBack != nil {
		text += ", call back " + e.clockOf(*c.CallBack) + " (" + untilText(e, *c.CallBack) + ")"
	}
	return text
}

func contactPage(e *env, c view.ContactCard) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n", clean.Line(c.Title), clean.Line(c.ID))
	for _, fact := range []struct{ word, value string }{{"role", c.Role}, {"hours", c.Hours}, {"note", c.Note}} {
		if fact.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", fact.word, clean.Line(fact.value))
		}
	}
	for i, w := range c.Reach {
		from := ""
		if w.Private {
			from = "  (yours)"
		}
		fmt.Fprintf(&b, "  %d  %s%s\n", i+1, clean.Line(w.Way), from)
	}
	for _, call := range c.Calls {
		text := fmt.Sprintf("%s  %s: %s", e.clockOf(call.At), call.By, call.Outcome)
		if call.In {
			text = fmt.Sprintf("%s  they called %s: %s", e.clockOf(call.At), call.By, call.Outcome)
		}
		if call.Via != "" {
			text += " by " + call.Via
		}
		if call.CallBack != nil {
			text += ", call back " + e.clockOf(*call.CallBack)
		}
		if call.Note != "" {
			text += " — " + call.Note
		}
		b.WriteString(clean.Line(text) + "\n")
	}
	return b.String()
}

type callFlags struct {
	actFlags
	via, back, note, title string
	in                     bool
}

func contactCallCommand(e *env) *cobra.Command {
	var f callFlags
	cmd := &cobra.Command{
		Use: "call CONTACT [OUTCOME]", Short: "Record a call: reached, voicemail, no-answer, call-back", Args: arguments(1, 2),
		Long:    "Record a call: reached, voicemail, no-answer, call-back. With --in it is one that came in, and the\noutcome may be left out.",
		Example: "  muster contact call ncsc reached --via 1 --note \"they will help\"\n  muster contact call ncsc call-back --back 30m",
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f.actFlags, func(s *session.Session) (state.Command, error) {
				outcome := state.Reached
				switch {
				case len(args) == 2:
					outcome = state.Outcome(args[1])
				case !f.in:
					return nil, usage(hint(errors.New("what came of the call is missing"), "It is reached, voicemail, no-answer or call-back."))
				}
				return calling(e, s.Incident(), args[0], outcome, &f)
			})
		},
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.via, "via", "", "by which way: its number in muster contact show, or words")
	fs.StringVar(&f.back, "back", "", "when to call back: 30m (from the call), 07:30")
	fs.StringVarP(&f.note, "note", "n", "", "what was said")
	fs.StringVar(&f.title, "title", "", "the name of a contact that is in no list")
	fs.BoolVar(&f.in, "in", false, "they called us")
	return cmd
}

func calling(e *env, inc *state.Incident, ref string, outcome state.Outcome, f *callFlags) (state.Command, error) {
	command := state.CallContact{Contact: ref, Title: f.title, Via: f.via, Outcome: outcome, Note: f.note, In: f.in}
	if f.back != "" {
		back, err := readAfter(e, f.back, f.at)
		if err != nil {
			return nil, err
		}
		back = back.UTC().Truncate(time.Second)
		command.CallBack = &back
	}
	views, err := contactsOf(e, inc)
	if err != nil {
		return nil, err
	}
	view, err := response.FindContact(views, ref)
	if err != nil && f.title == "" {
		return nil, err
	}
	var wrong error
	if command.Outcome, wrong = state.FindWord(state.NounOutcome, string(outcome), state.Outcomes()); wrong != nil {
		return nil, wrong
	}
	if err != nil {
		return response.CallUnlisted(command)
	}
	return view.Call(command)
}

func contactAddCommand(e *env) *cobra.Command {
	var f actFlags
	var c state.AddContact
	cmd := &cobra.Command{
		Use: "add [CONTACT] [--title TITLE] --reach WAY", Short: "Add a contact, or a way to reach one", Args: arguments(0, 1),
		Long: `Add a contact to the incident, or new ways to reach one that it has: those go first.
It is in the log, with the names; contacts.toml keeps what shall not be. The id is made
from the title, unless it is given.`,
		Example: "  muster contact add --title \"Harbour master\" --reach tel:+442079460000\n  muster contact add cert --reach tel:+442079460001",
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				command := c
				command.Contact = optional(args)
				if id, err := state.Find(s.Incident(), state.NounContact, command.Contact); err == nil && c.Title == "" {
					command.Contact = id
				} else if err != nil && c.Title == "" && command.Contact != "" {
					return nil, hint(err, "To add a new one, say what it is with --title.")
				}
				return command, nil
			})
		},
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.StringVarP(&c.Title, "title", "t", "", "who or what it is")
	fs.StringVar(&c.Role, "role", "", "what it is to us: authority, supplier, insurer")
	fs.StringArrayVar(&c.Reach, "reach", nil, "a way: tel:+442079460000, mailto:…, sms:…, https:…; the best first")
	fs.StringVarP(&c.Note, "note", "n", "", "what to know before calling")
	return cmd
}
