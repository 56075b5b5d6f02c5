package clean

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "Shut down GISIS, then notify (tel:+44).", "Shut down GISIS, then notify (tel:+44)."},
		{"accents", "Zoë Müller, Ngô Đình, 辻, ひらがな", "Zoë Müller, Ngô Đình, 辻, ひらがな"},
		{"decomposed accents", "e\u0301 o\u0302\u0323", "e\u0301 o\u0302\u0323"},
		{"newline", "one\ntwo", "one␊two"},
		{"windows newline", "one\r\ntwo", "one␊two"},
		{"carriage return", "safe\rrm -rf", "safe␍rm -rf"},
		{"tab", "a\tb", "a b"},
		{"every kind of C0", "\x00\x07\x08\x1b\x1f\x7f", "␀␇␈␛␟␡"},
		{"C1", "\u0080\u009b31m\u009f", "<U+0080><U+009B>31m<U+009F>"},
		{"raw C1 byte", "\x9b31m", "\uFFFD31m"},
		{"cut in half", "caf\xc3", "caf\uFFFD"},
		{"surrogate", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
		{"overlong", "\xc0\xaf", "\uFFFD\uFFFD"},
		{"private use", "\ue000\U000F0000", "<U+E000><U+F0000>"},
		{"tags", "ok\U000E0061\U000E007F", "ok<U+E0061><U+E007F>"},
		{"noncharacter", "\uFDD0\uFFFF", "<U+FDD0><U+FFFF>"},
		{"line and paragraph separator", "a\u2028b\u2029c", "a<U+2028>b<U+2029>c"},
		{"soft hyphen", "in\u00adcident", "in<U+00AD>cident"},
		{"byte order mark", "\uFEFFtitle", "<U+FEFF>title"},
		{"filler", "a\u3164b\u115f", "a<U+3164>b<U+115F>"},
		{"grapheme joiner", "a\u034fb", "a<U+034F>b"},
		{"variation selectors", "✓\uFE0F ✓\uFE0E 辻\U000E0100", "✓ ✓ 辻\U000E0100"},
		{"selector of nothing", "a\U000E0100 \u180b", "a<U+E0100> <U+180B>"},
		{"two selectors", "辻\U000E0100\U000E0101", "辻\U000E0100<U+E0101>"},
		{"mongolian", "ᠠ\u180bᠠ", "ᠠ\u180bᠠ"},
		{"joined emoji", "👩\u200d💻", "👩💻"},
		{"family", "👨\u200d👩\u200d👧", "👨👩👧"},
		{"persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"hindi", "क्\u200dष क्\u200cष", "क्\u200dष क्\u200cष"},
		{"gap between words", "សួស្តី\u200bពិភព ภาษา\u200bไทย", "សួស្តីពិភព ภาษาไทย"},
		{"gap in latin", "ad\u200bmin", "ad<U+200B>min"},
		{"gap at the end", "ไทย\u200b", "ไทย<U+200B>"},
		{"two gaps", "ภาษา\u200b\u200bไทย", "ภาษา<U+200B><U+200B>ไทย"},
		{"joiner in latin", "ad\u200dmin", "ad<U+200D>min"},
		{"joiner at the end", "می\u200c", "می<U+200C>"},
		{"two joiners", "می\u200c\u200cخ", "می<U+200C><U+200C>خ"},
		{"marks behind joiners", "क" + strings.Repeat("्\u200d", 4) + "ष", "क्\u200d्\u200d<+4 marks>ष"},
		{"skin tone", "👍🏽", "👍🏽"},
		{"mark without base", "\u0301a", "◌\u0301a"},
		{"mark after newline", "a\n\u0301", "a␊\u0301"},
		{"four marks", "a" + strings.Repeat("\u0301", 4) + "b", "a\u0301\u0301\u0301\u0301b"},
		{"flood", "a" + strings.Repeat("\u0301", 100) + "b", "a\u0301\u0301\u0301\u0301<+96 marks>b"},
		{"flood at the end", "é" + strings.Repeat("\u0489", 6), "é\u0489\u0489\u0489\u0489<+2 marks>"},
		{"thai", "น้ำ", "น้ำ"},
		{"flood of a letter that joins", "a" + strings.Repeat("ำ", 6), "aำำำำ<+2 marks>"},
		{"flood hidden by selectors", "a" + strings.Repeat("\u0301\uFE0F", 6) + "b", "a\u0301\u0301\u0301\u0301<+2 marks>b"},
		{"korean, decomposed", "\u1112\u1161\u11ab\u1100\u1173\u11af", "\u1112\u1161\u11ab\u1100\u1173\u11af"},
		{"jamo run", "\u1100\u1100\u1100\u1161\u1161", "\u1100<U+1100><U+1100>\u1161<U+1161>"},
		{"flags", "🇩🇪🇫🇷", "🇩🇪🇫🇷"},
		{"half a flag", "🇩🇪🇫x🇷", "🇩🇪<U+1F1EB>x<U+1F1F7>"},
		{"flag torn by a selector", "🇩\uFE0F🇪", "<U+1F1E9><U+1F1EA>"},
		{"prepended letter", "\u0d4e", "<U+0D4E>"},
		{"two floods", strings.Repeat("a"+strings.Repeat("\u0301", 5), 2), strings.Repeat("a\u0301\u0301\u0301\u0301<+1 marks>", 2)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Line(c.in); got != c.want {
				t.Errorf("Line(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
			if got, want := IsClean(c.in), c.in == c.want; got != want {
				t.Errorf("IsClean(%q) = %v", c.in, got)
			}
		})
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"lines kept", "one\ntwo\n", "one\ntwo\n"},
		{"windows lines", "one\r\ntwo\r\n", "one\ntwo\n"},
		{"lone return", "one\rtwo", "one␍two"},
		{"return before a windows line", "a\r\r\nb", "a␍\nb"},
		{"tab", "\tx", "    x"},
		{"escape", "a\x1b[2J\nb", "a␛[2J\nb"},
		{"mark at a line's start", "a\n\u0301b", "a\n◌\u0301b"},
		{"mark at the start", "\u0301", "◌\u0301"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Text(c.in); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

// attacks are sequences that terminals, or people, have been fooled by.
var attacks = map[string]string{
	"clear screen":             "\x1b[2J\x1b[H",
	"fill the clipboard":       "\x1b]52;c;cm0gLXJmIH4K\x07",
	"window title":             "\x1b]0;owned\x07",
	"title report":             "\x1b[21t",
	"device status report":     "\x1b[6n",
	"answerback":               "\x05",
	"DCS":                      "\x1bPq#0;2;0;0;0\x1b\\",
	"DECRQSS":                  "\x1bP$q\"p\x1b\\",
	"APC":                      "\x1b_Gf=100,a=T;AAAA\x1b\\",
	"PM and SOS":               "\x1b^x\x1b\\\x1bXx\x1b\\",
	"sixel":                    "\x1bPq~~@@vv\x1b\\",
	"hyperlink":                "\x1b]8;;https://evil.example\x1b\\bank.example\x1b]8;;\x1b\\",
	"C1 CSI as a character":    "\u009b2J",
	"C1 CSI as a byte":         "\x9b2J",
	"C1 OSC, ST as characters": "\u009d52;c;eA==\u009c",
	"C1 OSC, ST as bytes":      "\x9d52;c;eA==\x9c",
	"C1 DCS as a character":    "\u0090q\u009c",
	"alternate screen":         "\x1b[?1049l",
	"full reset":               "\x1bc",
	"charset shift":            "\x0e\x1b(0lqqk\x0f",
	"overwrite by return":      "rm -rf /\recho ok  ",
	"overwrite by backspace":   "evil\b\b\b\bgood",
	"bell flood":               strings.Repeat("\a", 1000),
	"right-to-left override":   "not \u202Edeifirev\u202C",
	"isolates":                 "\u2066\u2067\u2068x\u2069",
	"bidi marks":               "\u200e\u200f\u061c",
	"zero width":               "\u200b\u200c\u200d\u2060\ufeff",
	"tag characters":           "\U000E0001\U000E0068\U000E0069",
	"interlinear annotation":   "\ufff9a\ufffab\ufffb",
	"deprecated format":        "\u206a\u206f",
	"combining flood":          "Z" + strings.Repeat("\u0335\u0489", 500),
	"utf-8 hiding an escape":   "\xe2\x1b[2J",
	"key remap":                "\x1b[13;\"rm -rf /\"p",
	"bracketed paste end":      "\x1b[201~rm -rf /\n",
	"kitty clipboard":          "\x1b]5522;type=read\x1b\\",
	"notification":             "\x1b]9;x\x07\x1b]777;notify;a;b\x07",
	"windows file":             "a\r\nb\r\n",
	"conjoining letters":       strings.Repeat("\u1100", 100),
}

func TestAttacksAreHarmless(t *testing.T) {
	for name, in := range attacks {
		t.Run(name, func(t *testing.T) { checkHarmless(t, in) })
	}
}

func FuzzClean(f *testing.F) {
	for _, in := range attacks {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) { checkHarmless(t, in) })
}

// checkHarmless checks what the package promises for any input.
func checkHarmless(t *testing.T, in string) {
	t.Helper()
	for name, f := range map[string]func(string) string{"Line": Line, "Text": Text} {
		out := f(in)
		if again := f(out); again != out {
			t.Errorf("%s is not its own result:\n once  %q\n twice %q", name, out, again)
		}
		if !utf8.ValidString(out) {
			t.Errorf("%s(%q) is not UTF-8: %q", name, in, out)
		}
		marks := 0
		for _, r := range out {
			if r == '\n' && name == "Text" {
				continue
			}
			if !unicode.IsGraphic(r) || r == '\uFE0F' || r == '\uFE0E' {
				t.Errorf("%s(%q) lets %U through: %q", name, in, r, out)
			}
			if marks++; !unicode.IsMark(r) {
				marks = 0
			}
			if marks > maxMarks {
				t.Errorf("%s(%q) lets %d marks through", name, in, marks)
			}
		}
		if !IsClean(strings.ReplaceAll(out, "\n", "")) && name == "Line" {
			t.Errorf("IsClean refuses %q", out)
		}
	}
}

func TestBounded(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{
		{"short", 5, "short"},
		{"longer", 5, "lo…"},
		{"ééé", 5, "é…"},
		{"ééé", 4, "…"},
		{"abcd", 3, "…"},
		{"abcd", 2, ""},
		{"abcd", 0, ""},
		{"\x80\x80\x80\x80", 3, "…"},
	} {
		if got := Bounded(c.in, c.max); got != c.want {
			t.Errorf("Bounded(%q, %d) = %q, want %q", c.in, c.max, got, c.want)
		}
	}
}

func TestCleanTextIsNotCopied(t *testing.T) {
	for _, s := range []string{"", "Shut down key systems", "two\nlines", "Zoë — 辻"} {
		if n := testing.AllocsPerRun(10, func() { Text(s) }); n != 0 {
			t.Errorf("Text(%q) allocates %v times", s, n)
		}
	}
}

func BenchmarkLine(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":   strings.Repeat("Isolate, do not power off. ", 4),
		"accents": strings.Repeat("Zoë isole le système. ", 4),
		"hostile": strings.Repeat("\x1b[31m\u202Ered\u009b0m", 6),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Line(s)
			}
		})
	}
}

