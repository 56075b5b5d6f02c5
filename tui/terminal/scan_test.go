package terminal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestCharactersComeWhole: the first and the last of each length, however they are torn;
// bytes that begin or go on with none are dropped, and cost no key that follows.
func TestCharactersComeWhole(t *testing.T) {
	for _, r := range []rune{0xa1, 0xff, 0x7ff, 0x800, 0xffe6, 0x10000, 0x1f600, 0x2ffff, 0x100000, 0x10fffd} {
		var feeds []feed
		for _, b := range []byte(string(r)) {
			feeds = append(feeds, feed{0, string([]byte{b})})
		}
		expect(t, told(false, feeds...), string(r))
		expect(t, told(false, feed{0, string(r) + "x"}), string(r)+" x")
	}
	for _, broken := range []string{"\x80", "\xbf", "\xc0", "\xc1", "\xf5", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xe2x", "\xc2\x9b"} {
		if got := strings.Join(told(false, feed{0, broken + "y"}), " "); !strings.HasSuffix(got, "y") || !utf8.ValidString(got) {
			t.Errorf("%q and a y are told as %q", broken, got)
		}
	}
}

// TestAnswersAreNoKeys: of what the terminal says of its colours nothing is typed; who
// has pressed alt+] is not kept from typing.
func TestAnswersAreNoKeys(t *testing.T) {
	for _, answer := range []string{"\x1b]10;rgb:ffff/ffff/ffff\x07", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b]12;rgb:00/00/00\x07"} {
		for cut := 2; cut < len(answer); cut++ {
			for _, said := range told(false, feed{0, answer[:cut]}, feed{0, answer[cut:] + "x"}) {
				if len(said) == 1 && said != "x" {
					t.Errorf("%q, torn at %d, types %q", answer, cut, said)
				}
			}
		}
	}
	for _, typed := range []string{"\x1b]x", "\x1b]1x"} {
		if got := told(false, feed{0, typed}); len(got) == 0 || got[len(got)-1] != typed[len(typed)-1:] {
			t.Errorf("%q is told as %q", typed, got)
		}
	}
}

// TestPastesAreWhatLiesBetween: without their ends; half an end within is text.
func TestPastesAreWhatLiesBetween(t *testing.T) {
	for text, want := range map[string]string{
		"": `""`, "one": `"one"`, "a\x1b[201b": `"a\x1b[201b"`, "a\x1b\x1b": `"a\x1b\x1b"`, "x\x1b[20": `"x\x1b[20"`,
	} {
		got := told(false, feed{0, "\x1b[200~" + text + "\x1b[201~z"})
		if len(got) != 2 || got[1] != "z" {
			t.Errorf("%q is told as %q, not %s and z", text, got, want)
		}
	}
	if got := told(false, feed{0, "\x1b[200~torn\x1b[2"}, feed{0, "01~z"}); strings.Join(got, " ") != `"torn" z` {
		t.Errorf("a paste with a torn end is %q", got)
	}
}
