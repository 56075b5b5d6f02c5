package runbooks

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// oneStep is a runbook of one step, with more in its table.
func oneStep(top, step string) string {
	return "title = 'x'\n" + top + "\n[[phase]]\ntitle = 'x'\n[[phase.step]]\ntitle = 'x'\n" + step + "\n"
}

func service(table string) string {
	return oneStep("[[service]]\nid = 'web'\ntitle = 'x'\n"+table, "")
}

// TestBoundsAreExact: what a bound allows is read, and one more is refused, or warned
// of where nothing is lost.
func TestBoundsAreExact(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	list := func(n int, item string) string { return strings.TrimSuffix(strings.Repeat(item+",", n), ",") }
	for _, c := range []struct {
		what string
		file func(n int) string
		most int
		want string // said of one more
	}{
		{"a title's characters", func(n int) string {
			return "title = '" + strings.Repeat("é", n) + "'\n[[phase]]\ntitle = 'x'\n[[phase.step]]\ntitle = 'x'\n"
		}, maxTitle, "201 characters"},
		{"a line's characters", func(n int) string { return oneStep("owner = '"+x(n)+"'", "") }, maxLine, "1001 characters"},
		{"a text's bytes", func(n int) string { return oneStep("summary = '"+x(n)+"'", "") }, maxText, "32769"},
		{"a list's entries", func(n int) string { return oneStep("tags = ["+list(n, "'a'")+"]", "") }, maxList, `1001 entries in "tags"`},
		{"an id's bytes", func(n int) string { return oneStep("id = '"+x(n)+"'", "") }, maxID, "id"},
		{"a status", func(n int) string {
			return service("check = { url = 'https://a.example/', expect = " + strconv.Itoa(n) + " }")
		}, 599, "600 is not a status"},
		{"a tier", func(n int) string { return service("tier = " + strconv.Itoa(n)) }, 5, "tier 6"},
		{"a port", func(n int) string { return service("check = { tcp = 'a.example:" + strconv.Itoa(n) + "' }") }, 65535, "is not host:port"},
		{"tables inside one another", func(n int) string { return oneStep("x = "+strings.Repeat("[", n)+strings.Repeat("]", n), "") }, maxDepth, "more than 32 tables"},
		{"parts of a key", func(n int) string { return oneStep("x"+strings.Repeat(".x", n-1)+" = 1", "") }, maxKeyParts, "more than 8 parts"},
		{"a key's bytes", func(n int) string { return oneStep(x(n-1)+" = 1", "") }, maxPath, "longer than 256 bytes"},
		{"a key's bytes with its table's", func(n int) string { return oneStep("", "") + "[" + x(99) + "]\n" + x(n-101) + " = 1\n" }, maxPath, "longer than 256 bytes"},
		{"a condition's bytes", func(n int) string { return oneStep("", "when = 'a="+x(n-2)+"'") }, maxCondition, "at most 2000 bytes"},
		{"a condition's clauses", func(n int) string {
			return oneStep("", "when = '"+strings.TrimSuffix(strings.Repeat("a=b and ", n), " and ")+"'")
		}, maxClauses, "at most 32 clauses"},
		{"a file's bytes", func(n int) string { return strings.Repeat("#", n-len(oneStep("", ""))-1) + "\n" + oneStep("", "") }, MaxFile, "larger than 4 MiB"},
	} {
		if _, problems := Parse("x.toml", []byte(c.file(c.most))); strings.Contains(problems.String(), c.want) || bounded(problems) {
			t.Errorf("%s: of %d it is said %.300s", c.what, c.most, problems)
		}
		_, less := Parse("x.toml", []byte(c.file(c.most-1)))
		if _, problems := Parse("x.toml", []byte(c.file(c.most))); distinct(problems) != distinct(less) {
			t.Errorf("%s: of %d it is said %.300s, and of one less %.300s", c.what, c.most, problems, less)
		}
		if _, problems := Parse("x.toml", []byte(c.file(c.most+1))); !strings.Contains(problems.String(), c.want) {
			t.Errorf("%s: of %d it is said %.300s, want %s", c.what, c.most+1, problems, c.want)
		}
	}
}

