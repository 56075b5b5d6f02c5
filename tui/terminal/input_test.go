package terminal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A feed is bytes that come after a pause.
type feed struct {
	pause time.Duration
	bytes string
}

// kittyOn is how a terminal says that it sends the escape key as a sequence.
const kittyOn = "\x1b[?3u"

// told is what a reader makes of the feeds, a minute after the last: keys by name, in
// brackets if they are the key held down; pastes quoted; else what it is.
func told(slow bool, feeds ...feed) (said []string) {
	r := newReader(slow, func(msg tea.Msg) { said = append(said, tell(msg)) })
	at := time.Date(2026, 11, 28, 2, 31, 0, 0, time.UTC)
	for _, f := range append(feeds, feed{time.Minute, ""}) {
		at = at.Add(f.pause)
		r.read(chunk{[]byte(f.bytes), at})
	}
	return said
}

func tell(msg tea.Msg) string {
	switch msg := msg.(type) {
	case uv.KeyPressEvent:
		if msg.IsRepeat {
			return "(" + msg.String() + ")"
		}
		return msg.String()
	case tea.PasteMsg:
		return fmt.Sprintf("%q", msg.Content)
	}
	return fmt.Sprintf("%T", msg)
}

func expect(t *testing.T, got []string, want string) {
	t.Helper()
	if got := strings.Join(got, " "); got != want {
		t.Errorf("it is told %s, not %s", got, want)
	}
}

// TestPieces: what a terminal sends, and what nobody may.
func TestPieces(t *testing.T) {
	for sent, want := range map[string]string{
		"a": "a", "é": "é", "宽": "宽", "A": "A", "\r": "enter", "\t": "tab", "\x03": "ctrl+c", "\x7f": "backspace", "\x00": "ctrl+space",
		"\x1b": "esc", "\x1b[A": "up", "\x1bOA": "up", "\x1b[1;5C": "ctrl+right", "\x1b[3~": "delete", "\x1b[Z": "shift+tab", "\x1bOP": "f1", "\x1b[[A": "f1",
		"\x1b\x1b[D": "alt+left", "\x1bb": "alt+b", "\x1b\r": "alt+enter", "\x1bé": "alt+é", "\x1b[27u": "esc", "\x1b[13;2u": "shift+enter", "\x1b[115;5:2u": "(ctrl+s)",
		"\x1b[1;1:2A": "(up)", "\x1b[1;1:3A": "", "\x1b[7$": "shift+home", "\x1b[1;2R": "shift+f3", "\x1b[27;5;115~": "ctrl+s",
		"\x1b[<0;10;5M": "uv.MouseClickEvent", "\x1b[M !!": "uv.MouseClickEvent", "\x1b[I": "uv.FocusEvent",
		"\x1b]11;rgb:1d1d/1f1f/2121\x1b\\": "uv.BackgroundColorEvent", "\x1b]11;rgb:1d1d/1f1f/2121\a": "uv.BackgroundColorEvent", "\x1b[?2026;2$y": "uv.ModeReportEvent",
		kittyOn: "uv.KeyboardEnhancementsEvent", "\x1b[200~a\rb\x1b[201~": `"a\rb"`, "\x1b[200~\x1b[200~a\x1b[201~": `"a"`, "\x1b[200~\xff\x1b[2Ja\x1b[201~": `"\x1b[2Ja"`,
		// What no terminal sends, or nobody asked for.
		"\x9bMo": "M o", "\xc3(": "(", "\xff": "", "\xc2\x9b": "", "\xed\xa0\x80": "", "\x1b[201~": "", "\x1b[8;99999;99999t": "", "\x1b[13;28;13;1;0;60000_": "",
		"\x1b[1" + strings.Repeat(";1", 36) + "m": "", "\x1b[1" + strings.Repeat(";1", 11) + "A": "", "\x1b[12345678901u": "", "\x1bP1" + strings.Repeat(";1", 36) + "q\x1b\\": "",
		"\x1b]52;c;DQ==\a": "", "\x1bP>|term\x1b\\": "uv.TerminalVersionEvent", "\x1bP>|a\x03": "ctrl+c", "\x1bP>+q1\x1b\\": "", "\x1bP>|" + strings.Repeat("a", 100) + "\x1b\\": "", "\x1b_Gi=1\x1b\\": "", "\x1b]0;title\x1b\\": "", "\x1b[" + strings.Repeat("1", 100) + "A": "", "\x1bO" + strings.Repeat("1", 20) + "A": "",
		"\x1b[>0;276;0c": "", "\x1b[5;5R": "", "\x1b[1;1\x03": "ctrl+c", "\x1b\x03": "ctrl+c", "\x1b]11;rgb:\x03": "ctrl+c", "\x1b[1\x1b[A": "up", "\x1b]11;rgb\x1b[A": "up",
		"\x1b[1 q": "", "\x1b[$x": "", "\x1bO\x03": "ctrl+c", "\x1bO\x1b[A": "up", "\x1bO0A": "up", "\x1b[?997;1n": "uv.DarkColorSchemeEvent", "\x1b[200~[201~x\x1b[201~": `"[201~x"`, "\x1b]9;note\a": "", "\x1b]0;a title\a": "", "\x1b]1;title\a": "", "\x1b[M \x03": "ctrl+c", "\x1b[[\x1b[A": "up", "\x1b\x1bOA": "alt+up", "\x1b\x1bx": "esc alt+x", "\x1bO5A": "ctrl+up",
		"\x1b]x": "x", "\x1bPx": "x", "\x1b_x": "x", "\x1b]11;rgb:z": "z", "\x1b]52;\x18a": "a",
	} {
		t.Run(fmt.Sprintf("%q", sent), func(t *testing.T) { expect(t, told(false, feed{time.Second, sent}), want) })
	}
}

