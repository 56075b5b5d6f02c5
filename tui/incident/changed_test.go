package incident

import "testing"

// TestQuoteShell: a command that is shown can be pasted into a shell, whatever its folder is
// called.
func TestQuoteShell(t *testing.T) {
	for text, want := range map[string]string{
		"": "''", "/mnt/usb": "/mnt/usb", "/mnt/a-b_c.d,e:f@g%h+i": "/mnt/a-b_c.d,e:f@g%h+i", "azAZ09": "azAZ09",
		"a b": "'a b'", "it's": `'it'\''s'`, "$HOME": "'$HOME'", "~/x": "'~/x'", "a;b": "'a;b'", "a\nb": "'a\nb'", "a*": "'a*'", "a`b`": "'a`b`'",
		`a\b`: `'a\b'`, `a"b`: `'a"b'`, "ü": "'ü'", "a[1]": "'a[1]'", "a{b}": "'a{b}'", "a!": "'a!'", "a&": "'a&'", "a|b": "'a|b'", "a<b": "'a<b'", "#a": "'#a'",
	} {
		if got := quoteShell(text); got != want {
			t.Errorf("%q is written %s, not %s", text, got, want)
		}
	}
}
