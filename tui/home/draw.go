package home

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/when"
	"muster/tui/kit"
	"muster/tui/widget"
)

// View implements kit.Part.
func (h *Screen) View(w, height int) ([]string, *tea.Cursor) {
	t := h.ui.Theme
	if h.opening && !h.read { // an incident was asked for: what else there is, is not known yet
		return append(widget.Fit(nil, w, height-1), h.ui.Footer(w)), nil
	}
	lines := []string{h.titleLine(w), t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))}
	var cursor *tea.Cursor
	if h.filtering {
		var line []string
		line, cursor = h.filter.View(t, "type to filter", w-4, 1)
		cursor.X, cursor.Y = cursor.X+3, len(lines)
		lines = append(lines, " "+t.Key.Render("/")+" "+line[0])
	}
	below := h.summary(w, height-len(lines)-1)
	lines = append(lines, h.listLines(w, height-len(lines)-1-len(below))...)
	lines = append(widget.Fit(lines, w, height-1-len(below)), below...)
	return append(lines, h.ui.Footer(w)), cursor
}

// summary says what the chosen runbook is for, or where the incident stands, if
// the list leaves room for it in rows.
func (h *Screen) summary(w, rows int) []string {
	const most = 4 // with its rule
	item, t := h.itemAt(h.bar()), h.ui.Theme
	if item == nil || rows < most+min(len(h.shown), 14) {
		return nil
	}
	text := h.summaryText(item)
	if text == "" {
		return nil
	}
	lines := []string{t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))}
	for _, row := range widget.Wrap(clean.Line(clean.Passage(text)), max(8, w-2)) {
		lines = append(lines, widget.Pad(" "+t.Dim.Render(row), w))
	}
	return lines[:min(len(lines), most)]
}

// summaryText says what a runbook is for, or where an incident stands.
func (h *Screen) summaryText(item *homeItem) string {
	switch {
	case item.book != nil && item.book.Err == nil:
		return item.book.Summary
	case item.incident != nil:
		head := item.incident
		return fmt.Sprintf("%s: %s. Runbook: %s. Opened %s, %s, %d of %d steps done.", head.ID, strings.TrimSuffix(head.Title, "."), head.Runbook,
			head.Opened.In(h.ui.Now().Location()).Format("2006-01-02 15:04"), kit.Entries(int(head.Entries)), head.Done, head.Total)
	}
	return ""
}

func (h *Screen) titleLine(w int) string {
	t := h.ui.Theme
	right := t.Dim.Render(h.counts())
	if mark := h.foyer.Mark(); mark != "" {
		right = t.Accent.Render(mark) + "  " + right
	}
	if h.loading > 0 {
		right = t.Dim.Render("reading" + t.Glyphs.Saving)
	}
	return widget.Spread(" "+t.Title.Render("muster")+t.Dim.Render("  incident response"), right+" ", w)
}

func (h *Screen) counts() string {
	if h.filter.Value() != "" {
		return fmt.Sprintf("%d of %d match", h.total, len(h.items))
	}
	return kit.Plural(len(h.incidents), "incident") + ", " + kit.Plural(len(h.books), "runbook")
}

// noOrganisation is said while none is set down.
const noOrganisation = "No organisation yet: the command \"muster init\" sets down your services, contacts and people."

// fewRows are so few that all are left to the list.
const fewRows = 6

func (h *Screen) listLines(w, rows int) []string {
	t := h.ui.Theme
	var lines []string
	for _, err := range []error{h.listErr, h.booksErr} {
		if err != nil {
			lines = append(lines, t.Error.Render(widget.Truncate(" "+clean.Line(err.Error()), w)))
		}
	}
	if h.bare && rows > fewRows {
		lines = append(lines, t.Dim.Render(widget.Truncate(" "+noOrganisation, w)))
	}
	if len(h.shown) == 0 && h.loading == 0 {
		text := "Nothing here. \"muster runbook new\" makes a runbook."
		if h.filter.Value() != "" {
			text = "Nothing matches." + kit.WhyNoMatch(h.filter.Value())
		}
		return append(lines, "", t.Dim.Render(widget.PadCenter(text, w)))
	}
	rows -= len(lines)
	h.rows = rows
	h.first = widget.Window(len(h.shown), rows, h.cursor, h.first)
	for i := h.first; i < len(h.shown) && i < h.first+rows; i++ {
		lines = append(lines, h.rowLine(i, w))
	}
	return lines
}

func (h *Screen) rowLine(i, w int) string {
	t := h.ui.Theme
	r := h.shown[i]
	if r.title != "" {
		return " " + t.Heading.Render(r.title)
	}
	item := &h.items[r.item]
	sign, right := h.bookSigns(item.book)
	if item.incident != nil {
		sign, right = h.incidentSigns(item.incident)
	}
	text := widget.Highlight(item.text(), r.matched, t.Text, t.Match)
	if r.matched == nil {
		text = h.plainText(item)
	}
	line := widget.Spread(" "+sign+" "+text, right, w-2) + " "
	return t.Row(widget.MarkOf(i, h.cursor, h.bar()), t.Text, line)
}

// plainText is an item's text with its second half dim.
func (h *Screen) plainText(item *homeItem) string {
	head, tail, found := strings.Cut(item.text(), "  ")
	if !found {
		return head
	}
	if item.incident != nil {
		return h.ui.Theme.Strong.Render(head) + "  " + tail
	}
	return head + "  " + h.ui.Theme.Dim.Render(tail)
}

func (h *Screen) incidentSigns(head *response.Head) (sign, right string) {
	t, now := h.ui.Theme, h.ui.Now()
	var parts []string
	if head.Err != nil {
		parts = append(parts, t.Error.Render("DAMAGED"))
	}
	if head.Mode == state.Drill {
		parts = append(parts, t.Exercise.Render(" EXERCISE "))
	}
	parts = append(parts, clean.Line(string(head.Severity)), fmt.Sprintf("%d/%d", head.Done, head.Total))
	switch {
	case head.Copy:
		parts = append(parts, t.Warn.Render("COPY"))
	case head.Branch:
		parts = append(parts, t.Warn.Render("BRANCH"))
	}
	if in := h.foyer.In(head.ID); in != "" {
		parts = append(parts, t.Accent.Render(in))
	}
	if head.Two {
		parts = append(parts, t.Error.Render("TWO ANSWERS"))
	}
	if head.Left {
		parts = append(parts, t.Error.Render("MAY HAVE LEFT"))
	}
	if !head.Closed.IsZero() {
		return t.Dim.Render(t.Glyphs.Done), strings.Join(append(parts, "closed "+dateText(head.Closed, now)), "  ")
	}
	return t.Accent.Render(t.Glyphs.Active), strings.Join(append(parts, when.Ago(head.Opened, now)), "  ")
}

func (h *Screen) bookSigns(b *runbooks.Head) (sign, right string) {
	if b == nil {
		return "", ""
	}
	t := h.ui.Theme
	var parts []string
	switch {
	case b.Err != nil:
		parts = append(parts, t.Error.Render("BROKEN"))
	case b.ReviewDue(h.ui.Now()):
		parts = append(parts, t.Warn.Render("review overdue"))
	}
	if b.Severity != "" {
		parts = append(parts, clean.Line(string(b.Severity)))
	}
	if b.Layer != "" {
		parts = append(parts, t.Dim.Render(clean.Line(b.Layer)))
	}
	return t.Dim.Render(t.Glyphs.Todo), strings.Join(parts, "  ")
}

func dateText(at, now time.Time) string { return at.In(now.Location()).Format("2006-01-02") }
