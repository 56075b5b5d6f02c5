package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/view"
)

func noticeCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "notice", Short: "Draft, approve and send what is said to people", Args: arguments(0, 0),
		Long: `Notices are what the incident's people say to others. Each claims something of
services; what it claims is shown beside what is known. A notice that claims more
than is verified is not sent, but for an override with a reason.

NOTICE is a notice's id, or a part of its id or title that only it has.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return showNotices(cmd.Context(), e, new(pastFlags)) },
	}
	list := listAt("List the notices and where they stand", func(ctx context.Context, past *pastFlags) error { return showNotices(ctx, e, past) })
	show := &cobra.Command{
		Use: "show NOTICE", Short: "Show a notice's text, its claims and what is known", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return showNotice(cmd.Context(), e, args[0]) },
	}
	cmd.AddCommand(list, show, noticeDraftCommand(e), noticeApproveCommand(e), noticeSendCommand(e), noticeLeftCommand(e), noticeChannelsCommand(e))
	return cmd
}

func showNotices(ctx context.Context, e *env, past *pastFlags) error {
	return lookBack(ctx, e, past, func(inc *state.Incident) error {
		last := "LAST SENT"
		if inc.Mode == state.Drill {
			last = "AS OF" // nothing was sent
		}
		rows := [][]string{{"NOTICE", "STATUS", "VERSION", last, "NEXT UPDATE", "AUDIENCE", "TITLE"}}
		for i := range inc.Notices {
			rows = append(rows, noticeRow(e, inc, &inc.Notices[i]))
		}
		texts := func() any {
			list := make([]view.NoticeText, 0, len(inc.Notices))
			for i := range inc.Notices {
				list = append(list, view.NoticeTextOf(inc, &inc.Notices[i]))
			}
			return onlyBy(inc, list, func(of view.AsOf, list []view.NoticeText) any { return view.NoticesAsOf{AsOf: of, Notices: list} })
		}
		return e.print(texts, func() error {
			if len(inc.Notices) == 0 {
				_, err := fmt.Fprint(e.out, topLines(e, inc)+withheldLines(inc)+"The runbook has no notices. Draft one: muster notice draft ID --title TITLE --text TEXT\n")
				return err
			}
			_, err := fmt.Fprint(e.out, topLines(e, inc)+withheldLines(inc)+table(e, rows)+leavingLines(e, inc)+staleLines(e, inc))
			return err
		})
	})
}

func noticeRow(e *env, inc *state.Incident, n *state.Notice) []string {
	version, sent, next := "", "", ""
	if v := n.Last(); v != nil {
		version = fmt.Sprint(v.Number)
	}
	if _, s := n.LastSent(); s != nil {
		sent = e.clockOf(s.When)
	}
	if owed, ok := n.Owed(inc, e.now()); ok {
		becomes := untilText(e, owed.Due)
		switch owed.Status {
		case state.PromiseNever:
			becomes = "NEVER given"
		case state.PromiseDropped:
			becomes = "not given before the close"
		}
		next = e.clockOf(owed.Due) + " (" + becomes + ")"
	}
	status := n.Status(inc).Says(inc.Mode == state.Drill)
	if status == string(state.Stale) || status == string(state.Unsure) || status == string(state.MayBeOut) {
		status = strings.ToUpper(status)
	}
	if came := n.CameOf(inc).String(); came != "" {
		status += "; " + came
	}
	return []string{n.ID, status, version, sent, next, n.Def.Audience, n.Title()}
}

func showNotice(ctx context.Context, e *env, ref string) error {
	return lookAt(ctx, e, "", func(inc *state.Incident) error {
		n, err := findNotice(inc, ref)
		if err != nil {
			return err
		}
		return e.print(view.NoticeTextOf(inc, n), func() error {
			_, err := fmt.Fprint(e.out, exercise(inc)+noticePage(e, inc, n)+exercise(inc))
			return err
		})
	})
}

// approvalNotes is what has to be known of a text's approval, behind what else is said of it.
func approvalNotes(inc *state.Incident, n *state.Notice, v *state.NoticeVersion) string {
	return clean.Line(strings.Join(append([]string{""}, v.HandsIn(inc, n, clean.Line)...), "; "))
}

// noticePage is everything about a notice, for people.
func noticePage(e *env, inc *state.Incident, n *state.Notice) string {
	var b strings.Builder
	d := view.NoticeTextOf(inc, n)
	standing := string(d.Status)
	if came := n.CameOf(inc).String(); came != "" {
		standing += "; " + came
	}
	fmt.Fprintf(&b, "%s (%s): %s\n", clean.Line(d.Title), clean.Line(d.ID), standing)
	b.WriteString(noticeFacts(inc, n))
	switch v := n.Last(); {
	case v == nil:
		b.WriteString("not drafted yet; a draft would say now:\n")
	case v.ApprovedBy != "":
		fmt.Fprintf(&b, "version %d by %s, %s; approved by %s, %s%s:\n", v.Number, clean.Line(v.By), e.clockOf(v.When), clean.Line(v.ApprovedBy), e.clockOf(v.ApprovedAt), approvalNotes(inc, n, v))
	default:
		fmt.Fprintf(&b, "version %d by %s, %s; not approved%s:\n", v.Number, clean.Line(v.By), e.clockOf(v.When), approvalNotes(inc, n, v))
	}
	b.WriteString("\n" + indented(d.Text) + "\n")
	b.WriteString(claimTable(e, d.Claims))
	for _, id := range d.Dropped {
		fmt.Fprintf(&b, "what was sent speaks of %s, and this text does not\n", clean.Line(view.ServiceTitle(inc, id)))
	}
	for _, news := range d.News {
		fmt.Fprintf(&b, "beside what is known: %s\n", clean.Line(news))
	}
	for _, id := range d.Mentions {
		fmt.Fprintf(&b, "the text names %s, and no claim says anything of it\n", clean.Line(view.ServiceTitle(inc, id)))
	}
	for _, l := range d.MayBeOut {
		fmt.Fprintf(&b, "MAY HAVE LEFT: %s; nobody has said whether it arrived: muster notice left %s --arrived, or --not (entry %d)\n",
			clean.Line(fmt.Sprintf("version %d, at %s by %s, by %s", l.Version, e.clockOf(l.At), l.Channel, l.By)), clean.Line(d.ID), l.Seq)
	}
	b.WriteString(notHeldLines(inc, n, &d))
	for _, s := range d.Sent {
		b.WriteString(sentLine(e, s))
	}
	for _, p := range view.PromisesOf(inc, e.now()) {
		if p.Notice == d.ID {
			fmt.Fprintf(&b, "version %d promised an update, %s\n", p.Version, p.Says(e.clockOf))
		}
	}
	return b.String()
}

// notHeldLines say what of what was sent does not hold, or that it is not known, and by which notice
// it is put right.
func notHeldLines(inc *state.Incident, n *state.Notice, d *view.NoticeText) string {
	var b strings.Builder
	for _, why := range n.NotHeld(inc) {
		fmt.Fprintln(&b, clean.Line(why))
	}
	if own := response.Correction(inc, n); own != nil && inc.Closed == nil {
		fmt.Fprintf(&b, "draft the correction: muster notice draft %s\n", clean.Line(own.ID))
	}
	for _, c := range d.Otherwise {
		fmt.Fprintf(&b, "CONTRADICTION: %s\n", clean.Line(c))
	}
	if len(d.Redacted) > 0 && len(d.Stale)+len(d.Unsure) == 0 {
		fmt.Fprintf(&b, "whether it is true is not known: it rests on %s that are withheld\n", strings.Join(d.Redacted, " and "))
	}
	return b.String()
}

// noticeFacts is the line that says for whom, by which way and by whose leave.
func noticeFacts(inc *state.Incident, n *state.Notice) string {
	var facts []string
	for _, fact := range []struct{ word, value string }{{"audience", n.Def.Audience}, {"channel", n.Def.Channel}, {"approver", roleOf(inc, n.Def.Approver)}} {
		if fact.value != "" {
			facts = append(facts, fact.word+": "+clean.Line(fact.value))
		}
	}
	if len(facts) == 0 {
		return ""
	}
	return strings.Join(facts, "; ") + "\n"
}

// roleOf is the title of a role, and who holds it; its id if there is none.
func roleOf(inc *state.Incident, id string) string {
	role := inc.Role(id)
	switch {
	case role == nil:
		return id
	case role.Person == "":
		return role.Def.Title + " (nobody)"
	}
	return role.Def.Title + " (" + role.Person + ")"
}

func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(clean.Text(text)) {
		b.WriteString("    " + strings.TrimRight(line, "\n") + "\n")
	}
	return b.String()
}

// claimTable sets claims beside what is known.
func claimTable(e *env, claims []view.Claim) string {
	if len(claims) == 0 {
		return "It claims nothing of any service.\n"
	}
	rows := [][]string{{"CLAIM", "SAYS", "KNOWN", "SINCE", "BY", ""}}
	for _, c := range claims {
		since, verdict := "", "holds"
		if c.Since != nil {
			since = e.clockOf(*c.Since)
		}
		switch {
		case c.Unsure:
			verdict = "NOT KNOWN"
		case c.Holds == nil:
			verdict = "not known: withheld"
		case !*c.Holds && c.State.OfHealth():
			verdict = "DOES NOT HOLD"
		case !*c.Holds: // who was told of harm was told nothing untrue
			verdict = "superseded"
		case c.Own != "":
			verdict = c.Own
		}
		rows = append(rows, []string{c.Title, string(c.State), string(c.Known), since, c.By, verdict})
	}
	return table(e, rows)
}

func sentLine(e *env, s view.Sending) string {
	text := fmt.Sprintf("version %d %s %s by %s, %s", s.Version, s.Verb(), e.clockOf(s.At), s.By, s.Channel)
	if s.To != "" {
		text += " to " + s.To
	}
	for _, fault := range []state.Fault{state.NeverTrue, state.NeverKnown} {
		of := 0
		for i := range s.Claims {
			if s.Claims[i].Verdict.Fault() == fault {
				of++
			}
		}
		if of > 0 {
			text += fmt.Sprintf("; %s: %d of its claims", fault.Loud(s.Simulated), of)
		}
	}
	for _, says := range []string{s.Early(), s.Again()} {
		if says != "" {
			text += "; " + says
		}
	}
	for i := range s.Claims {
		if c := &s.Claims[i]; c.Retracted != "" {
			text += "; of " + c.Title + ": " + c.Retracted
		}
	}
	if s.Overridden != "" {
		text += fmt.Sprintf("; override: %q", s.Overridden)
	}
	for _, seq := range s.Corrects {
		text += fmt.Sprintf("; corrects entry %d", seq)
	}
	return fmt.Sprintf("%s (entry %d)\n", clean.Line(text), s.Seq)
}