// TestBounds: what screens show of others' text is bounded: a row more tightly than a
// passage, and what is shorter is whole.
func TestBounds(t *testing.T) {
	for _, c := range []struct {
		name string
		of   func(string) string
		most int
	}{{"Row", Row, 400}, {"Passage", Passage, 2000}} {
		if text := strings.Repeat("x", c.most); c.of(text) != text {
			t.Errorf("%s cuts what has %d bytes", c.name, c.most)
		}
		if got := c.of(strings.Repeat("x", c.most+1)); len(got) != c.most || !strings.HasSuffix(got, "…") {
			t.Errorf("%s leaves %d bytes of more than it shows", c.name, len(got))
		}
	}
	if got := Row("a\x1b[31m\nb"); !IsClean(got) {
		t.Errorf("Row leaves %q", got)
	}
}

// TestIsText: what a script needs can be given on as it is; what hides cannot.
func TestIsText(t *testing.T) {
	for text, want := range map[string]bool{
		"ภาษา\u200bไทย": true, "ad\u200bmin": false, "می\u200cخواهم\nक्\u200dष": true, "👨\u200d👩\u200d👧 ❤\uFE0F": true, "a\u202eb": false, "ad\u200dmin": false, "a\x1b[2J": false, "caf\xc3": false,
	} {
		if IsText(text) != want {
			t.Errorf("%q is text: %v", text, !want)
		}
	}
}

// TestRejoined: what %q wrote as escapes is as it was where a script needs it.
func TestRejoined(t *testing.T) {
	for _, text := range []string{"ภาษา\u200bไทย", "می\u200cخواهم", "क्\u200dष", "👨\u200d👩"} {
		if got := Rejoined(fmt.Sprintf("%q", text)); got != `"`+text+`"` {
			t.Errorf("%q is told as %s", text, got)
		}
	}
	for _, text := range []string{"ad\u200bmin", "ad\u200dmin", "a\u202eb", `\u200c`, "x\u200c"} {
		if quoted := fmt.Sprintf("%q", text); Rejoined(quoted) != quoted {
			t.Errorf("%q is told as %s", text, Rejoined(quoted))
		}
	}
}
