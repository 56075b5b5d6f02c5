package kit

import (
	"testing"
)

// TestPlainly: a drawn line is said without its colours and without the blanks that only align it:
// a gap becomes a comma, and one of a few blanks a blank.
func TestPlainly(t *testing.T) {
	for line, want := range map[string]string{
		"":                              "",
		"      ":                        "",
		"a  b":                          "a b",
		"a     b":                       "a b",
		"a      b":                      "a, b",
		"  a             b        c  ":  "a, b, c",
		"\x1b[1ma\x1b[0m      \x1b[2mb": "a, b",
		"a\tb":                          "a b",
	} {
		if got := Plainly(line); got != want {
			t.Errorf("%q is said as %q, not %q", line, got, want)
		}
	}
	said := Said([]string{"one", "   ", "\x1b[0m", "two      three"})
	if len(said) != 2 || said[0].Text != "one" || said[1].Text != "two, three" || said[0].Do != nil || said[0].On {
		t.Errorf("they are said as %+v", said)
	}
}

// TestVerdictOfAField: what is needed may not be empty, and what has a check must pass it; else
// any value can be taken.
func TestVerdictOfAField(t *testing.T) {
	check := func(value string) string {
		if value == "x" {
			return "No x."
		}
		return ""
	}
	for _, c := range []struct {
		field *Field
		value string
		want  string
	}{
		{&Field{Required: true}, "", "This is needed."},
		{&Field{Required: true}, "x", ""},
		{&Field{}, "", ""},
		{&Field{}, "x", ""},
		{&Field{Check: check}, "x", "No x."},
		{&Field{Check: check}, "", ""},
		{&Field{Required: true, Check: check}, "", "This is needed."},
		{&Field{Required: true, Check: check}, "x", "No x."},
	} {
		if got := c.field.Verdict(c.value); got != c.want {
			t.Errorf("of %q, needed %v, it says %q, not %q", c.value, c.field.Required, got, c.want)
		}
	}
	field := &Field{}
	field.wrong = "No x."
	if field.Wrong() != "No x." {
		t.Errorf("what is wrong is %q", field.Wrong())
	}
	if byKey, byWord := Esc(&UI{}), Esc(&UI{ByLine: true}); byKey != "esc" || byWord != "“stop”" {
		t.Errorf("what is waited for ends with %s, and line by line with %s", byKey, byWord)
	}
}
