package kit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"muster/tui/widget"
)

// choice is a field with three answers, of which the second is chosen.
func choice() *Field {
	f := &Field{ID: "how", Label: "How", Kind: ChoiceField, Choices: []Choice{{"m", "Mail"}, {"p", "Phone"}, {"pa", "Pager"}}}
	f.Set("p")
	return f
}

// TestChoice: arrows go around the ends, a letter to the next that begins with it.
func TestChoice(t *testing.T) {
	for keys, want := range map[string]string{
		"": "p", "left": "m", "left left": "pa", "right": "pa", "right right": "m", "up": "m", "down": "pa", "space": "pa",
		"m": "m", "p": "pa", "p p": "p", "P": "pa", "x": "p", "esc": "p", "right right right": "p", "left left left": "p",
	} {
		u, _ := sit(t)
		u.Show(NewPrompt(u, "", "", "", []*Field{choice()}, nil, nil))
		prompt := u.Top().(*Prompt)
		for _, key := range strings.Fields(keys) {
			msgs := map[string]tea.KeyPressMsg{"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "up": {Code: tea.KeyUp},
				"down": {Code: tea.KeyDown}, "space": {Code: tea.KeySpace, Text: " "}, "esc": {Code: tea.KeyEscape}}
			msg, ok := msgs[key]
			if !ok {
				msg = tea.KeyPressMsg{Code: rune(key[0]), Text: key}
			}
			prompt.Update(msg)
		}
		if got := prompt.form.Values()["how"]; got != want {
			t.Errorf("%q chooses %q, not %q", keys, got, want)
		}
	}
	none := &Field{Kind: ChoiceField}
	none.choose(tea.KeyPressMsg{Code: tea.KeyLeft})
	none.choose(tea.PasteMsg{Content: "p"})
	if none.Value() != "" {
		t.Errorf("without choices it is %q", none.Value())
	}
	f := choice()
	if f.choose(tea.PasteMsg{Content: "m"}); f.Value() != "m" {
		t.Errorf("letters that came at once choose %q", f.Value())
	}
	if f.Set("unknown"); f.Value() != "m" {
		t.Errorf("an unknown value chooses %q", f.Value())
	}
}

// TestFormIsTakenWhenInOrder: the first field that cannot be taken gets the keys and
// says why; what is typed then takes that back.
func TestFormIsTakenWhenInOrder(t *testing.T) {
	short := func(s string) string {
		if len(s) > 3 {
			return "Too long."
		}
		return ""
	}
	for _, c := range []struct {
		values map[string]string
		focus  int
		wrong  string
	}{
		{map[string]string{"a": "x", "c": "y"}, 1, ""},
		{map[string]string{"a": " \t", "c": "y"}, 0, "This is needed."},
		{map[string]string{"a": "x", "b": "long"}, 1, "Too long."},
		{map[string]string{"a": "x", "b": "long "}, 1, "Too long."},
		{map[string]string{"a": "x"}, 2, "This is needed."},
		{map[string]string{"a": "x", "c": "long"}, 2, "Too long."},
	} {
		u, _ := sit(t)
		var sent map[string]string
		u.Show(NewPrompt(u, "", "", "go", []*Field{
			{ID: "a", Required: true}, {ID: "b", Check: short}, {ID: "c", Required: true, Check: short},
		}, c.values, func(v map[string]string) (string, tea.Cmd) { sent = v; return "", nil }))
		form := u.Top().(*Prompt).form
		form.Focus = 1
		hit(u, "enter")
		if (sent != nil) != (c.wrong == "") || u.Covered() != (c.wrong != "") || form.Focus != c.focus || form.Fields[c.focus].wrong != c.wrong {
			t.Errorf("%v: sent %v, field %d has the keys and says %q", c.values, sent, form.Focus, form.Fields[form.Focus].wrong)
		}
		if c.wrong == "" {
			continue
		}
		if hit(u, "q"); form.Fields[c.focus].wrong != "" {
			t.Errorf("%v: after a key it still says so", c.values)
		}
	}
}

