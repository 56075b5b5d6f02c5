package clean

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestJSON(t *testing.T) {
	for text, want := range map[string]string{
		``: ``, `{"a":1}`: `{"a":1}`, `"é 日本 é ✓"`: `"é 日本 é ✓"`,
		"\"\u009b2J\"": `"\u009b2J"`, "\"a\x7fb\"": `"a\u007fb"`, "\"\u202ex\u202c\"": `"\u202ex\u202c"`,
		"\"\U000e0041\"": `"\udb40\udc41"`, "[\"\ufeff\",\n \"\ue000\"]": "[\"\\ufeff\",\n \"\\ue000\"]",
		"\"a\u0301\u0301\u0301\u0301\u0301\"": "\"a\u0301\u0301\u0301\u0301" + `\u0301"`, "\"\u0301a\u0301\"": `"\u0301a` + "\u0301\"",
	} {
		if got := JSON([]byte(text)); string(got) != want {
			t.Errorf("JSON(%q) is %q, want %q", text, got, want)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, text := range []string{"", "plain", "\u009d2;owned\u009c", "\U000e0041\x7f\u2028", "\U0010ffff", "é日本語👩", "\ufe0f", "\u3164", "\x00\x1b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		written, err := json.Marshal(text)
		if err != nil {
			t.Skip()
		}
		var want, got string
		escaped := JSON(written)
		if json.Unmarshal(written, &want) != nil || json.Unmarshal(escaped, &got) != nil || got != want {
			t.Errorf("%q becomes %q", want, got)
		}
		if again := JSON(escaped); !bytes.Equal(again, escaped) {
			t.Errorf("done twice, %q becomes %q", escaped, again)
		}
		for _, r := range string(escaped) {
			if isHidden(r) {
				t.Errorf("%q has %U in it", escaped, r)
			}
		}
	})
}
