package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
)

// TestZonesAreFound: a zone is a name, an offset, UTC or local; what may mean several is none,
// and what was probably meant is said.
func TestZonesAreFound(t *testing.T) {
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]int{
		"UTC": 0, "z": 0, " utc ": 0, "+01:00": 3600, "-0330": -12600, "+2": 7200, "UTC+2": 7200, "gmt-10": -36000, "+14:00": 50400, "-00:59": -3540, "Europe/London": 3600, "Asia/Kolkata": 19800,
	} {
		zone, err := findZone(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if _, got := at.In(zone).Zone(); got != want {
			t.Errorf("%q is %d seconds off, not %d", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"": "no zone is given", "+15:00": "is no offset", "+01:60": "is no offset", "CET": "there is no zone", "London": "did you mean Europe/London?", "europe/LONDON": "did you mean Europe/London?",
		"Europe/Lundon": "did you mean Europe/London?", "nowhere at all": "write a name such as",
	} {
		if zone, err := findZone(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %v, %v", text, zone, err)
		}
	}
	if zone, err := findZone("Local"); err != nil || zone != time.Local {
		t.Errorf("local is %v, %v", zone, err)
	}
}

// TestArgumentsAreCounted: what is missing, too much or empty is wrong use, and it is said how
// to write it.
func TestArgumentsAreCounted(t *testing.T) {
	for _, c := range []struct {
		least, most int
		given       string
		want        string // "" for nothing wrong
	}{
		{0, 0, "", ""}, {0, 0, "a", `"a" is too much`}, {1, 1, "", "something is missing"}, {1, 1, "a", ""}, {1, 1, "a b", `"b" is too much`}, {1, 2, "a b", ""}, {1, 2, "a b c", `"c" is too much`},
		{1, -1, "a b c d", ""}, {1, -1, "", "something is missing"}, {2, 2, "a", "something is missing"}, {0, 1, "a b", "goes in quotes"}, {2, 2, "a ", "argument 2 is empty"},
	} {
		cmd := &cobra.Command{Use: "do WHAT"}
		var given []string
		if c.given != "" {
			given = strings.Split(c.given, " ")
		}
		err := arguments(c.least, c.most)(cmd, given)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(sayError(err), c.want)) {
			t.Errorf("%d to %d, given %q: %v", c.least, c.most, c.given, err)
		}
		if err != nil && reportError(new(strings.Builder), err) != exitUsage {
			t.Errorf("%v is no wrong use", err)
		}
	}
}

// TestFlagsAreNotEmpty: a flag of text that was given has a value.
func TestFlagsAreNotEmpty(t *testing.T) {
	for given, wrong := range map[string]bool{"": false, "--text=x": false, "--text=": true, "--text= ": true, "--list=a": false, "--list=a,,b": true, "--yes": false, "--n=0": false} {
		cmd := &cobra.Command{Use: "do"}
		cmd.Flags().String("text", "", "")
		cmd.Flags().StringSlice("list", nil, "")
		cmd.Flags().Bool("yes", false, "")
		cmd.Flags().Int("n", 3, "")
		if err := cmd.ParseFlags(strings.Split(given, "|")[:min(1, len(given))]); err != nil {
			t.Fatal(err)
		}
		if err := noBlanks(cmd, nil); (err != nil) != wrong {
			t.Errorf("%q: %v", given, err)
		}
	}
}

// TestPairsAreRead: ID=VALUE; the value may have more of them, or be empty.
func TestPairsAreRead(t *testing.T) {
	got, err := pairs([]string{"a=b", "c=d=e", "f="})
	if err != nil || fmt.Sprint(got) != "map[a:b c:d=e f:]" {
		t.Errorf("%v, %v", got, err)
	}
	for _, wrong := range []string{"a", "=b", ""} {
		if got, err := pairs([]string{wrong}); err == nil {
			t.Errorf("%q is read as %v", wrong, got)
		}
	}
	if got, err := findAnswers(nil, &state.Step{}); got != nil || err != nil {
		t.Errorf("of none it is %v, %v", got, err)
	}
	for text, want := range map[string]uint64{"1": 1, "42": 42, "9007199254740991": 1<<53 - 1, "0": 0, "-1": 0, "": 0, "x": 0, "9007199254740992": 0} {
		var args []string
		if text != "" {
			args = []string{text}
		}
		if got, err := firstNumber(args); got != want || (err == nil) != (want != 0) {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
}

// TestColumnsStand: each column begins where the widest cell of the one before ends, two
// further; nothing trails, and nothing is there that a terminal would obey.
func TestColumnsStand(t *testing.T) {
	if got, want := columns([][]string{{"a", "bb", "c"}, {"aaa", "b", ""}, {"é世"}, {"x\x1b[31m", "y"}}), "a       bb  c\naaa     b\né世\nx␛[31m  y\n"; got != want {
		t.Errorf("they are\n%s", got)
	}
	if got := columnsLine("a", "b"); got != "a  b" {
		t.Errorf("one line is %q", got)
	}
	for n, want := range map[uint64]string{0: "0 entries", 1: "1 entry", 2: "2 entries"} {
		if got := plural(n, "entry", "entries"); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}

// TestErrorsSayWhatNext: what is wrong is said with what to do about it, and ends with the code
// that scripts rely on.
func TestErrorsSayWhatNext(t *testing.T) {
	refused := func(change func(*state.Refusal)) error {
		r := &state.Refusal{Reason: state.Invalid, Text: "No."}
		change(r)
		return r
	}
	const why, override = `Say it with --why "WHY".`, `It is recorded all the same with --override "WHY".`
	for _, c := range []struct {
		err  error
		code int
		says []string
		not  []string
	}{
		{nil, exitDone, nil, []string{"muster"}},
		{errFound, exitRefused, nil, []string{"muster"}},
		{errors.New("x"), exitRefused, []string{"muster: x"}, nil},
		{usagef("x"), exitUsage, []string{"muster: x"}, nil},
		{hint(errors.New("x"), "Do y."), exitRefused, []string{"muster: x\n  Do y."}, nil},
		{refused(func(*state.Refusal) {}), exitRefused, []string{"muster: "}, []string{why, override}},
		{refused(func(r *state.Refusal) { r.Overridable = true }), exitRefused, []string{override}, []string{why}},
		{refused(func(r *state.Refusal) { r.Reason, r.Field = state.Missing, "why" }), exitRefused, []string{why}, []string{override}},
		{refused(func(r *state.Refusal) { r.Reason, r.Field = state.Missing, "on" }), exitRefused, []string{why}, nil},
		{refused(func(r *state.Refusal) { r.Reason, r.Field = state.Missing, "text" }), exitRefused, nil, []string{why}},
		{refused(func(r *state.Refusal) { r.Field = "why" }), exitRefused, nil, []string{why}},
		{refused(func(r *state.Refusal) { r.Reason, r.Field = state.Invalid, "name" }), exitRefused, []string{"--name NAME"}, nil},
		{refused(func(r *state.Refusal) { r.Acts = []state.Act{{Deed: state.DeedApprove, Of: "n"}} }), exitRefused, []string{"muster notice approve n"}, nil},
		{refused(func(r *state.Refusal) { r.Reason = state.NotApproved }), exitRefused, nil, []string{"muster notice approve"}},
		{refused(func(r *state.Refusal) { r.Acts = []state.Act{{Deed: state.DeedDraft, Of: "n"}} }), exitRefused, []string{"muster notice draft n"}, nil},
		{refused(func(r *state.Refusal) { r.Reason = state.Blank }), exitRefused, nil, []string{"muster notice draft"}},
		{refused(func(r *state.Refusal) { r.Acts = []state.Act{{Deed: state.DeedTakeRole, Of: "r"}} }), exitRefused, []string{"muster role r"}, nil},
		{refused(func(r *state.Refusal) { r.Reason = state.NotApprover }), exitRefused, nil, []string{"muster role"}},
		{refused(func(r *state.Refusal) { r.Acts = []state.Act{{Deed: state.DeedReopen}} }), exitRefused, []string{"muster reopen"}, nil},
		{refused(func(r *state.Refusal) {
			r.Also = []*state.Refusal{{Text: "x", Acts: []state.Act{{Deed: state.DeedAmend, Seq: 7}, {Deed: state.DeedAnswer, Of: "1.2"}, {Deed: state.DeedAnswer, Of: "1.2", Ask: "who"}}}}
		}), exitRefused, []string{"muster amend 7 --text", "muster step answer 1.2 OPTION", "muster step answer 1.2 --set who=VALUE"}, nil},
		{refused(func(r *state.Refusal) { r.Acts = []state.Act{{Deed: state.DeedRetime, Seq: 7}} }), exitRefused, []string{"muster amend 7 --at TIME --why"}, []string{"--text"}},
		{refused(func(r *state.Refusal) { r.Reason = state.StillOpen }), exitRefused, []string{"muster status --open"}, nil},
		{refused(func(r *state.Refusal) { r.Reason = state.Unreasoned }), exitRefused, []string{`--note "WHY"`}, nil},
		{fmt.Errorf("sending: %w", context.Canceled), exitRefused, []string{"muster: interrupted: sending"}, []string{"canceled"}},
		{context.Canceled, exitRefused, []string{"interrupted: what was asked for was not done"}, nil},
		{state.ErrReadOnly, exitRefused, []string{"Nothing was recorded", "muster rescue --to DIR"}, nil},
		{&state.Damage{Line: 3, What: "x", Newer: true}, exitRefused, []string{"newer muster: install that one"}, nil},
		{&state.Damage{Line: 3, What: "x"}, exitRefused, nil, []string{"install that one"}},
		{unsavedError{fmt.Errorf("%w: full", state.ErrNotSaved), time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), "muster note x"}, exitRefused,
			[]string{"NOT SAVED: full", "This may not be in the log: muster note x", "--at 2026-11-24T02:00:00Z", "muster rescue --to DIR"}, nil},
		{unsavedError{fmt.Errorf("%w: full", state.ErrNotSaved), time.Time{}, "muster mark 3"}, exitRefused,
			[]string{"This may not be in the log: muster mark 3", "enter it again."}, []string{"--at"}},
	} {
		var out strings.Builder
		if code := reportError(&out, c.err); code != c.code {
			t.Errorf("%v ends with %d, not %d", c.err, code, c.code)
		}
		for _, text := range c.says {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%v: it does not say %q:\n%s", c.err, text, &out)
			}
		}
		for _, text := range c.not {
			if strings.Contains(out.String(), text) {
				t.Errorf("%v: it says %q:\n%s", c.err, text, &out)
			}
		}
	}
}

// TestOrders: entries are listed as they were written, or as things happened.
func TestOrders(t *testing.T) {
	for by, want := range map[string]bool{"recorded": false, "occurred": true} {
		if got, err := byOccurred(by); got != want || err != nil {
			t.Errorf("%q is %v, %v", by, got, err)
		}
	}
	if _, err := byOccurred(""); err == nil {
		t.Error("there is an order without a name")
	}
}

// TestWhoIsKnown: a name is spelled as it is known.
func TestWhoIsKnown(t *testing.T) {
	for name, want := range map[string]string{"ADA": "Ada", "Ben": "Ben", "cleo": "cleo"} {
		if got := knownAs([]string{"Ada", "Ben"}, name); got != want {
			t.Errorf("%q is known as %q", name, got)
		}
	}
}

// TestWhereATextStands: the argument that is a text by the usage of its command can come on
// standard input, of whichever command.
func TestWhereATextStands(t *testing.T) {
	want := map[string]int{
		"note": 1, "close": 1, "title": 1, "step add": 1, "drill observe": 1, "drill add": 1, "drill ack": 2, "timer set": 2,
		"form answer": 3, "review good": 1, "review bad": 1, "review cause": 1, "review action": 1,
	}
	got := map[string]int{}
	var look func(*cobra.Command)
	look = func(cmd *cobra.Command) {
		if n := textArgument(cmd); n > 0 {
			got[wordsOf(cmd)] = n
		}
		for _, below := range cmd.Commands() {
			look(below)
		}
	}
	look(newRoot(newEnv()))
	if !maps.Equal(got, want) {
		t.Errorf("a text stands at %v, not %v", got, want)
	}
}
