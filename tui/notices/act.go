package notices

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/incident"
	"muster/tui/kit"
)

// The conditions of the notices' actions: each says why it does not apply, or "".

func (s *Screen) noNotice() string {
	if s.notice() == nil {
		return "Choose a notice first."
	}
	return s.Cannot()
}

func (s *Screen) noText() string {
	if n := s.notice(); n != nil && n.Last() == nil {
		return "It is not written yet: " + s.UI.KeyOf("notice.draft") + " drafts it."
	}
	return s.noNotice()
}

func (s *Screen) noEditor() string {
	if s.UI.Editor == nil || s.UI.SSH {
		return "No editor of your own is set; " + s.UI.KeyOf("notice.edit") + " edits here."
	}
	return s.noNotice()
}

func (s *Screen) noApproval() string {
	if why := s.noText(); why != "" {
		return why
	}
	if v := s.notice().Last(); v.ApprovedBy != "" {
		return "Its last text is approved by " + kit.Person(v.ApprovedBy) + "."
	}
	return ""
}

// mayApprove says why somebody else should approve the last text; "" if nobody need.
func (s *Screen) mayApprove() string { return state.WhyNotApprove(s.Inc, s.notice(), s.UI.Person) }

// approveLabel offers it to who may approve; to others its key says why not, and asks for a reason.
func (s *Screen) approveLabel() string {
	if s.noApproval() != "" || s.mayApprove() != "" {
		return ""
	}
	return "approve"
}

// nextLabel is what enter would do now.
func (s *Screen) nextLabel() string {
	n := s.notice()
	if n == nil || s.Cannot() != "" {
		return ""
	}
	switch n.Status(s.Inc) {
	case state.Unwritten:
		return "draft"
	case state.Draft:
		if n.Def.Approver != "" && s.mayApprove() == "" {
			return "approve"
		}
		if n.Def.Approver != "" {
			return ""
		}
		return "send"
	case state.Approved:
		return "send"
	case state.Stale, state.Unsure:
		return "draft the correction"
	case state.MayBeOut:
		return "say whether it arrived"
	}
	return "draft an update"
}

// next does what comes next with a notice.
func (s *Screen) next() tea.Cmd {
	switch s.nextLabel() {
	case "":
		s.UI.Say(clean.Line(s.mayApprove()) + " " + s.UI.KeyOf("notice.approve") + " approves it all the same.")
		return nil
	case "approve":
		return s.approve()
	case "send":
		return s.send()
	case "say whether it arrived":
		return s.UI.Show(incident.NewLeft(s.Outbox, s.notice().MayHaveLeft()[0]))
	case "draft the correction":
		if own := response.Correction(s.Inc, s.notice()); own != nil && own != s.notice() {
			text, claims := response.Beginning(s.Inc, own)
			return s.write(own, wording{text: text, claims: claims})
		}
	}
	return s.draft()
}

// draft begins the next text: from what somebody wrote in the last one that was
// sent, else from the runbook's template.
func (s *Screen) draft() tea.Cmd {
	n := s.notice()
	if last := n.Last(); last != nil && len(last.Sent) == 0 {
		return s.afresh() // what is not sent yet is gone on with by another key
	}
	text, claims := response.Beginning(s.Inc, n)
	return s.write(n, wording{text: text, claims: claims})
}

// afresh draws the text from the runbook's template, to be changed and saved.
func (s *Screen) afresh() tea.Cmd {
	n := s.notice()
	text, claims := response.Afresh(s.Inc, n)
	return s.write(n, wording{text: text, claims: claims})
}

// edit opens the last text, or what was typed and not saved.
func (s *Screen) edit() tea.Cmd {
	n := s.notice()
	if kept, ok := s.kept(n.ID); ok {
		return s.write(n, kept)
	}
	text, claims, _ := s.wordsOf(n)
	return s.write(n, wording{text: text, claims: claims})
}

func (s *Screen) write(n *state.Notice, words wording) tea.Cmd {
	version := len(n.Versions) + 1
	return s.UI.Show(newWriter(s, n.ID, fmt.Sprintf("%s, version %d", n.Def.Title, version), words))
}

