package proof

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// An attack is text that makes a terminal, a reader or a spreadsheet do something.
type attack struct{ what, text string }

// attacks is the corpus.
func attacks() []attack {
	return []attack{
		{"clipboard", "\x1b]52;c;b3duZWQ=\a"},
		{"clipboard, primary, ST", "\x1b]52;p;b3duZWQ=\x1b\\"},
		{"clipboard, C1", "\u009d52;c;b3duZWQ=\u009c"},
		{"title", "\x1b]0;owned\a\x1b]1;owned\a\x1b]2;owned\x1b\\"},
		{"title, asked back", "\x1b]2;owned\a\x1b[21t"},
		{"title, C1", "\u009d2;owned\u009c"},
		{"cursor", "\x1b[H\x1b[10;10Howned\x1b[99A\x1b[99D\x1b7\x1b8"},
		{"cursor, C1", "\u009b10;10Howned"},
		{"erase", "\x1b[2J\x1b[3J\x1b[K\x1b[999X"},
		{"scroll region", "\x1b[3;5r\x1b[99S\x1bM"},
		{"modes", "\x1b[?1049l\x1b[?25l\x1b[?1000h\x1b[?2004l\x1b[?7l\x1b[4h"},
		{"keyboard", "\x1b[>31u\x1b[=0;1u\x1b[>4;2m"},
		{"reset", "\x1bc\x1b[!p"},
		{"colours", "\x1b[8m\x1b[30;40mhidden\x1b]4;1;#000000\a\x1b]11;#000000\a"},
		{"questions", "\x1b[6n\x1b[c\x1b[>q\x1b]11;?\a\x1bP$qm\x1b\\\x05"},
		{"hyperlink", "\x1b]8;;https://evil.example/\x1b\\click\x1b]8;;\x1b\\"},
		{"hyperlink, C1", "\u009d8;;https://evil.example/\u009cclick"},
		{"sixel", "\x1bPq#0;2;0;0;0#0~~@@vv\x1b\\"},
		{"tmux passthrough", "\x1bPtmux;\x1b\x1b]52;c;b3duZWQ=\a\x1b\\"},
		{"kitty image", "\x1b_Gf=100,a=T;AAAA\x1b\\"},
		{"privacy message", "\x1b^owned\x1b\\\x1bXowned\x1b\\"},
		{"DCS, APC, C1", "\u0090qowned\u009c\u009fowned\u009c\u0098owned\u009c"},
		{"never ended", "\x1b]0;owned"},
		{"half a sequence", "\x1b["},
		{"notification, folder", "\x1b]9;owned\a\x1b]777;notify;a;b\a\x1b]7;file://evil/\a\x1b]1337;File=:AAAA\a"},
		{"bell, shifts, charsets", "\a\x0e\x0f\x1b(0\x1b)0\x1b%@"},
		{"over the line", "saved\rowned\b\b\b\b\bOWNED"},
		{"new lines", "one\ntwo\r\nthree\vfour\ffive\u0085six\u2028seven\u2029eight"},
		{"zeros and DEL", "a\x00b\x7fc"},
		{"bidi override", "\u202enot verified\u202c"},
		{"bidi isolates and marks", "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c"},
		{"bidi embedding, never ended", "\u202a\u202b\u202d"},
		{"zero width", strings.Repeat("\u200b\u200c\u200d\u2060\ufeff", 20)},
		{"combining flood", "Z" + strings.Repeat("\u0301\u0336\u035d", 80)},
		{"tags", "\U000e0001\U000e0041\U000e007f"},
		{"variation selectors", strings.Repeat("x\ufe0f\U000e0100", 20)},
		{"private use, unassigned", "\ue000\U000f0000\u0378"},
		{"formula", "=cmd|' /C calc'!A0"},
		{"formula behind a tab", "\t=HYPERLINK(\"https://evil.example/\")"},
		{"formulas", "@SUM(1)\n+1\n-1"},
		{"HTML", "<script>alert(1)</script><img src=x onerror=alert(1)>&#27;"},
		{"Markdown", "[x](javascript:alert(1)) ![](https://evil.example/a.png) | cell | ``` \n# owned\n"},
		{"JSON", "\",\"who\":\"Eve\",\"x\":\"\\u001b]0;owned\\u0007"},
		{"a thousand wide", strings.Repeat("\uff37", 500)},
	}
}

// A world says what the ids are that an entry may name, so that its text gets to
// where it is shown.
type world map[string]string

// fill sets every string, number and time in a value, at any depth: strings to the
// attack, those that the world has under the field's name to that.
func fill(v reflect.Value, field, text string, w world) {
	switch v.Kind() {
	case reflect.String:
		if id, ok := w[field]; ok {
			text = id
		}
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint64:
		v.SetUint(2)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), field, text, w)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), field, text, w)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		key.SetString("org") // a log has no other keys than plain ones
		fill(value, "", text, nil)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), v.Type().Field(i).Name, text, w)
		}
	}
}

// TestFillReachesAll: no string of any kind's data stays empty.
func TestFillReachesAll(t *testing.T) {
	kinds := state.Kinds()
	for _, kind := range kinds {
		data := dataOf(t, kind)
		fill(reflect.ValueOf(data).Elem(), "", "attack", nil)
		if n := empty(reflect.ValueOf(data).Elem()); n > 0 {
			t.Errorf("%s: %d strings are empty in %+v", kind, n, data)
		}
	}
	if len(kinds) < 40 {
		t.Errorf("there are only %d kinds: %v", len(kinds), kinds)
	}
}

func empty(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.String:
		return count(v.Len() == 0)
	case reflect.Pointer:
		return empty(v.Elem())
	case reflect.Slice, reflect.Map:
		return count(v.Len() == 0)
	case reflect.Struct:
		if v.Type() != reflect.TypeFor[time.Time]() {
			for i := range v.NumField() {
				n += empty(v.Field(i))
			}
		}
	}
	return n
}

// dataOf is an empty value of a kind's data.
func dataOf(t *testing.T, kind state.Kind) state.Data {
	t.Helper()
	content := []byte(`{"salt":"AAAAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","data":{}}`)
	line := `{"e":{"v":1,"seq":2,"prev":"` + strings.Repeat("0", 64) + `","recorded":"2026-11-24T02:41:07.000000000Z","mode":"live","kind":"` + string(kind) +
		`","c":"` + state.Sum(content).String() + `"},"d":` + string(content) + `}`
	e, err := state.Decode([]byte(line))
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	if _, unknown := e.Data.(*state.Unknown); unknown {
		t.Fatalf("%s is not known", kind)
	}
	return e.Data
}