// TestPromptKeysGoFromFieldToField: around the ends; a new line in a note alone; keys
// that submit from anywhere.
func TestPromptKeysGoFromFieldToField(t *testing.T) {
	u, _ := sit(t)
	var sent map[string]string
	left := map[string]string{}
	p := NewPrompt(u, "Note", "", "add", []*Field{{ID: "who", Label: "Who"}, {ID: "what", Label: "What", Kind: NoteField}}, nil,
		func(v map[string]string) (string, tea.Cmd) {
			if v["what"] == "bad" {
				return "That is refused.", nil
			}
			sent = v
			return "", tea.Quit
		})
	p.Left = func(v map[string]string) { left = v }
	u.Show(p)
	hit(u, "Ada", "alt+enter", "tab", "one", "alt+enter", "two", "tab", "!", "shift+tab", "?")
	if got := p.form.Values(); got["who"] != "Ada!" || got["what"] != "one\ntwo?" {
		t.Errorf("typed %q", got)
	}
	hit(u, "esc")
	if left["who"] != "Ada!" || u.Covered() || sent != nil {
		t.Errorf("left with %q", left)
	}
	u.Show(p)
	p.form.Fields[1].Set("bad")
	hit(u, "ctrl+s")
	if p.Wrong != "That is refused." || !u.Covered() || sent != nil {
		t.Errorf("wrong %q, sent %v", p.Wrong, sent)
	}
	if hit(u, "x"); p.Wrong != "" {
		t.Errorf("after a key: %q", p.Wrong)
	}
	u.hand = hand{}
	if cmd := u.Key(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}); !quits(cmd) || u.Covered() || sent["what"] != "badx" {
		t.Errorf("sent %q, open %v", sent, u.Covered())
	}
}

// TestPromptIsDrawn: what it is about, each field's label above it, the choices, what
// is wrong, and the cursor where one types.
func TestPromptIsDrawn(t *testing.T) {
	u, _ := sit(t)
	p := NewPrompt(u, "Call", "Who was reached, and how.", "record",
		[]*Field{{ID: "who", Label: "Who", Required: true, Hint: "a name"}, choice(), {ID: "note", Label: "Note", Kind: NoteField}}, map[string]string{"who": "Ada", "note": "one\ntwo"}, nil)
	u.Show(p)
	lines, x, y := shown(p, 40, 30)
	sameLines(t, "the prompt", lines, `
╭─ Call ───────────────────────────────╮
│ Who was reached, and how.            │
│                                      │
│ ▌ Who *                              │
│   Ada                                │
│   ────────────────────────────────── │
│                                      │
│   How                                │
│   ○ Mail   ● Phone   ○ Pager         │
│                                      │
│   Note                               │
│   one                                │
│   two                                │
│                                      │
│                                      │
│   ────────────────────────────────── │
├──────────────────────────────────────┤
│ ↵ record  tab next field  esc cancel │
╰──────────────────────────────────────╯`)
	if x != 7 || y != 4 {
		t.Errorf("the cursor is at %d,%d", x, y)
	}
	p.form.Focus = 1
	if _, x, y = shown(p, 40, 30); x != -1 || y != -1 {
		t.Errorf("a choice has a text cursor at %d,%d", x, y)
	}
	p.form.Focus = 2
	if _, x, y = shown(p, 40, 30); x != 7 || y != 12 {
		t.Errorf("the note's cursor is at %d,%d", x, y)
	}
	p.form.Focus, p.Wrong, p.form.Fields[0].wrong = 0, "Refused, because it is closed and nothing more is taken.", "This is needed by whoever reads the report."
	lines, _, _ = shown(p, 40, 30)
	if lines[6] != "│   ✗ This is needed by whoever reads  │" || lines[7] != "│   ✗ the report.                      │" || lines[18] != "│ Refused, because it is closed and    │" {
		t.Errorf("what is wrong is drawn as\n%s", strings.Join(lines, "\n"))
	}
	p = NewPrompt(u, "", "", "", []*Field{{Label: "Who"}}, nil, nil)
	if lines, _, y = shown(p, 40, 30); lines[1] != "│ ▌ Who                                │" || y != 2 {
		t.Errorf("without a word on what it is about: cursor in row %d\n%s", y, strings.Join(lines, "\n"))
	}
}

