package tui

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A fieldKind says how a field is filled in.
type fieldKind int

const (
	lineField   fieldKind = iota // one line of text
	noteField                    // several lines
	choiceField                  // one of a few; ← and → change it
	pathField                    // a file's name; tab completes it
)

// noteRows is how many rows a note's field has.
const noteRows = 4

// A choice is one value a choice field can have.
type choice struct{ value, title string }

// A field is one thing to fill in.
type field struct {
	id, label string
	kind      fieldKind
	hint      string // shown while the field is empty
	required  bool
	choices   []choice
	chosen    int
	check     func(string) string // why a value cannot be; "" if it can
	wrong     string              // why the present one cannot be
	complete  bool                // of a path: it names one file; tab goes on
	editor    editor
	row       int       // its label's, as last drawn in the form
	spans     []hitSpan // of the choices, as last drawn below the label
}

// A hitSpan is where a choice was drawn: a row, and columns from x to end.
type hitSpan struct{ row, x, end int }

// A form is fields to fill in, one of which has the keys.
type form struct {
	ui     *UI
	fields []*field
	focus  int
}

// newForm makes a form. values prefills the fields, by id.
func newForm(u *UI, fields []*field, values map[string]string) *form {
	f := &form{ui: u, fields: fields}
	for _, field := range fields {
		if value, ok := values[field.id]; ok {
			field.set(value)
		}
		field.editor.multi = field.kind == noteField
	}
	return f
}

// set fills the field in.
func (f *field) set(value string) {
	f.editor.multi = f.kind == noteField
	f.editor.set(value)
	for i, c := range f.choices {
		if c.value == value {
			f.chosen = i
		}
	}
}

func (f *field) value() string {
	if f.kind != choiceField {
		return strings.TrimSpace(f.editor.value())
	}
	if len(f.choices) == 0 {
		return ""
	}
	return f.choices[f.chosen].value
}

// shift moves the focus, around the ends.
func (f *form) shift(by int) {
	n := len(f.fields)
	f.focus = ((f.focus+by)%n + n) % n
}

// update gives a key or a paste to the field that has the focus.
func (f *form) update(msg tea.Msg) tea.Cmd {
	field := f.fields[f.focus]
	field.wrong, field.complete = "", false
	if field.kind == choiceField {
		field.choose(msg)
	} else {
		field.editor.update(msg)
	}
	return nil
}

func (f *field) choose(msg tea.Msg) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || len(f.choices) == 0 {
		return
	}
	n := len(f.choices)
	switch key.String() {
	case "left", "up":
		f.chosen = (f.chosen + n - 1) % n
	case "right", "down", "space":
		f.chosen = (f.chosen + 1) % n
	default:
		// A letter goes to the next choice that begins with it.
		for i := 1; i <= n && key.Text != ""; i++ {
			if strings.HasPrefix(strings.ToLower(f.choices[(f.chosen+i)%n].title), strings.ToLower(key.Text)) {
				f.chosen = (f.chosen + i) % n
				return
			}
		}
	}
}

// values are what was filled in, by the fields' ids.
func (f *form) values() map[string]string {
	values := make(map[string]string, len(f.fields))
	for _, field := range f.fields {
		values[field.id] = field.value()
	}
	return values
}

// ok reports whether every field can be taken as it is; if not, the first that
// cannot gets the focus and says why.
func (f *form) ok() bool {
	for i, field := range f.fields {
		value := field.value()
		switch {
		case field.required && value == "":
			field.wrong = "This is needed."
		case field.check != nil:
			field.wrong = field.check(value)
		}
		if field.wrong != "" {
			f.focus = i
			return false
		}
	}
	return true
}

// click gives the keys to the field that was hit, and takes the choice that was.
func (f *form) click(x, y int) {
	for i := len(f.fields) - 1; i >= 0; i-- {
		field := f.fields[i]
		if y < field.row {
			continue
		}
		f.focus = i
		for k, s := range field.spans {
			if y == field.row+1+s.row && x-2 >= s.x && x-2 < s.end {
				field.chosen = k
			}
		}
		return
	}
}

