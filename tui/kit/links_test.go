package kit

import (
	"strings"
	"testing"
)

// TestWayTarget: what a terminal may open is made anew from what a way's parts may be.
func TestWayTarget(t *testing.T) {
	for way, want := range map[string]string{
		"tel:+44 20 7946 0000": "tel:+442079460000", "tel:(020) 7946-0000": "", "tel:020/7946-0000": "tel:02079460000", "sms:+442079460000": "sms:+442079460000",
		"mailto:soc@example.org": "mailto:soc@example.org", "mailto:a+b@mail.example.org": "mailto:a+b@mail.example.org",
		"mailto:soc@example.org?subject=x&body=y": "", "mailto:soc@example.org,eve@example.org": "", "mailto:soc@localhost": "", "mailto:a%0ab@example.org": "",
		"tel:+44;phone-context=x": "", "tel:": "", "tel:1": "", "tel:+44\x1b]8;;http://x\x07": "", "https://example.org": "", "file:///etc/passwd": "", "javascript:alert(1)": "",
		"": "", "TEL:+44": "", "radio channel 7": "", "tel:" + strings.Repeat("1", 40): "", "mailto:" + strings.Repeat("a", 65) + "@example.org": "",
	} {
		if got := WayTarget(way); got != want {
			t.Errorf("%q leads to %q, not %q", way, got, want)
		}
	}
}

// TestLinked: a text is a link wherever it stands by itself, in this drawing alone, and not if
// links are switched off.
func TestLinked(t *testing.T) {
	u := &Links{}
	const on, off = "\x1b]8;;tel:+441\x07", "\x1b]8;;\x07"
	u.Add("tel:+44 1", "tel:+441")
	u.Add("tel:+44 2", "")
	u.Add("", "tel:+441")
	content := "1 \x1b[1mtel:+44 1\x1b[m (tel:+44 1) xtel:+44 1 tel:+44 12 tel:+44 2"
	want := "1 \x1b[1m" + on + "tel:+44 1" + off + "\x1b[m (" + on + "tel:+44 1" + off + ") xtel:+44 1 tel:+44 12 tel:+44 2"
	if got := u.put(content); got != want {
		t.Errorf("it is drawn as %q, not %q", got, want)
	}
	if got := u.put(content); got != content {
		t.Errorf("drawn again, without being asked for, it is %q", got)
	}
	u.Off = true
	u.Add("tel:+44 1", "tel:+441")
	if got := u.put(content); got != content {
		t.Errorf("switched off, it is drawn as %q", got)
	}
}