// TestPromptIsClicked: a field gets the keys, a choice is taken, also when the form
// has scrolled.
func TestPromptIsClicked(t *testing.T) {
	u, _ := sit(t)
	fields := func() []*Field {
		return []*Field{{ID: "a", Label: "A"}, choice(), {ID: "b", Label: "B"}, {ID: "c", Label: "C"}}
	}
	for _, c := range []struct {
		name, about string
		x, y        int
		focus       int
		how         string
	}{
		{"the first", "", 5, 1, 0, "p"},
		{"its text", "", 5, 3, 0, "p"},
		{"the gap below belongs to it", "", 5, 4, 0, "p"},
		{"a label", "", 5, 5, 1, "p"},
		{"a choice", "", 4, 6, 1, "m"},
		{"a choice's end", "", 9, 6, 1, "m"},
		{"between choices", "", 10, 6, 1, "p"},
		{"before the choices", "", 3, 6, 1, "p"},
		{"the last choice", "", 23, 6, 1, "pa"},
		{"beside the choices", "", 31, 6, 1, "p"},
		{"below the choices", "", 4, 7, 1, "p"},
		{"the frame above", "", 5, 0, 3, "p"},
		{"below what it is about", "About it.", 4, 8, 1, "m"},
	} {
		p := NewPrompt(u, "T", c.about, "", fields(), nil, nil)
		p.form.Focus = 3
		shown(p, 50, 30)
		p.Click(c.x, c.y)
		if p.form.Focus != c.focus || p.form.Values()["how"] != c.how {
			t.Errorf("%s: field %d has the keys, %q is chosen", c.name, p.form.Focus, p.form.Values()["how"])
		}
	}
	p := NewPrompt(u, "T", "About it.", "", fields(), nil, nil)
	p.form.Focus = 3
	lines, x, y := shown(p, 50, 12)
	if len(lines) != 12 || x != 4 || !strings.HasPrefix(lines[y-1], "│ ▌ C") {
		t.Fatalf("scrolled: the cursor is at %d,%d of\n%s", x, y, strings.Join(lines, "\n"))
	}
	for row, line := range lines {
		if strings.HasPrefix(line, "│   B") {
			if p.Click(5, row); p.form.Focus != 2 {
				t.Errorf("scrolled, a click on B gives the keys to %d", p.form.Focus)
			}
		}
	}
	p.form.Focus = 1
	if lines, _, _ = shown(p, 50, 12); !strings.Contains(strings.Join(lines, "\n"), "▌ How") {
		t.Errorf("scrolled up to a choice:\n%s", strings.Join(lines, "\n"))
	}
}

// TestChoicesThatDoNotFitGoOnBelow: and can be clicked at there.
func TestChoicesThatDoNotFitGoOnBelow(t *testing.T) {
	u, _ := sit(t)
	p := NewPrompt(u, "T", "", "", []*Field{choice()}, nil, nil)
	lines, _, _ := shown(p, 26, 20) // 20 cells for choices: Mail and Phone are 6+3+7
	if lines[2] != "│   ○ Mail   ● Phone      │"[:len("│   ○ Mail   ● Phone")]+"     │" || !strings.HasPrefix(lines[3], "│   ○ Pager") {
		t.Errorf("%q", lines)
	}
	if p.Click(5, 3); p.form.Values()["how"] != "pa" {
		t.Errorf("below, %q is chosen", p.form.Values()["how"])
	}
	if lines, _, _ = shown(p, 22, 20); !strings.HasPrefix(lines[2], "│   ○ Mail   ○ Phone │") {
		t.Errorf("just so wide: %q", lines)
	}
	if lines, _, _ = shown(p, 21, 20); !strings.HasPrefix(lines[3], "│   ○ Phone ") {
		t.Errorf("one less: %q", lines)
	}
	long := NewPrompt(u, "T", "", "", []*Field{{Kind: ChoiceField, Choices: []Choice{{"x", strings.Repeat("x", 99)}}}}, nil, nil)
	for _, line := range first(long.View(30, 20)) {
		if widget.Width(line) != 30 {
			t.Errorf("%q is %d wide", line, widget.Width(line))
		}
	}
}

