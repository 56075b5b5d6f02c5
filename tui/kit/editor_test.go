package kit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"muster/tui/widget"
)

// typed is what an editor holds after keys: characters, or names in angle
// brackets; | marks the cursor.
func typed(keys string, multi bool) string {
	e := Input{Multi: multi}
	for keys != "" {
		if name, rest, ok := strings.Cut(keys[1:], ">"); keys[0] == '<' && ok {
			if do := editKeys()[name]; do != nil {
				e.edit = do(e.edit)
			}
			keys = rest
			continue
		}
		r := []rune(keys)[0]
		e.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		keys = keys[len(string(r)):]
	}
	before := e.edit.Before()
	return before + "|" + e.Value()[len(before):]
}

func TestEditor(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"hello", "hello|"},
		{"hello<left><left>X", "helX|lo"},
		{"hello<backspace>", "hell|"},
		{"<backspace><delete>", "|"},
		{"one two<ctrl+w>", "one |"},
		{"one two<alt+left>X", "one X|two"},
		{"one two<ctrl+u>", "|"},
		{"one two<home><ctrl+k>", "|"},
		{"one two<home><alt+d>", "| two"},
		{"one two<alt+b><alt+b><alt+f>X", "oneX| two"},
		{"one two<ctrl+a>X<ctrl+e>Y", "Xone twoY|"},
		{"one<home>X<end>Y", "XoneY|"},
		{"e\u0301a<left><left>", "|e\u0301a"},
		{"e\u0301<backspace>", "|"},
		{"宽宽<left>x", "宽x|宽"},
	} {
		if got := typed(c.keys, false); got != c.want {
			t.Errorf("%q gives %q, not %q", c.keys, got, c.want)
		}
	}
}

// TestEditorOfLines: case C14. A long text is joined, cleared and gone through with the keys
// of a shell's line.
func TestEditorOfLines(t *testing.T) {
	const text = "one\ntwo\nthree"
	for _, c := range []struct{ keys, want string }{
		{text + "<up><end><ctrl+k>", "one\ntwo|three"},
		{text + "<home><ctrl+u>", "one\ntwo|three"},
		{text + "<home><backspace>", "one\ntwo|three"},
		{text + "<ctrl+u><ctrl+u><ctrl+u><ctrl+u><ctrl+u>", "|"},
		{text + "<ctrl+home><ctrl+k><ctrl+k><ctrl+k><ctrl+k><ctrl+k>", "|"},
		{text + "<ctrl+home>X<ctrl+end>Y", "Xone\ntwo\nthreeY|"},
		{text + "<up><up><ctrl+e>!", "one!|\ntwo\nthree"},
	} {
		if got := typed(c.keys, true); got != c.want {
			t.Errorf("%q gives %q, not %q", c.keys, got, c.want)
		}
	}
}

// TestUndo: what was changed is taken back, a word, a paste or a deletion at a time; what
// was filled in and typed over too.
func TestUndo(t *testing.T) {
	undo := tea.KeyPressMsg{Code: '_', Mod: tea.ModCtrl}
	e := &Input{Multi: true}
	for _, r := range "one two" {
		e.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	e.Update(tea.PasteMsg{Content: "\nthree"})
	e.Update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	e.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	for _, want := range []string{"one two\nthree", "one two", "one ", "", ""} {
		if e.Update(undo); e.Value() != want {
			t.Errorf("it holds %q, not %q", e.Value(), want)
		}
	}
	f := &Input{}
	f.Set("10m")
	f.filled = true
	f.Update(tea.KeyPressMsg{Code: '1', Text: "1"})
	if f.Update(undo); f.Value() != "10m" {
		t.Errorf("what was filled in is %q", f.Value())
	}
	for range 2 * maxUndo {
		f.Update(tea.PasteMsg{Content: "x"})
	}
	if len(f.undone) > maxUndo {
		t.Errorf("%d changes are kept", len(f.undone))
	}
}

// TestPutBack: case C14. What the keys of a shell's line took away is put back where the cursor
// stands, all that went in a row; and that can be taken back.
func TestPutBack(t *testing.T) {
	for keys, want := range map[string]string{
		"one two<ctrl+u><ctrl+y><ctrl+y>":                  "one twoone two|",
		"one two<ctrl+w><home><ctrl+y> ":                   "two |one ",
		"one two three<ctrl+w><ctrl+w><ctrl+y>":            "one two three|",
		"one two<home><alt+d><alt+d><ctrl+y>!":             "one two!|",
		"one\ntwo<ctrl+home><ctrl+k><ctrl+k><end><ctrl+y>": "twoone\n|",
		"one two<ctrl+w><left><ctrl+w><ctrl+y>":            "one| ",
		"one two<ctrl+w>x<backspace><ctrl+y>":              "one two|",
		"one two<ctrl+w><ctrl+y><ctrl+_><ctrl+_>":          "one two|",
		"<ctrl+y>one": "one|",
	} {
		e := Input{Multi: true}
		for rest := keys; rest != ""; {
			name, after, named := strings.Cut(rest[1:], ">")
			if rest[0] != '<' || !named {
				r := []rune(rest)[0]
				e.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
				rest = rest[len(string(r)):]
				continue
			}
			rest = after
			key := tea.KeyPressMsg{Code: map[string]rune{"home": tea.KeyHome, "end": tea.KeyEnd, "left": tea.KeyLeft, "backspace": tea.KeyBackspace}[name]}
			if mod, code, ok := strings.Cut(name, "+"); ok {
				key.Mod = map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt}[mod]
				if key.Code = rune(code[0]); code == "home" {
					key.Code = tea.KeyHome
				}
			}
			e.Update(key)
		}
		before := e.edit.Before()
		if got := before + "|" + e.Value()[len(before):]; got != want {
			t.Errorf("%q gives %q, not %q", keys, got, want)
		}
	}
}