// distinct is how many problems there are, of the same words one.
func distinct(problems Problems) int {
	words := map[string]bool{}
	for _, p := range problems {
		words[p.String()] = true
	}
	return len(words)
}

// bounded reports whether a problem is that something is too long or too many.
func bounded(problems Problems) bool {
	text := problems.String()
	return strings.Contains(text, "at most") || strings.Contains(text, "more than") || strings.Contains(text, "longer than") || strings.Contains(text, "characters")
}

// TestLeastIsExact: what is too small is refused, and the smallest is not.
func TestLeastIsExact(t *testing.T) {
	for _, c := range []struct {
		what  string
		file  func(n int) string
		least int
		want  string
	}{
		{"a status", func(n int) string {
			return service("check = { url = 'https://a.example/', expect = " + strconv.Itoa(n) + " }")
		}, 100, "99 is not a status"},
		{"a tier", func(n int) string { return service("tier = " + strconv.Itoa(n)) }, 1, "tier 0"},
		{"a port", func(n int) string { return service("check = { tcp = 'a.example:" + strconv.Itoa(n) + "' }") }, 1, "is not host:port"},
	} {
		if _, problems := Parse("x.toml", []byte(c.file(c.least))); problems.HasErrors() {
			t.Errorf("%s: of %d it is said %s", c.what, c.least, problems)
		}
		if _, problems := Parse("x.toml", []byte(c.file(c.least-1))); !strings.Contains(problems.String(), c.want) {
			t.Errorf("%s: of %d it is said %s, want %s", c.what, c.least-1, problems, c.want)
		}
	}
}

// TestSheetBoundsAreExact: the same of a spreadsheet.
func TestSheetBoundsAreExact(t *testing.T) {
	rows := func(n int) string { return "Time,Description\n" + strings.Repeat("1,x\n", n) }
	columns := func(n int) string { return "Time,Description" + strings.Repeat(",", n-2) + "\n1,x\n" }
	bytes := func(n int) string { return rows(1) + strings.Repeat("\n", n-len(rows(1))) }
	for _, c := range []struct {
		what string
		file func(n int) string
		most int
	}{{"rows", rows, maxRows}, {"columns", columns, maxColumns}, {"bytes", bytes, MaxFile}} {
		if _, err := readSheet([]byte(c.file(c.most))); err != nil {
			t.Errorf("%d %s: %v", c.most, c.what, err)
		}
		if _, err := readSheet([]byte(c.file(c.most + 1))); err == nil {
			t.Errorf("%d %s are read", c.most+1, c.what)
		}
	}
	for n, cut := range map[int]bool{maxInject: false, maxInject + 1: true} {
		s, problems := imported(t, "Time,Description\n1,"+strings.Repeat("x", n)+"\n", SheetWay{})
		if got := len(s.Injects[0].Text); got > maxInject || cut != strings.HasSuffix(s.Injects[0].Text, "x…") || cut != (len(problems) == 1) {
			t.Errorf("a text of %d bytes has %d, and it is said %s", n, got, problems)
		}
	}
	if s, _ := imported(t, "Time,Description,From\n1,x,"+strings.Repeat("é", maxTitle+1)+"\n", SheetWay{}); s.Injects[0].From != strings.Repeat("é", maxTitle) {
		t.Errorf("a long sender is %q", s.Injects[0].From)
	}
}