// torn are sequences that must not come apart.
func torn() []string {
	return []string{
		"é", "宽", "👩", "\x1b[A", "\x1bOA", "\x1b[1;5C", "\x1b[3~", "\x1b[27u", "\x1b[13;2u", "\x1b[[A", "\x1b[M dd", "\x1b[<0;10;5M", "\x1b[?2026;2$y",
		"\x1b]11;rgb:1d1d/1f1f/2121\x1b\\", "\x1b]10;rgb:dddd/dddd/dddd\a", "\x1b[?62;4c", "\x1bd", "\x1bé", "\x1b[99;5u",
	}
}

// TestC2HalfIsNeverAKey: however long the rest of a sequence takes, wherever the line
// has torn it.
func TestC2HalfIsNeverAKey(t *testing.T) {
	for _, sent := range torn() {
		on := feed{time.Second, kittyOn}
		want := strings.Join(told(false, on, feed{time.Second, sent}), " ")
		for cut := 1; cut < len(sent); cut++ {
			for _, pause := range []time.Duration{0, time.Millisecond, 60 * time.Millisecond, time.Hour} {
				got := told(false, on, feed{time.Second, sent[:cut]}, feed{pause, sent[cut:]})
				if strings.Join(got, " ") != want {
					t.Errorf("%q, torn after %d for %v, is told as %q, not %s", sent, cut, pause, got, want)
				}
			}
		}
	}
}

// TestTornWithoutKitty: nor on a terminal that sends the escape key as a byte, if more of the
// sequence than that has come.
func TestTornWithoutKitty(t *testing.T) {
	for _, sent := range torn() {
		want := strings.Join(told(false, feed{time.Second, sent}), " ")
		for cut := 1; cut < len(sent); cut++ {
			if sent[:cut] == "\x1b" {
				continue
			}
			if got := strings.Join(told(false, feed{time.Second, sent[:cut]}, feed{time.Hour, sent[cut:]}), " "); got != want {
				t.Errorf("%q, torn after %d, is told as %s, not %s", sent, cut, got, want)
			}
		}
	}
}

// TestC3EscapeByTime: without the kitty keyboard an escape is the key when nothing has
// followed for a time that suits the line, and what comes then is still no key.
func TestC3EscapeByTime(t *testing.T) {
	ms := time.Millisecond
	for name, c := range map[string]struct {
		slow  bool
		feeds []feed
		want  string
	}{
		"in time":                {false, []feed{{0, "\x1b"}, {99 * ms, "[D"}}, "left"},
		"too late":               {false, []feed{{0, "\x1b"}, {101 * ms, "[D"}}, "esc"},
		"too late, of an answer": {false, []feed{{0, "\x1b"}, {time.Hour, "]11;rgb:1d1d/1f1f/2121\x1b\\"}, {time.Second, "x"}}, "esc x"},
		"too late, and typed":    {false, []feed{{0, "\x1b"}, {101 * ms, "["}, {time.Second, "D"}}, "esc [ D"},
		"too late, and more":     {false, []feed{{0, "\x1b"}, {101 * ms, "x"}, {time.Second, "[D"}}, "esc x [ D"},
		"over a slow line":       {true, []feed{{0, "\x1b"}, {299 * ms, "[D"}}, "left"},
		"over a slower one":      {true, []feed{{0, "\x1b"}, {301 * ms, "[D"}}, "esc"},
		"twice":                  {false, []feed{{0, "\x1b\x1b"}}, "esc (esc)"},
		"kitty":                  {false, []feed{{0, kittyOn}, {0, "\x1b"}, {time.Hour, "[D"}}, "uv.KeyboardEnhancementsEvent left"},
		"kitty off again":        {false, []feed{{0, kittyOn + "\x1b[?0u"}, {0, "\x1b"}}, "uv.KeyboardEnhancementsEvent uv.KeyboardEnhancementsEvent esc"},
	} {
		t.Run(name, func(t *testing.T) { expect(t, told(c.slow, c.feeds...), c.want) })
	}
}