func TestTextRows(t *testing.T) {
	text := []rune("the quick brown fox\njumps\n\nover thelazydogwithoutend")
	var rows []string
	for _, row := range textRows(text, 10) {
		rows = append(rows, string(text[row.from:row.to]))
	}
	want := "the quick |brown fox|jumps||over |thelazydog|withoutend"
	if got := strings.Join(rows, "|"); got != want {
		t.Errorf("rows are %q, not %q", got, want)
	}
}

// TestEditorIsRawAndShowsClean: what is typed is recorded as it is, and seen harmless.
func TestEditorIsRawAndShowsClean(t *testing.T) {
	one, many := Input{}, Input{Multi: true}
	hostile := tea.PasteMsg{Content: "a\x1b[31mb\nc\u202e"}
	one.Update(hostile)
	many.Update(hostile)
	if one.Value() != "a\x1b[31mb c\u202e" || many.Value() != hostile.Content {
		t.Errorf("%q, %q", one.Value(), many.Value())
	}
	theme := widget.NewTheme(widget.Options{NoColor: true})
	line, _ := one.View(theme, "", 40, 1)
	lines, cursor := many.View(theme, "", 40, 2)
	if strings.TrimSpace(line[0]) != "a␛[31mb c<U+202E>" || strings.TrimSpace(lines[1]) != "c<U+202E>" {
		t.Errorf("%q, %q", line, lines)
	}
	if cursor.X != len("c<U+202E>") || cursor.Y != 1 {
		t.Errorf("the cursor is at %v", cursor)
	}
}

func TestEditorViewKeepsItsWidth(t *testing.T) {
	theme := widget.NewTheme(widget.Options{})
	for _, text := range []string{"", "short", strings.Repeat("long ", 30), strings.Repeat("宽", 40), "e\u0301" + strings.Repeat("x", 50)} {
		for _, multi := range []bool{false, true} {
			e := Input{Multi: multi}
			e.Set(text)
			for range 3 {
				lines, cursor := e.View(theme, "hint", 20, 3)
				for _, line := range lines {
					if widget.Width(line) != 20 {
						t.Errorf("%q is %d wide", line, widget.Width(line))
					}
				}
				if cursor.X < 0 || cursor.X >= 20 || cursor.Y < 0 || cursor.Y >= 3 {
					t.Errorf("%q: the cursor is at %d,%d", text, cursor.X, cursor.Y)
				}
				e.edit = e.edit.WordLeft()
			}
		}
	}
}

func TestCompletePath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"proof-one.png", "proof-two.png", "other.txt", ".hidden"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		typed, want string
		names       int
	}{
		{"pro", "proof-", 2},
		{"proof-o", "proof-one.png", 1},
		{"s", "sub/", 1},
		{"none", "none", 0},
		{"", "", 4},
		{".h", ".hidden", 1},
	} {
		path, names := completePath(filepath.Join(dir, "x")[:len(dir)+1] + c.typed)
		if filepath.ToSlash(path) != filepath.ToSlash(dir)+"/"+c.want || len(names) != c.names {
			t.Errorf("%q becomes %q, %v", c.typed, path, names)
		}
	}
}