// TestScenarioBoundsAreExact: the same of a scenario.
func TestScenarioBoundsAreExact(t *testing.T) {
	inject := func(more string) string {
		return "title = 'x'\nrunbook = 'x'\n[[inject]]\nid = 'a'\nat = '+0:05'\nfrom = 'x'\nto = 'all'\nvia = 'phone'\nexpect = 'x'\n" + more
	}
	for _, c := range []struct {
		what string
		file func(n int) string
		most int
		want string
	}{
		{"an inject's text", func(n int) string { return inject("text = '" + strings.Repeat("x", n) + "'\n") }, maxInject, "the text has 16385 bytes"},
		{"attachments", func(n int) string {
			var b strings.Builder
			for i := range n {
				b.WriteString("[[inject.attachments]]\nname = 'a" + strconv.Itoa(i) + ".txt'\ntext = 'x'\n")
			}
			return inject("text = 'x'\n" + b.String())
		}, maxAttachments, "21 attachments"},
		{"an attachment's text", func(n int) string {
			return inject("text = 'x'\n[[inject.attachments]]\nname = 'a.txt'\ntext = '" + strings.Repeat("x", n) + "'\n")
		}, maxAttachment, "the attachment has 262145 bytes"},
	} {
		if _, problems := ParseScenario("x.toml", []byte(c.file(c.most))); problems.HasErrors() {
			t.Errorf("%s: of %d it is said %.300s", c.what, c.most, problems)
		}
		if _, problems := ParseScenario("x.toml", []byte(c.file(c.most+1))); !strings.Contains(problems.String(), c.want) {
			t.Errorf("%s: of %d it is said %.300s", c.what, c.most+1, problems)
		}
	}
}

