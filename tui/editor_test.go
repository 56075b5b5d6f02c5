package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"muster/tui/widget"
)

// keys types into an editor: characters, or names in angle brackets.
func keys(e *editor, script string) {
	for script != "" {
		if name, rest, ok := strings.Cut(script[1:], ">"); script[0] == '<' && ok {
			// Only the name matters to an editor.
			e.edit(name)
			e.moveBy(name)
			script = rest
			continue
		}
		r := []rune(script)[0]
		e.update(tea.KeyPressMsg{Code: r, Text: string(r)})
		script = script[len(string(r)):]
	}
}

func TestEditor(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{"hello", "hello|"},
		{"hello<left><left>X", "helX|lo"},
		{"hello<backspace>", "hell|"},
		{"<backspace><delete>", "|"},
		{"one two<ctrl+w>", "one |"},
		{"one two<alt+left>X", "one X|two"},
		{"one two<home><alt+d>", "| two"},
		{"one two<ctrl+u>", "|"},
		{"one two<home><ctrl+k>", "|"},
		{"one<home>X<end>Y", "XoneY|"},
		{"e\u0301a<left><left>", "|e\u0301a"},
		{"e\u0301<backspace>", "|"},
		{"宽宽<left>x", "宽x|宽"},
	} {
		var e editor
		keys(&e, c.script)
		if got := string(e.text[:e.pos]) + "|" + string(e.text[e.pos:]); got != c.want {
			t.Errorf("%q gives %q, not %q", c.script, got, c.want)
		}
	}
}

func TestEditorRows(t *testing.T) {
	e := editor{multi: true}
	e.set("the quick brown fox\njumps\n\nover thelazydogwithoutend")
	var rows []string
	for _, row := range e.rows(10) {
		rows = append(rows, string(e.text[row.from:row.to]))
	}
	want := "the quick |brown fox|jumps||over |thelazydog|withoutend"
	if got := strings.Join(rows, "|"); got != want {
		t.Errorf("rows are %q, not %q", got, want)
	}
	e.width = 10
	e.vertical(-1)
	e.vertical(-1)
	e.vertical(-1)
	if got := string(e.text[:e.pos]); got != "the quick brown fox\njumps\n" {
		t.Errorf("the cursor is after %q", got)
	}
}

func TestEditorPaste(t *testing.T) {
	one, many := editor{}, editor{multi: true}
	hostile := tea.PasteMsg{Content: "a\x1b[31mb\nc\u202e"}
	one.update(hostile)
	many.update(hostile)
	if one.value() != "a␛[31mb c<U+202E>" || many.value() != "a␛[31mb\nc<U+202E>" {
		t.Errorf("%q, %q", one.value(), many.value())
	}
	many.update(tea.PasteMsg{Content: strings.Repeat("x", maxTyped)})
	if len(many.value()) > maxTyped {
		t.Error("there is no bound")
	}
}

func TestEditorViewKeepsItsWidth(t *testing.T) {
	theme := widget.NewTheme(widget.Options{})
	for _, text := range []string{"", "short", strings.Repeat("long ", 30), strings.Repeat("宽", 40), "e\u0301" + strings.Repeat("x", 50)} {
		for _, multi := range []bool{false, true} {
			e := editor{multi: multi}
			e.set(text)
			for range 3 {
				lines, cursor := e.view(theme, "hint", 20, 3)
				for _, line := range lines {
					if widget.Width(line) != 20 {
						t.Errorf("%q is %d wide", line, widget.Width(line))
					}
				}
				if cursor.X < 0 || cursor.X >= 20 || cursor.Y < 0 || cursor.Y >= 3 {
					t.Errorf("%q: the cursor is at %d,%d", text, cursor.X, cursor.Y)
				}
				e.pos /= 2
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