func first(lines []string, _ *tea.Cursor) []string { return lines }

// TestInputScrollsWithItsCursor: the cursor stands in view, after what stands before it.
func TestInputScrollsWithItsCursor(t *testing.T) {
	theme := widget.Theme{Glyphs: widget.UnicodeGlyphs()}
	var e Input
	view := func() (string, int) {
		lines, cursor := e.View(theme, " a hint", 6, 1)
		return strings.Join(lines, "|"), cursor.X
	}
	check := func(what, want string, at int) {
		t.Helper()
		if got, x := view(); got != want || x != at {
			t.Errorf("%s: %q with the cursor at %d", what, got, x)
		}
	}
	check("empty", " a hi…", 0)
	e.Set("abcd")
	check("short", "abcd  ", 4)
	e.Insert("e")
	check("just so wide", "abcde ", 5)
	e.Insert("f")
	check("one more", "bcdef ", 5)
	e.edit = e.edit.Left().Left()
	check("back", "bcdef ", 3)
	e.edit = e.edit.Home()
	check("home", "abcdef", 0)
	e.Set("abcdefgh")
	e.edit = e.edit.Home()
	check("cut at the right", "abcde…", 0)
	many := Input{Multi: true}
	many.Set("one\ntwo\nthree four")
	lines, cursor := many.View(theme, "", 7, 2)
	if got := strings.Join(lines, "|"); got != "three  |four   " || cursor.X != 4 || cursor.Y != 1 {
		t.Errorf("rows: %q, %v", got, cursor.Position)
	}
	many.edit = many.edit.Up().Up().Home()
	if lines, cursor = many.View(theme, "", 7, 2); !strings.HasPrefix(lines[cursor.Y], "one") && !strings.HasPrefix(lines[cursor.Y], "two") {
		t.Errorf("two up: %q, %v", lines, cursor.Position)
	}
}

// TestTextRowsAreFilled: rows break after spaces, else where they are full.
func TestTextRowsAreFilled(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"abcd", 4, "abcd"}, {"abcde", 4, "abcd|e"}, {"ab cd", 4, "ab |cd"}, {" abcd", 4, " |abcd"}, {"abcdefghij", 4, "abcd|efgh|ij"},
		{"a b c d", 4, "a b |c d"}, {"宽宽宽", 4, "宽宽|宽"}, {"宽a宽", 4, "宽a|宽"}, {"ab\n", 4, "ab|"}, {"ab c\nefgh ij", 4, "ab c|efgh| ij"}, {"", 4, ""},
	} {
		text := []rune(c.text)
		var rows []string
		for _, row := range textRows(text, c.w) {
			rows = append(rows, string(text[row.from:row.to]))
		}
		if got := strings.Join(rows, "|"); got != c.want {
			t.Errorf("%q in %d is %q, not %q", c.text, c.w, got, c.want)
		}
	}
	rows := []textRow{{0, 4}, {4, 8}, {9, 9}}
	for at, want := range map[int]int{0: 0, 3: 0, 4: 1, 8: 1, 9: 2} {
		if got := rowOf(rows, at); got != want {
			t.Errorf("place %d is in row %d", at, got)
		}
	}
}