// TestC4Bursts: what no hand types so fast is text, line breaks and all.
func TestC4Bursts(t *testing.T) {
	ms := time.Millisecond
	slowly := func(text string, pause time.Duration) (feeds []feed) {
		for _, r := range text {
			feeds = append(feeds, feed{pause, string(r)})
		}
		return feeds
	}
	for name, c := range map[string]struct {
		slow  bool
		feeds []feed
		want  string
	}{
		"two lines":                        {false, []feed{{0, "one\rtwo"}}, `"one\rtwo"`},
		"two lines and an end":             {false, []feed{{0, "one\rtwo\r"}}, `"one\rtwo" "\r"`},
		"two short ones":                   {false, []feed{{0, "a\nb"}}, `"a\nb"`},
		"a line, and enter":                {false, []feed{{0, "a line\r"}}, `"a line" enter`},
		"a line, enter, and more soon":     {false, []feed{{0, "a line\r"}, {20 * ms, "x"}}, `"a line" enter x`},
		"a line, enter, and more at once":  {false, []feed{{0, "a line\r"}, {19 * ms, "x"}}, `"a line" "\rx"`},
		"a serial line":                    {false, slowly("one\rtwo", ms), `o n e "\rt" "w" "o"`},
		"fast typing":                      {false, slowly("one\rtwo", 21*ms), "o n e enter t w o"},
		"fast typing over a slow line":     {true, slowly("one\rtwo", 41*ms), "o n e enter t w o"},
		"three keys rolled":                {false, []feed{{0, "jok"}}, "j o k"},
		"four are not":                     {false, []feed{{0, "joke"}}, `"joke"`},
		"a key held on a slow line":        {true, []feed{{0, "jjjjj"}}, "j (j) (j) (j) (j)"},
		"enter held on a slow line":        {true, []feed{{0, "\r\r\r"}}, "enter (enter) (enter)"},
		"two keys that are no text":        {false, []feed{{0, "\r\x13"}}, "enter ctrl+s"},
		"ctrl+c always is":                 {false, []feed{{0, "some text\x03more"}}, `"some text" ctrl+c "more"`},
		"backspace is no text":             {false, []feed{{0, "teh\x7f\x7fhe"}}, "t e h backspace (backspace) \"he\""},
		"other controls are":               {false, []feed{{0, "some\x13text"}}, `"some\x13text"`},
		"but not at the end":               {false, []feed{{0, "some text\x13"}}, `"some text" ctrl+s`},
		"an arrow ends it":                 {false, []feed{{0, "some text\r\x1b[A"}}, `"some text" enter up`},
		"characters of more than one rune": {false, []feed{{0, "e\u0301"}}, "e \u0301"},
	} {
		t.Run(name, func(t *testing.T) { expect(t, told(c.slow, c.feeds...), c.want) })
	}
}

// TestG5Pastes: a paste without its end ends, and keeps what has come.
func TestG5Pastes(t *testing.T) {
	for name, c := range map[string]struct {
		feeds []feed
		want  string
	}{
		"its end takes a while":           {[]feed{{0, "\x1b[200~a"}, {1999 * time.Millisecond, "b\x1b[20"}, {1999 * time.Millisecond, "1~"}}, `"ab"`},
		"it has none":                     {[]feed{{0, "\x1b[200~abc"}, {2 * time.Second, "d"}}, `"abc" d`},
		"it is empty":                     {[]feed{{0, "\x1b[200~"}, {time.Minute, "d"}}, `"" d`},
		"somebody wants out":              {[]feed{{0, "\x1b[200~abc"}, {time.Second, "\x03"}}, `"abc" ctrl+c`},
		"a ctrl+c that comes with more":   {[]feed{{0, "\x1b[200~abc"}, {time.Second, "\x03d\x1b[201~"}}, `"abc\x03d"`},
		"a ctrl+c that is pasted":         {[]feed{{0, "\x1b[200~a\x03b\x1b[201~"}}, `"a\x03b"`},
		"a string without end":            {[]feed{{0, "\x1b]52;c;"}, {time.Second, "abc"}, {2 * time.Second, "d"}}, "d"},
		"a string without end, and enter": {[]feed{{0, "\x1b]52;c;"}, {time.Second, "abc\r"}}, "enter"},
		"a string, escape":                {[]feed{{0, "\x1b]52;c;abc\x1b"}, {time.Hour, "d"}}, "d"},
	} {
		t.Run(name, func(t *testing.T) { expect(t, told(false, c.feeds...), c.want) })
	}
	got := told(false, feed{0, "\x1b[200~" + strings.Repeat("x", 2*maxPaste) + "\x1b[201~"}, feed{time.Second, "d"})
	if len(got) != 2 || len(got[0]) > maxPaste+2 || got[1] != "d" {
		t.Errorf("a paste of 2 MiB is told as %d messages", len(got))
	}
}