// save drafts a new version.
func (s *Screen) save(notice, title string, words wording) tea.Cmd {
	s.UI.Drafts.Take(s.draftOf(notice))
	s.UI.Say("")
	s.UI.Drafts.Handed(s.draftOf(notice))
	again := func() kit.Dialog { return newWriter(s, notice, title, words) }
	words.typed = true                                          // if it is refused, it comes back
	s.Visit(incident.Row{Kind: incident.NoticeRow, ID: notice}) // a correction is another notice than the one it began from
	command := state.DraftNotice{Notice: notice, Text: words.text, Claims: words.claims}
	return s.Do(&incident.Saving{Action: state.Action{Command: command}, Again: again})
}

// claim opens the claims of the last text. Taking them makes a new version.
func (s *Screen) claim() tea.Cmd {
	n := s.notice()
	text, claims, _ := s.wordsOf(n)
	return s.UI.Show(newClaims(s.Open, "What "+n.Def.Title+" claims", claims, func(claims []state.Claim) tea.Cmd {
		return s.save(n.ID, n.Def.Title, wording{text: text, claims: claims})
	}))
}

func (s *Screen) approve() tea.Cmd {
	n := s.notice()
	return s.Record(state.ApproveNotice{Notice: n.ID, Version: n.Last().Number})
}

// saysApprove is what approve records.
func (s *Screen) saysApprove() string {
	n := s.notice()
	return fmt.Sprintf("approve %s, version %d", n.Title(), n.Last().Number)
}

// copyText puts the last text on the clipboard of the person's own machine.
func (s *Screen) copyText() tea.Cmd {
	return s.copyNotice(s.notice().Last().Text)
}

// copyNotice copies a notice's text. In a drill it is marked, above and below.
func (s *Screen) copyNotice(text string) tea.Cmd {
	if !copyable(text) {
		s.UI.Say("Not copied: the text holds control characters. Edit it first.")
		return nil
	}
	if s.IsDrill() {
		const mark = "EXERCISE EXERCISE EXERCISE"
		text = mark + "\n\n" + text + "\n\n" + mark
	}
	return s.UI.Copy("The notice", text)
}

// copyable reports whether a text can go to the clipboard as it is.
func copyable(text string) bool { return clean.IsText(text) }

// free asks for a notice that no runbook has.
func (s *Screen) free() tea.Cmd {
	return s.Ask(incident.TypedAction{
		Title: "A notice of your own", Verb: "save",
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "title", Label: "Title", Required: true, Hint: "what it is"},
				{ID: "audience", Label: "To whom", Hint: "public, members, staff, authority"},
				{ID: "text", Label: "Text", Kind: kit.NoteField, Required: true},
			}
		},
		Command: func(v map[string]string) state.Command {
			return state.DraftNotice{Notice: s.freeID(v["title"]), Title: v["title"], Audience: v["audience"], Text: v["text"]}
		},
	})
}

// freeID makes an id from a title that no notice has.
func (s *Screen) freeID(title string) string {
	return freeID(title, func(id string) bool { return s.Inc.Notice(id) != nil })
}

func freeID(title string, taken func(id string) bool) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, title)
	id = strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' }), "-")
	const most = 40
	if id = strings.Trim(id[:min(most, len(id))], "-"); id == "" {
		id = "notice"
	}
	base := id
	for n := 2; taken(id); n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}

// editOutside opens the text in the person's own editor.
func (s *Screen) editOutside() tea.Cmd {
	n := s.notice()
	text, claims, _ := s.wordsOf(n)
	command, read, err := s.UI.Editor(text)
	if err != nil {
		s.UI.Say("The editor cannot be started: " + clean.Line(err.Error()))
		return nil
	}
	return tea.Exec(s.UI.Lent(command), func(err error) tea.Msg {
		if err != nil {
			return edited{s, n.ID, wording{}, err}
		}
		text, err := read()
		return edited{s, n.ID, wording{text: text, claims: claims}, err}
	})
}

// edited is a text that comes back from the person's own editor.
type edited struct {
	of     *Screen
	notice string
	words  wording
	err    error
}

// Deliver shows the text before it is saved.
func (m edited) Deliver() tea.Cmd {
	n := m.of.Inc.Notice(m.notice)
	if m.err != nil || n == nil {
		text := "The text was not taken over"
		if m.err != nil { // which has where it is kept, and that may be long
			text += ": " + m.err.Error()
		}
		return m.of.UI.Raise(kit.NewMessage(m.of.UI, "Your own editor", text+"."))
	}
	m.words.typed = true
	m.of.UI.Drafts.Note(m.of.draftOf(m.notice), m.words.texts())
	return m.of.write(n, m.words)
}