// TestTabCompletesAPath: as far as it is certain; then it goes on. An answer that
// comes after more was typed is dropped.
func TestTabCompletesAPath(t *testing.T) {
	dir := t.TempDir() + string(filepath.Separator)
	for _, name := range []string{"proof-one.png", "proof-two.png"} {
		if err := os.WriteFile(dir+name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	u, _ := sit(t)
	path := &Field{ID: "path", Kind: PathField}
	p := NewPrompt(u, "", "", "", []*Field{path, {ID: "other"}}, map[string]string{"path": dir + "p"}, nil)
	u.Show(p)
	tab := func() {
		if cmd := p.Next(); cmd != nil {
			cmd().(Routed).Deliver()
		}
	}
	tab()
	if path.Value() != dir+"proof-" || path.wrong != "proof-one.png  proof-two.png" || p.form.Focus != 0 {
		t.Errorf("%q, %q, field %d", path.Value(), path.wrong, p.form.Focus)
	}
	hit(u, "t")
	if path.wrong != "" {
		t.Errorf("after a key: %q", path.wrong)
	}
	late := p.Next()()
	tab()
	if path.Value() != dir+"proof-two.png" || path.wrong != "" || p.form.Focus != 0 {
		t.Errorf("%q, %q, field %d", path.Value(), path.wrong, p.form.Focus)
	}
	hit(u, "x")
	if late.(Routed).Deliver(); path.Value() != dir+"proof-two.pngx" {
		t.Errorf("what came late: %q", path.Value())
	}
	path.Set(dir + "proof-two.png")
	tab()
	tab()
	if p.form.Focus != 1 {
		t.Error("a complete name does not go on")
	}
	p.form.Focus = 0
	path.Set("")
	path.complete = false
	if tab(); p.form.Focus != 1 {
		t.Error("an empty one does not go on")
	}
	if err := os.Mkdir(dir+"sub", 0o700); err != nil {
		t.Fatal(err)
	}
	p.form.Focus = 0
	path.Set(dir + "s")
	tab()
	if path.Value() != dir+"sub"+string(filepath.Separator) || path.complete {
		t.Errorf("a folder: %q, complete %v", path.Value(), path.complete)
	}
	if path.Set(filepath.Join(dir, "none", "x")); true {
		tab()
	}
	if path.Value() != filepath.Join(dir, "none", "x") {
		t.Errorf("a folder that is not there: %q", path.Value())
	}
}

// TestCompletionNamesTwelve: not a whole folder.
func TestCompletionNamesTwelve(t *testing.T) {
	dir := t.TempDir() + string(filepath.Separator)
	for i := range 20 {
		if err := os.WriteFile(dir+"file"+string(rune('a'+i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if path, names := completePath(dir + "f"); path != dir+"file" || len(names) != 12 {
		t.Errorf("%q, %d names", path, len(names))
	}
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"abc"}, "abc"}, {[]string{"abc", "abd"}, "ab"}, {[]string{"ab", "abc"}, "ab"}, {[]string{"a", "b"}, ""}, {[]string{"xé", "xè"}, "x"}, {[]string{"é", "è"}, ""}, {[]string{"\x80a", "\x81b"}, ""},
	} {
		if got := commonPrefix(c.names); got != c.want {
			t.Errorf("%q have %q in common", c.names, got)
		}
	}
}

// TestHomeFolder: a leading ~ is the home folder, alone or before a slash.
func TestHomeFolder(t *testing.T) {
	home, sep := t.TempDir(), string(filepath.Separator)
	t.Setenv("HOME", home)
	for path, want := range map[string]string{
		"": "nothing", "~": home, "~" + sep: home + sep, "~" + sep + "a": filepath.Join(home, "a"), "~" + sep + "a" + sep: filepath.Join(home, "a") + sep,
		"~a": "~a", sep + "a": sep + "a", "a" + sep + "~": "a" + sep + "~",
	} {
		if got := ExpandHome(path, "nothing"); got != want {
			t.Errorf("%q is %q, not %q", path, got, want)
		}
	}
}

// TestPromptGoesBack: shift+tab goes to the field before, from the first to the last.
func TestPromptGoesBack(t *testing.T) {
	u, _ := sit(t)
	p := NewPrompt(u, "Note", "", "add", []*Field{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}, {ID: "c", Label: "C"}}, nil,
		func(map[string]string) (string, tea.Cmd) { return "", nil })
	u.Show(p)
	hit(u, "tab", "2", "shift+tab", "1", "shift+tab", "3")
	if got := p.form.Values(); got["a"] != "1" || got["b"] != "2" || got["c"] != "3" {
		t.Errorf("typed %q", got)
	}
}