// view draws the form in w columns, and says in which row the focus stands.
func (f *form) view(w int) (lines []string, cursor *tea.Cursor) {
	for i, field := range f.fields {
		if i > 0 {
			lines = append(lines, "")
		}
		focused := i == f.focus
		field.row = len(lines)
		lines = append(lines, f.labelLine(field, focused))
		body, cur := f.fieldLines(field, w-2, focused)
		if cur != nil {
			cur.Y += len(lines)
			cur.X += 2
			cursor = cur
		}
		for _, line := range body {
			lines = append(lines, "  "+line)
		}
		if field.wrong != "" {
			for _, line := range widget.Wrap(clean.Line(field.wrong), w-4) {
				lines = append(lines, "  "+f.ui.Theme.Error.Render(f.ui.Theme.Glyphs.Failed+" "+line))
			}
		}
	}
	return lines, cursor
}

func (f *form) labelLine(field *field, focused bool) string {
	t := f.ui.Theme
	label := clean.Line(field.label)
	if field.required {
		label += " *"
	}
	if focused {
		return t.Accent.Render(t.Glyphs.Cursor) + " " + t.Strong.Render(label)
	}
	return "  " + t.Dim.Render(label)
}

func (f *form) fieldLines(field *field, w int, focused bool) ([]string, *tea.Cursor) {
	t := f.ui.Theme
	rows := 1
	switch field.kind {
	case choiceField:
		return f.choiceLines(field, w, focused), nil
	case noteField:
		rows = noteRows
	}
	lines, cursor := field.editor.view(t, field.hint, w, rows)
	if !focused {
		cursor = nil
	}
	return append(lines, t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))), cursor
}

func (f *form) choiceLines(field *field, w int, focused bool) []string {
	t := f.ui.Theme
	var row string
	var lines []string
	field.spans = field.spans[:0]
	for i, c := range field.choices {
		sign, style := t.Glyphs.Todo, t.Text
		if i == field.chosen {
			sign, style = t.Glyphs.Saved, t.Strong
			if focused {
				style = t.Selected.With(t.Strong)
			}
		}
		item := style.Render(sign + " " + widget.Truncate(clean.Line(c.title), w-3))
		if row != "" && widget.Width(row)+3+widget.Width(item) > w {
			lines = append(lines, row)
			row = ""
		}
		if row != "" {
			row += "   "
		}
		x := widget.Width(row)
		row += item
		field.spans = append(field.spans, hitSpan{len(lines), x, widget.Width(row)})
	}
	return append(lines, row)
}

// completed is a file's name, as far as it is certain.
type completed struct {
	field *field
	typed string
	path  string
	names []string // what it could be, if more than one
}

func (c completed) Deliver() tea.Cmd {
	if c.field.editor.value() != c.typed {
		return nil
	}
	c.field.editor.set(c.path)
	c.field.wrong = ""
	c.field.complete = len(c.names) <= 1 && !strings.HasSuffix(c.path, string(filepath.Separator))
	if len(c.names) > 1 {
		c.field.wrong = clean.Line(strings.Join(c.names, "  "))
	}
	return nil
}

// completion completes the file's name in a path field.
func (f *field) completion() tea.Cmd {
	typed := f.editor.value()
	return func() tea.Msg {
		path, names := completePath(typed)
		return completed{f, typed, path, names}
	}
}

// completePath is typed with what all files that begin so have in common, and
// the first of these files.
func completePath(typed string) (path string, names []string) {
	const most = 12
	dir, prefix := filepath.Split(typed)
	entries, err := os.ReadDir(expandHome(dir, "."))
	if err != nil {
		return typed, nil
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) && (prefix != "" || !strings.HasPrefix(e.Name(), ".")) {
			name := e.Name()
			if e.IsDir() {
				name += string(filepath.Separator)
			}
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return typed, nil
	}
	sort.Strings(names)
	path = dir + commonPrefix(names)
	return path, names[:min(most, len(names))]
}

func commonPrefix(sorted []string) string {
	first, last := sorted[0], sorted[len(sorted)-1]
	n := 0
	for n < len(first) && n < len(last) && first[n] == last[n] {
		n++
	}
	for n < len(first) && n > 0 && !utf8.RuneStart(first[n]) {
		n-- // names that share half a character
	}
	return first[:n]
}

// expandHome replaces a leading ~ by the home folder, and nothing by empty.
func expandHome(path, empty string) string {
	if path == "" {
		return empty
	}
	if path == "~" || strings.HasPrefix(path, "~"+string(filepath.Separator)) {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, path[1:]) + map[bool]string{true: string(filepath.Separator)}[strings.HasSuffix(path, string(filepath.Separator))]
		}
	}
	return path
}
