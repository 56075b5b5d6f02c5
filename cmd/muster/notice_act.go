package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

type draftFlags struct {
	actFlags
	text, file, title, audience string
	edit, noClaims              bool
	claims                      []string
}

func noticeDraftCommand(e *env) *cobra.Command {
	var f draftFlags
	cmd := &cobra.Command{
		Use: "draft NOTICE", Short: "Write the next version of a notice", Args: arguments(1, 1),
		Long: `Write the next version of a notice. Without a text it is drawn from the runbook's
template and from what is known now. With a text of your own it keeps the claims of
the last draft, or of the template, unless --claim or --no-claims says otherwise.

A notice that no runbook has needs --title and a text.`,
		Example: "  muster notice draft holding\n  muster notice draft holding --edit\n  muster notice draft thanks --title \"Thank you\" --audience staff --text \"GISIS is back.\" --claim gisis=verified",
		RunE:    func(cmd *cobra.Command, args []string) error { return draftNotice(cmd.Context(), e, args[0], &f) },
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.text, "text", "", "the text")
	fs.StringVar(&f.file, "file", "", "the file that has the text; - for standard input")
	fs.BoolVar(&f.edit, "edit", false, "write it in $EDITOR, beginning with the last draft or the template")
	fs.StringArrayVar(&f.claims, "claim", nil, "what it says of a service: SERVICE=STATE")
	fs.BoolVar(&f.noClaims, "no-claims", false, "it says nothing of any service")
	fs.StringVar(&f.title, "title", "", "the title of a notice that no runbook has")
	fs.StringVar(&f.audience, "audience", "", "to whom such a notice is said")
	return cmd
}

func draftNotice(ctx context.Context, e *env, ref string, f *draftFlags) error {
	if f.text != "" && (f.file != "" || f.edit) || f.file != "" && f.edit {
		return usagef("--text, --file and --edit each give the text: take one of them")
	}
	var drafted, typed string
	err := act(ctx, e, f.actFlags, func(s *session.Session) (state.Command, error) {
		given, err := claimsGiven(s.Incident(), f)
		if err != nil {
			return nil, err
		}
		command := state.DraftNotice{Notice: ref, Title: f.title, Audience: f.audience, Claims: given}
		n, err := findNotice(s.Incident(), ref)
		if err != nil {
			if f.title == "" {
				return nil, err
			}
			n = nil
		}
		if n != nil {
			command.Notice = n.ID
		}
		if err := composeDraft(ctx, e, s.Incident(), n, f, &command); err != nil {
			return nil, err
		}
		drafted = command.Notice
		if f.edit {
			typed = command.Text
		}
		return command, nil
	})
	if err != nil {
		return keptText(err, typed)
	}
	return lookAt(ctx, e, "", func(inc *state.Incident) error {
		if n := inc.Notice(drafted); n != nil && n.Last() != nil {
			warnOfText(e, inc, n, n.Last())
		}
		return nil
	})
}

// keptText keeps what somebody typed in an editor and what was not recorded.
func keptText(err error, typed string) error {
	if typed == "" {
		return err
	}
	path, failed := draftFile(typed)
	if failed != nil {
		return errors.Join(err, failed)
	}
	return hint(err, "What you wrote is kept in %s.", path)
}

// warnOfText says what somebody should look at before a text is sent.
func warnOfText(e *env, inc *state.Incident, n *state.Notice, v *state.NoticeVersion) {
	if found := state.Blanks(v.Text); len(found) > 0 {
		fills, acts := n.Fills(inc, found)
		fmt.Fprintf(e.err, "muster: nothing is known yet for %s. %s\n", clean.Line(strings.Join(found, ", ")), clean.Line(fills))
		for _, line := range nextOfRefusal(&state.Refusal{Acts: acts}) {
			fmt.Fprintf(e.err, "  %s\n", clean.Line(line))
		}
	}
	for _, id := range n.Dropped(inc, v.Text, v.Claims) {
		fmt.Fprintf(e.err, "muster: what was sent speaks of %s, and this text does not: what has become of it? --edit goes on with this text.\n", clean.Line(view.ServiceTitle(inc, id)))
	}
	for _, id := range inc.Mentions(v.Text, v.Claims) {
		title := clean.Line(view.ServiceTitle(inc, id))
		fmt.Fprintf(e.err, "muster: the text names %s, and no claim says anything of it. If it says that %s works or does not, draft it again with --claim %s=STATE.\n", title, title, id)
	}
}

// composeDraft fills in a draft's text and claims. A draft that is drawn from the
// template is left to the core. n is nil for a notice that is new.
func composeDraft(ctx context.Context, e *env, inc *state.Incident, n *state.Notice, f *draftFlags, command *state.DraftNotice) error {
	before, claims := "", []state.Claim(nil)
	if n != nil {
		before, claims = response.Beginning(inc, n)
	}
	var err error
	switch {
	case f.edit:
		command.Text, err = editText(ctx, e, before)
	case f.file != "":
		command.Text, err = readText(e, f.file)
	case f.text != "":
		command.Text = f.text
	case n == nil || n.Def.Text == "":
		return usage(hint(errors.New("there is no template to draw the text from"), "Give it with --text, --file or --edit."))
	default:
		warnOfDrawn(e, inc, n, before)
		return nil
	}
	if err != nil {
		return err
	}
	if strings.TrimSpace(command.Text) == "" {
		return errors.New("the text is empty: nothing was drafted")
	}
	if command.Claims == nil {
		command.Claims = claims
	}
	return nil
}