// TestForgotten: when somebody else has had the keys, what was half there is gone, and what
// comes is taken by itself.
func TestForgotten(t *testing.T) {
	for _, half := range []string{"", "\x1b", "\x1b[1;", "\x1b]11;rgb", "\x1b[200~abc", "\xc3", "ab", "a line\r"} {
		var said []string
		r := newReader(false, func(msg tea.Msg) { said = append(said, tell(msg)) })
		at := time.Unix(1, 0)
		r.read(chunk{[]byte(half), at})
		r.forget()
		said = nil
		r.read(chunk{[]byte("[D"), at.Add(time.Hour)})
		if got := strings.Join(said, " "); got != "[ D" {
			t.Errorf("after %q it is told %s", half, got)
		}
	}
}

// FuzzReader: whatever comes, torn anywhere, for any time, the reader does not fail,
// tells of no more keys than there were bytes, waits for nothing for ever but for more
// bytes, and tells the same as if every piece had come whole.
func FuzzReader(f *testing.F) {
	for _, sent := range append(torn(), "n\x1b[200~two\r\nlines\x1b[201~\r", "\x1b[200~\x03", "\x9bMoi!", "\x1b\x1b\x1b[", "\x1b]52;c;\x1b", "\x1bP1$r", "abc\rdef", "\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1m") {
		f.Add([]byte(sent), []byte{1, 0, 60, 255, 3})
		f.Add([]byte(sent+sent), []byte{200})
	}
	f.Fuzz(func(t *testing.T, sent, how []byte) {
		if len(sent) > 4096 {
			t.Skip("long")
		}
		whole, cut, apart := []feed{{time.Second, kittyOn}}, []feed{{time.Second, kittyOn}}, false
		for i, piece := range pieces(sent) {
			whole = append(whole, feed{time.Second, string(piece)})
			apart = apart || bytes.Contains(piece, []byte("\x1b[200~"))
			pause := time.Second
			for n := 0; len(piece) > 0; piece = piece[n:] {
				if n = len(piece); len(how) > 0 {
					n = min(n, 1+int(how[i%len(how)])%8)
				}
				cut = append(cut, feed{pause, string(piece[:n])})
				if pause = 0; len(how) > 0 {
					pause = time.Duration(how[(i+n)%len(how)]) * 7 * time.Millisecond
				}
				i++
			}
		}
		got, want := pressed(told(false, cut...)), pressed(told(false, whole...))
		if len(got) > len(sent)+8 {
			t.Errorf("%d bytes are told as %d messages", len(sent), len(got))
		}
		if !apart && !slices.Equal(got, want) { // a line that stops within a paste ends it
			t.Errorf("%q is told as %q, and in pieces as %q", sent, want, got)
		}
		told(true, feed{0, string(sent)})
		if r := newReader(false, func(tea.Msg) {}); true {
			r.read(chunk{sent, time.Unix(0, 0)})
			for range 3 {
				if at := r.deadline(); !at.IsZero() {
					r.expire(at)
				}
			}
			if at := r.deadline(); !at.IsZero() {
				t.Errorf("after %q it waits until %v", sent, at)
			}
		}
	})
}

// pressed leaves out which keys were held down, which time tells.
func pressed(told []string) []string {
	for i := range told {
		told[i] = strings.Trim(told[i], "()")
	}
	return told
}

// pieces cuts bytes where nothing is unfinished.
func pieces(sent []byte) (cut [][]byte) {
	s, from := newScanner(func(piece) {}), 0
	for i, b := range sent {
		if s.next(b, 0); len(s.seq) == 0 && s.pasted == nil {
			cut = append(cut, sent[from:i+1])
			from = i + 1
		}
	}
	return append(cut, sent[from:])
}

// TestDecodeSurvives: where the library fails, nothing is meant.
func TestDecodeSurvives(t *testing.T) {
	for _, seq := range []string{"\x9bMoi!", "\x1b[M", "\x1b[M\xff\xff", "\x1b]11;\x1b\\", "\x1b", "\x1b[", "\x1bO"} {
		for n := range len(seq) + 1 {
			_ = decode(piece{control, []byte(seq[:n])})
		}
	}
	if ansi.RequestKittyKeyboard != "\x1b[?u" {
		t.Error("the question for the keyboard has changed")
	}
}