// TestSpanBoundsAreExact: a length of time is positive, and at most ten years.
func TestSpanBoundsAreExact(t *testing.T) {
	for text, good := range map[string]bool{
		"1ns": true, "0s": false, "-1s": false, "87840h": true, "87840h1s": false, "1d": true, "0d": false,
		"3660d": true, "3661d": false, "3660 business days": true, "3661 business days": false,
		"120 months": true, "121 months": false, "1 month": true, "0 months": false,
	} {
		if _, err := ParseSpan(text); (err == nil) != good {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestIDLetters: each end of the letters and digits is one, and what stands beside
// them is not.
func TestIDLetters(t *testing.T) {
	for c := range byte(128) {
		small := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if got := validID("x" + string(rune(c))); got != (small || c == '-') {
			t.Errorf("an id with %q: %v", c, got)
		}
		want := "otherwise"
		if small {
			want = string(rune(c))
		} else if c >= 'A' && c <= 'Z' {
			want = strings.ToLower(string(rune(c)))
		}
		if got := slug(string(rune(c)), "otherwise"); got != want {
			t.Errorf("the id of %q is %q, want %q", c, got, want)
		}
	}
}

// TestSameMistakeSameWords: of several mistakes the same one is named each time.
func TestSameMistakeSameWords(t *testing.T) {
	for range 20 {
		_, _, _, err := ImportInjects("msel.csv", []byte("a,Description\n1,x\n"), "msel", "", importBook, SheetWay{Mapping: map[string]string{"z": "from", "y": "to", "x": "via"}})
		if err == nil || !strings.Contains(err.Error(), `no column is headed "x"`) {
			t.Fatal(err)
		}
	}
}

// TestDistanceIsCharged: a variable costs as much as there are others in front of it.
func TestDistanceIsCharged(t *testing.T) {
	spent := func(text string) int {
		c, err := compile(text)
		if err != nil {
			t.Fatal(err)
		}
		w := &work{left: maxWork}
		if _, err := c.execute(Values{}, w); err != nil {
			t.Fatal(err)
		}
		return maxWork - w.left
	}
	const many = 50
	declared := "{{ $near := 1 }}"
	for i := range many {
		declared = "{{ $v" + strconv.Itoa(i) + " := 1 }}" + declared
	}
	declared = "{{ $away := 1 }}" + declared
	if near, far := spent(declared+"{{ $near }}"), spent(declared+"{{ $away }}"); far != near+many+1 {
		t.Errorf("the nearest costs %d, one behind %d others %d", near, many+1, far)
	}
}

// TestTemplateBoundsAreExact: how long a template may be, and what it makes.
func TestTemplateBoundsAreExact(t *testing.T) {
	text := func(n int) string { return "{{ 1 }}" + strings.Repeat("x", n-len("{{ 1 }}")) }
	if _, err := Render(text(MaxRendered), Values{}); err != nil {
		t.Error(err)
	}
	if _, err := Render(text(MaxRendered+1), Values{}); err != errTooLong {
		t.Error(err)
	}
	made := func(n int) (string, error) { return Render("{{ .Org }}"+"x", Values{Org: strings.Repeat("x", n-1)}) }
	if out, err := made(MaxRendered); err != nil || len(out) != MaxRendered {
		t.Errorf("%d bytes, %v", len(out), err)
	}
	if _, err := made(MaxRendered + 1); err == nil {
		t.Error("too much is made")
	}
}

// TestFunctionsTakeSoMany: each function of templates refuses one value less than it
// takes, and one more unless it takes any number.
func TestFunctionsTakeSoMany(t *testing.T) {
	for _, f := range functions {
		takes := strings.Fields(f.takes)
		args := func(n int) string {
			text := f.name
			for i := range n {
				if i < len(takes) && takes[i] == "list" {
					text += " .Services.All"
				} else {
					text += " `1`"
				}
			}
			return "{{ " + text + " }}"
		}
		const wrongNumber = " takes "
		for n := range len(takes) + 2 {
			_, err := Render(args(n), Values{})
			want := n < len(takes) || n > len(takes) && !f.more
			if got := err != nil && strings.Contains(err.Error(), f.name+wrongNumber) && strings.Contains(err.Error(), ", not "+strconv.Itoa(n)); got != want {
				t.Errorf("%s with %d values: %v", f.name, n, err)
			}
		}
	}
}

// TestAbout: the rough length by which clocks are sorted before they start.
func TestAbout(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90m": 90 * time.Minute, "2d": 48 * time.Hour, "3 business days": 102 * time.Hour, "2 months": 60 * 24 * time.Hour,
	} {
		span, err := ParseSpan(text)
		if err != nil || span.About() != want {
			t.Errorf("%s is about %v, %v; want %v", text, span.About(), err, want)
		}
	}
}

// TestClockOfADecision: a clock may start with a decision however it falls, or with one
// of its options; not with what is none.
func TestClockOfADecision(t *testing.T) {
	for event, want := range map[string]string{
		"step:scope": "", "step:scope=all": "", "step:scope=half": `"scope" cannot be "half"`, "answer:scope=all": "", "step:scop=all": "scope",
	} {
		file := oneStep("[[clock]]\nid = 'c'\ntitle = 'x'\nwithin = '1h'\nstarts = '"+event+"'\n",
			"id = 'scope'\nkind = 'decision'\noptions = [{ id = 'all', title = 'All' }, { id = 'some', title = 'Some' }]")
		_, problems := Parse("x.toml", []byte(file))
		if got := problems.HasErrors(); got != (want != "") || !strings.Contains(problems.String(), want) {
			t.Errorf("%s: %s", event, problems)
		}
	}
}

// TestBackslashAtTheEnd: a string that ends with the file, or the line, has no end.
func TestBackslashAtTheEnd(t *testing.T) {
	for _, text := range []string{"a = \"x\\", "a = \"\\", "a = \"x\\\nb = 1\n", "a = 'x\\\nb = 1\n"} {
		if s := scanTOML([]byte(text), false); !s.lost {
			t.Errorf("%q is understood", text)
		}
	}
	for _, text := range []string{"a = 'x\\'\n", "a = \"\\\\\"\n", "a = \"\\\"\"\n"} {
		if s := scanTOML([]byte(text), false); s.lost {
			t.Errorf("%q is not understood", text)
		}
	}
}

// TestSheetMinutes: a number alone is minutes, of at most six weeks.
func TestSheetMinutes(t *testing.T) {
	if at, err := readMinutes("65535"); err != nil || at != 65535*time.Minute {
		t.Error(at, err)
	}
	if _, err := readMinutes("65536"); err == nil {
		t.Error("65536 minutes are taken")
	}
}

// TestPlainNames: a file of an attachment is called so in its folder, on any system.
func TestPlainNames(t *testing.T) {
	for name, want := range map[string]bool{
		"a": true, "a.txt": true, "ü b.txt": true, strings.Repeat("x", 100): true, strings.Repeat("x", 101): false, "": false, ".a": false, "..": false, "a/b": false, "/a": false, "a/": false,
		`a\b`: false, "a:b": false, "a*": false, "a?": false, `a"`: false, "<a": false, "a>": false, "a|b": false, "a\x1fb": false, "a\x7f": false, "a~": true,
	} {
		if got := plainName(name); got != want {
			t.Errorf("%q is a plain name: %v", name, got)
		}
	}
}