// warnOfDrawn says that a text which is drawn from the template takes the place of what somebody
// wrote; before is what --edit would begin with.
func warnOfDrawn(e *env, inc *state.Incident, n *state.Notice, before string) {
	last := n.Last()
	if last == nil || before != last.Text {
		return
	}
	drawn, _ := n.Draft(inc)
	switch {
	case len(last.Sent) > 0:
		fmt.Fprintf(e.err, "muster: version %d was written by hand, and this one is drawn from the template: --edit begins with what was written.\n", last.Number)
	case strings.TrimSpace(drawn) != strings.TrimSpace(last.Text):
		fmt.Fprintf(e.err, "muster: version %d, which was not sent, says something else than this one, which is drawn from the template: muster undo takes this one back, and --edit goes on with that text.\n", last.Number)
	}
}

// claimsGiven reads --claim; nil if nothing was said of claims.
func claimsGiven(inc *state.Incident, f *draftFlags) ([]state.Claim, error) {
	if f.noClaims {
		if len(f.claims) > 0 {
			return nil, usagef("--claim and --no-claims contradict each other")
		}
		return []state.Claim{}, nil
	}
	var claims []state.Claim
	for _, text := range f.claims {
		service, known, ok := strings.Cut(text, "=")
		if !ok || service == "" || known == "" {
			return nil, usage(hint(fmt.Errorf("%q is no claim", text), "Write it as SERVICE=STATE; STATE is one of %s.", joinStates()))
		}
		id, err := state.Find(inc, state.NounService, service)
		if err != nil {
			return nil, err
		}
		word, err := state.FindWord(state.NounState, known, state.ServiceStates())
		if err != nil {
			return nil, err
		}
		claims = append(claims, state.Claim{Service: id, State: word})
	}
	return claims, nil
}

func noticeApproveCommand(e *env) *cobra.Command {
	var f actFlags
	var version int
	cmd := &cobra.Command{
		Use: "approve NOTICE", Short: "Say that the last draft may be sent", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				n, err := findNotice(s.Incident(), args[0])
				if err != nil {
					return nil, err
				}
				return state.ApproveNotice{Notice: n.ID, Version: version}, nil
			})
		},
	}
	f.add(cmd)
	cmd.Flags().IntVar(&version, "version", 0, "the number of the version you have read; refused if there is a newer one")
	return cmd
}

type sendFlags struct {
	actFlags
	channel, to string
	byHand      bool
	version     int
}

func noticeSendCommand(e *env) *cobra.Command {
	var f sendFlags
	cmd := &cobra.Command{
		Use: "send NOTICE", Short: "Send the last draft, or record that you sent it", Args: arguments(1, 1),
		Long: `Send the last draft through a channel that config.toml sets, or record with --by-hand
that you send it yourself: then its text is printed. Without --channel the notice's
own channel is taken. In a drill nothing leaves, and the entry says so.`,
		RunE: func(cmd *cobra.Command, args []string) error { return sendNotice(cmd.Context(), e, args[0], &f) },
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.channel, "channel", "", "the name of a channel; with --by-hand any words")
	fs.StringVar(&f.to, "to", "", "who it goes to")
	fs.BoolVar(&f.byHand, "by-hand", false, "you send it yourself")
	fs.IntVar(&f.version, "version", 0, "the number of the version that is meant; refused if there is a newer one")
	return cmd
}

func sendNotice(ctx context.Context, e *env, ref string, f *sendFlags) error {
	if f.at != "" && !f.byHand {
		return usage(hint(errors.New("--at says when something was sent, and this sends it now"), "Leave --at out, or record what you sent with --by-hand."))
	}
	at, err := readWhen(e, f.at)
	if err != nil {
		return err
	}
	s, err := e.open(ctx, "", false)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := findNotice(s.Incident(), ref)
	if err != nil {
		return err
	}
	send := state.SendNotice{Notice: n.ID, Version: f.version, Channel: f.channel, To: f.to}
	if f.byHand {
		return sentByHand(ctx, e, s, send, state.Action{Occurred: at, Override: f.override})
	}
	if send.Channel == "" {
		send.Channel = n.Def.Channel
	}
	return sendBy(ctx, e, s, send, f.override)
}

// sentByHand records that the person sends a notice, and prints what to send.
func sentByHand(ctx context.Context, e *env, s *session.Session, send state.SendNotice, action state.Action) error {
	action, err := response.PrepareByHand(s.Incident(), send, action, whoActs(e, s))
	if err != nil {
		return err
	}
	inc, err := s.Do(ctx, action)
	if err != nil {
		return notSaved(e, action.Occurred, err)
	}
	if !e.flags.json {
		if _, sent := inc.Notice(send.Notice).LastSent(); sent != nil {
			fmt.Fprintf(e.out, "%s%s\n%s", exercise(inc), strings.TrimRight(clean.Text(sent.Text), "\n"), exercise(inc))
		}
	}
	return e.printNew(inc, inc.Head.Seq-1)
}
