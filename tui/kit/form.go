package kit

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A FieldKind says how a field is filled in.
type FieldKind int

// The kinds of fields.
const (
	LineField   FieldKind = iota // one line of text
	NoteField                    // several lines
	ChoiceField                  // one of a few; ← and → change it
	PathField                    // a file's name; tab completes it
)

// noteRows is how many rows a note's field has.
const noteRows = 4

// A Choice is one value a choice field can have.
type Choice struct {
	Value string // what the field has then
	Title string // how it is shown
}

// A Field is one thing to fill in.
type Field struct {
	ID       string    // under which its value is handed over
	Fills    string    // what it fills of the form's command, as a refusal names it; "" for ID
	Label    string    // above it
	Kind     FieldKind // LineField unless it is set
	Hint     string    // shown while the field is empty
	Required bool      // it may not be left empty
	Short    bool      // it stands in one row, beside its label
	Given    bool      // it is nearly always right as it stands: line by line nobody is asked for it
	Named    bool      // somebody's name is asked for
	Choices  []Choice  // of a ChoiceField
	chosen   int
	typed    string              // of a choice, so far
	Check    func(string) string // why a value cannot be; "" if it can
	before   string              // what was typed into it before the form was left, and is in it again
	wrong    string              // why the present one cannot be
	complete bool                // of a path: it names one file; tab goes on
	Input    Input               // what is typed into it
	Row      int                 // its label's, as last drawn in the form
	spans    []hitSpan           // of the choices, as last drawn below the label
}

// A hitSpan is where a choice was drawn: a row, and columns from x to end.
type hitSpan struct{ row, x, end int }

// A Form is fields to fill in, one of which has the keys.
type Form struct {
	ui     *UI
	Fields []*Field
	Focus  int // index of the field that has the keys
}

// NewForm makes a form. values prefills the fields, by id.
func NewForm(u *UI, fields []*Field, values map[string]string) *Form {
	f := &Form{ui: u, Fields: fields}
	for _, field := range fields {
		if value, ok := values[field.ID]; ok {
			field.Set(value)
			field.Input.filled = field.Kind == LineField && value != ""
		}
		field.Input.Multi = field.Kind == NoteField
	}
	return f
}

// Set fills the field in.
func (f *Field) Set(value string) {
	f.Input.Multi = f.Kind == NoteField
	f.Input.Set(value)
	for i, c := range f.Choices {
		if c.Value == value {
			f.chosen = i
		}
	}
}

// Value is what was filled in, or the value of the choice; without spaces around it.
func (f *Field) Value() string {
	if f.Kind != ChoiceField {
		return strings.TrimSpace(f.Input.Value())
	}
	if len(f.Choices) == 0 {
		return ""
	}
	return f.Choices[f.chosen].Value
}

// Shift moves the focus, around the ends.
func (f *Form) Shift(by int) {
	n := len(f.Fields)
	f.Fields[f.Focus].typed = ""
	f.Focus = ((f.Focus+by)%n + n) % n
}

// Update gives a key or a paste to the field that has the focus.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	field := f.Fields[f.Focus]
	field.wrong, field.complete = "", false
	if field.Kind == ChoiceField {
		field.choose(msg)
	} else {
		field.Input.Update(msg)
	}
	return nil
}

