package notices

import (
	"encoding/json"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A writer is a dialog to write a notice's text in, with what it claims below.
type writer struct {
	screen *Screen
	notice string
	title  string
	words  wording
	input  kit.Input
}

func newWriter(s *Screen, notice, title string, words wording) *writer {
	d := &writer{screen: s, notice: notice, title: title, words: words, input: kit.Input{Multi: true}}
	d.words.text = strings.TrimRight(words.text, " \n")
	d.input.Set(d.words.text)
	return d
}

// Place implements kit.Part.
func (d *writer) Place() kit.Place { return WriterPlace() }

// Leaves implements Leaver.
func (d *writer) Leaves() string { return "leave, and keep it" }

// Update implements kit.Part.
func (d *writer) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "enter" {
		d.input.Update(tea.PasteMsg{Content: "\n"})
	} else {
		d.input.Update(msg)
	}
	d.drafting()
	return nil
}

// drafting keeps what is written at present.
func (d *writer) drafting() { d.screen.UI.Drafts.Note(d.screen.draftOf(d.notice), d.texts()) }

// texts are what is written at present, for a draft; nil if that is what stood there.
func (d *writer) texts() map[string]string {
	text := d.input.Value()
	if !d.words.typed && strings.TrimSpace(text) == strings.TrimSpace(d.words.text) {
		return nil
	}
	return wording{text: text, claims: d.words.claims}.texts()
}

// draftOf is under what a notice's text is kept while it is being written.
func (s *Screen) draftOf(notice string) kit.DraftKey { return s.UI.Drafts.Of("Notice " + notice) }

// texts are a wording as a draft keeps it.
func (w wording) texts() map[string]string {
	claims, _ := json.Marshal(w.claims) // plain fields
	return map[string]string{"text": w.text, "claims": string(claims)}
}

// kept is what was written of a notice and not saved.
func (s *Screen) kept(notice string) (w wording, ok bool) {
	texts := s.UI.Drafts.Take(s.draftOf(notice))
	if texts == nil || json.Unmarshal([]byte(texts["claims"]), &w.claims) != nil {
		return wording{}, false
	}
	w.text, w.typed = texts["text"], true
	return w, true
}

// save makes a new version of what is written.
func (d *writer) save() tea.Cmd {
	d.words.text = strings.TrimSpace(d.input.Value())
	d.screen.UI.Hide(d)
	return d.screen.save(d.notice, d.title, d.words)
}

// Cancel keeps what was typed for the next time.
func (d *writer) Cancel() tea.Cmd {
	if texts := d.texts(); texts != nil {
		d.screen.UI.Drafts.Leave(d.screen.draftOf(d.notice), texts)
		d.screen.UI.Say("What you typed is kept: " + d.screen.UI.KeyOf("notice.edit") + " goes on with it.")
	}
	return nil
}

// Typed implements kit.Typist.
func (d *writer) Typed() []string {
	if texts := d.texts(); texts != nil {
		return []string{d.title + ": " + texts["text"]}
	}
	return nil
}

// acts asks who writes, and when it was.
func (d *writer) acts() tea.Cmd { return d.screen.AskActing() }

// claim opens what the text claims.
func (d *writer) claim() tea.Cmd {
	return d.screen.UI.Show(newClaims(d.screen.Open, "What it claims", d.words.claims, func(claims []state.Claim) tea.Cmd {
		d.words.claims = claims
		return nil
	}))
}

// View implements kit.Part.
func (d *writer) View(w, h int) ([]string, *tea.Cursor) {
	t, o := d.screen.UI.Theme, d.screen.Open
	inner := w - 4
	below := []string{t.Border.Render(widget.Rule(t.Glyphs.Horizontal, inner))}
	below = append(below, d.claimLines(inner, max(2, h/4))...)
	rows := max(1, h-4-len(below))
	lines, cursor := d.input.View(t, "what is said, exactly", inner, rows)
	if cursor != nil {
		cursor.X, cursor.Y = cursor.X+2, cursor.Y+1
	}
	return widget.Dialog(t, d.title, append(lines, below...), o.UI.Hints(WriterPlace(), inner), w, h), cursor
}

// claimLines are the claims, those that do not hold first, in at most n rows.
func (d *writer) claimLines(w, n int) []string {
	t, o := d.screen.UI.Theme, d.screen.Open
	var bad, good []string
	for _, c := range o.Inc.Known(d.words.claims) {
		text := fmt.Sprintf("%s is %s, %s", o.ServiceTitle(c.Service), c.State, d.screen.knownText(c))
		switch {
		case c.Unsure():
			bad = append(bad, t.Warn.Render(widget.Truncate("? "+text, w)))
		case c.Holds:
			good = append(good, t.OK.Render(widget.Truncate(t.Glyphs.Done+" "+text, w)))
		default:
			bad = append(bad, t.Bad.Render(widget.Truncate(t.Glyphs.Failed+" "+text, w)))
		}
	}
	bad = append(bad, d.newsLines(w)...)
	if blanks := sayBlanks(d.input.Value()); blanks != "" {
		bad = append(bad, t.Warn.Render(widget.Truncate("? "+blanks, w)), t.Dim.Render(widget.Truncate("  "+d.screen.sayFills(o.Inc.Notice(d.notice), d.input.Value()), w)))
	}
	for _, id := range o.Inc.Mentions(d.input.Value(), d.words.claims) {
		bad = append(bad, t.Warn.Render(widget.Truncate("? The text names "+o.ServiceTitle(id)+" and claims nothing of it.", w)))
	}
	all := append(bad, good...)
	if len(all) == 0 {
		return []string{t.Dim.Render("It claims nothing of any service.")}
	}
	if len(all) > n {
		all = append(all[:n-1], t.Dim.Render(fmt.Sprintf("and %d more", len(all)-n+1)))
	}
	return all
}

// newsLines say what has changed since the last text, and what of the one sent before
// this one does not name.
func (d *writer) newsLines(w int) []string {
	t, o := d.screen.UI.Theme, d.screen.Open
	n := o.Inc.Notice(d.notice)
	if n == nil || n.Last() == nil {
		return nil
	}
	var lines []string
	for _, id := range n.Dropped(o.Inc, d.input.Value(), d.words.claims) {
		lines = append(lines, t.Warn.Render(widget.Truncate("? What was sent names "+o.ServiceTitle(id)+", and this does not.", w)))
	}
	for _, news := range n.News(o.Inc, n.Last()) {
		lines = append(lines, t.Warn.Render(widget.Truncate(fmt.Sprintf("? Since version %d: %s", n.Last().Number, clean.Line(news)), w)))
	}
	return lines
}

// Click implements kit.Part.
func (d *writer) Click(_, _ int) tea.Cmd { return nil }