// choose takes a key: arrows go to the next choice, letters to the one that begins with
// what was typed so far, as in every list of choices. Letters that came at once are letters:
// so they come over a line with lag.
func (f *Field) choose(msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok && len(f.Choices) > 0 {
		text := strings.TrimSpace(paste.Content)
		if text != "" && !f.ahead(text) {
			f.typed, f.wrong = "", "None of them begins with what was pasted."
		}
		return
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || len(f.Choices) == 0 {
		return
	}
	if key.Text != "" && f.ahead(key.Text) {
		return
	}
	if r := firstRune(key.Text); unicode.IsLetter(r) {
		f.wrong = "None of them begins with “" + string(r) + "”." + WhyNoMatch(key.Text)
	}
	f.typed = ""
	n := len(f.Choices)
	switch key.String() {
	case "left", "up":
		f.chosen = (f.chosen + n - 1) % n
	case "right", "down", "space":
		f.chosen = (f.chosen + 1) % n
	}
}

// ahead chooses by what is typed: the choice that begins with all of it, or else the next
// one that begins with the last letter. It reports whether there is one.
func (f *Field) ahead(text string) bool {
	for _, typed := range []string{f.typed + text, text} {
		from := f.chosen // which goes on to fit
		if typed == text {
			from++ // a letter alone goes to the next
		}
		for i := range f.Choices {
			at := (from + i) % len(f.Choices)
			if strings.HasPrefix(asTyped(f.Choices[at].Title), asTyped(typed)) {
				f.chosen, f.typed = at, typed
				return true
			}
		}
	}
	return false
}

// asTyped is a choice's title as it is looked for: whoever types "shut down" means "shut-down".
func asTyped(text string) string { return strings.ReplaceAll(strings.ToLower(text), "-", " ") }

// Values are what was filled in, by the fields' ids.
func (f *Form) Values() map[string]string {
	values := make(map[string]string, len(f.Fields))
	for _, field := range f.Fields {
		values[field.ID] = field.Value()
	}
	return values
}

// OK reports whether every field can be taken as it is; if not, the first that
// cannot gets the focus and says why.
func (f *Form) OK() bool {
	for i, field := range f.Fields {
		value := field.Value()
		field.wrong = "" // what was said of a key is no reason to refuse what is chosen
		switch {
		case field.Required && value == "":
			field.wrong = "This is needed."
		case field.Check != nil:
			field.wrong = field.Check(value)
		}
		if field.wrong != "" {
			f.Focus = i
			return false
		}
	}
	return true
}

// Click gives the keys to the field that was hit, and takes the choice that was.
func (f *Form) Click(x, y int) {
	for i := len(f.Fields) - 1; i >= 0; i-- {
		field := f.Fields[i]
		if y < field.Row {
			continue
		}
		f.Focus = i
		for k, s := range field.spans {
			if y == field.Row+1+s.row && x-2 >= s.x && x-2 < s.end {
				field.chosen = k
			}
		}
		return
	}
}

// View draws the form in w columns, and says in which row the focus stands.
func (f *Form) View(w int) (lines []string, cursor *tea.Cursor) {
	for i, field := range f.Fields {
		if i > 0 && !(field.Short && f.Fields[i-1].Short) {
			lines = append(lines, "")
		}
		focused := i == f.Focus
		field.Row, field.Input.lit = len(lines), focused
		body, cur := f.row(field, w, focused)
		if cur != nil {
			cur.Y += len(lines)
			cursor = cur
		}
		lines = append(lines, body...)
		if field.wrong != "" {
			for _, line := range widget.Wrap(clean.Line(field.wrong), w-4) {
				lines = append(lines, "  "+f.ui.Theme.Error.Render(f.ui.Theme.Glyphs.Failed+" "+line))
			}
		}
	}
	return lines, cursor
}

// row is a field with its label, above it or beside it.
func (f *Form) row(field *Field, w int, focused bool) ([]string, *tea.Cursor) {
	label := f.labelLine(field, focused)
	if field.Short {
		label = widget.Pad(label, f.beside()) + " "
		body, cursor := field.Input.View(f.ui.Theme, field.Hint, max(4, w-widget.Width(label)), 1)
		if !focused {
			return []string{label + body[0]}, nil
		}
		cursor.X += widget.Width(label)
		return []string{label + body[0]}, cursor
	}
	if says := f.typedBefore(field); widget.Width(label)+widget.Width(says) <= w {
		label += says
	}
	if keys := f.choosing(field, focused); widget.Width(label)+widget.Width(keys) <= w {
		label += keys
	}
	body, cursor := f.fieldLines(field, w-2, focused)
	if cursor != nil {
		cursor.Y++
		cursor.X += 2
	}
	lines := []string{label}
	for _, line := range body {
		lines = append(lines, "  "+line)
	}
	return lines, cursor
}

// beside is how wide the labels are that have their fields beside them.
func (f *Form) beside() (w int) {
	for _, field := range f.Fields {
		if field.Short {
			w = max(w, widget.Width(f.labelLine(field, false)))
		}
	}
	return w
}

// choosing says behind the label of a choice by which keys one is chosen; "" if none is.
func (f *Form) choosing(field *Field, focused bool) string {
	if !focused || field.Kind != ChoiceField || len(field.Choices) < 2 {
		return ""
	}
	return f.ui.Theme.Dim.Render("   " + f.ui.keySign("left") + " " + f.ui.keySign("right") + " choose")
}

func (f *Form) labelLine(field *Field, focused bool) string {
	t := f.ui.Theme
	label := clean.Line(field.Label)
	if field.Required {
		label += " *"
	}
	if focused {
		return t.Accent.Render(t.Glyphs.Cursor) + " " + t.Strong.Render(label)
	}
	return "  " + t.Dim.Render(label)
}

// typedBefore says of a field that it holds what was typed before; "" if it holds something else.
func (f *Form) typedBefore(field *Field) string {
	if field.before == "" || field.Value() != field.before {
		return ""
	}
	return f.ui.Theme.Dim.Render("  typed before")
}

func (f *Form) fieldLines(field *Field, w int, focused bool) ([]string, *tea.Cursor) {
	t := f.ui.Theme
	rows := 1
	switch field.Kind {
	case ChoiceField:
		return f.choiceLines(field, w, focused), nil
	case NoteField:
		rows = noteRows
	}
	lines, cursor := field.Input.View(t, field.Hint, w, rows)
	if !focused {
		cursor = nil
	}
	return append(lines, t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))), cursor
}

func (f *Form) choiceLines(field *Field, w int, focused bool) []string {
	t := f.ui.Theme
	var row string
	var lines []string
	field.spans = field.spans[:0]
	for i, c := range field.Choices {
		sign, style := t.Glyphs.Todo, t.Text
		if i == field.chosen {
			sign, style = t.Glyphs.Saved, t.Strong
			if focused {
				style = t.Selected.With(t.Strong)
			}
		}
		item := style.Render(sign + " " + widget.Truncate(clean.Line(c.Title), w-3))
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
	field *Field
	typed string
	path  string
	names []string // what it could be, if more than one
}

// Deliver implements Routed.
func (c completed) Deliver() tea.Cmd {
	if c.field.Input.Value() != c.typed {
		return nil
	}
	c.field.Input.Set(c.path)
	c.field.wrong = ""
	c.field.complete = len(c.names) <= 1 && !strings.HasSuffix(c.path, string(filepath.Separator))
	if len(c.names) > 1 {
		c.field.wrong = clean.Line(strings.Join(c.names, "  "))
	}
	return nil
}

// completion completes the file's name in a path field.
func (f *Field) completion() tea.Cmd {
	typed := f.Input.Value()
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
	entries, err := os.ReadDir(ExpandHome(dir, "."))
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

// ExpandHome replaces a leading ~ by the home folder, and nothing by empty.
func ExpandHome(path, empty string) string {
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
