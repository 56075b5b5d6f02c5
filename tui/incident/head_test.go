package incident

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/tui/kit"
	"muster/tui/widget"
)

// TestSavedOrNot: the head says what may be believed to be safe, the worst first.
func TestSavedOrNot(t *testing.T) {
	o := desked(t, 80, 24)
	o.Inc.Head.Seq, o.Ctx = 7, t.Context()
	is := func(want string) {
		t.Helper()
		if got := o.saveState(); got != want {
			t.Errorf("it says %q, not %q", got, want)
		}
	}
	is("● saved 7")
	o.copies = []*copying{{name: "x", began: o.UI.Now()}}
	is("copying, waiting for the file")
	o.follow = errors.New("gone")
	is("cannot follow")
	o.changed = state.ErrChanged
	is("!! LOG CHANGED")
	o.changed = fmt.Errorf("%w: %w", state.ErrUnreachable, fs.ErrPermission)
	is("!! LOG OUT OF REACH")
	if said := changedNotice(o.Case); !strings.HasPrefix(said, "THE LOG CANNOT BE REACHED: permission denied. All 7 ") {
		t.Errorf("the banner says %q", said)
	}
	o.changed = state.ErrChanged
	_, over := o.Sends("status page of the region")
	is("sending…")
	o.sends[0].began = o.UI.Now().Add(-75 * time.Second)
	is("waiting for status page… 1m15s")
	over()
	is("!! LOG CHANGED")
	o.Sends("status page of the region")
	o.queue = []*Saving{{}}
	is("saving…")
	o.queue = append(o.queue, &Saving{})
	is("saving… 2")
	o.Stuck = errors.New("full")
	is("!! NOT SAVED: 2")
}

// TestHeadFits: the head and the line below it take the whole width and no more; who acts here
// is said wherever there is room for it, and names do not push each other out.
func TestHeadFits(t *testing.T) {
	for _, person := range []string{"Ada", strings.Repeat("a", 40)} {
		for w := 40; w <= 200; w++ {
			o := desked(t, w, 24)
			o.UI.Person, o.Inc.Title = person, strings.Repeat("title ", 30)
			o.Inc.Roles = []state.Role{{Def: &runbooks.Role{ID: state.Commander}, Person: strings.Repeat("c", 20)}}
			if n := widget.Width(o.head(w)); n != w {
				t.Fatalf("at %d columns the head has %d", w, n)
			}
			head, rule := o.head(w), o.rule(w)
			if n := widget.Width(rule); n != w {
				t.Fatalf("at %d columns the line has %d", w, n)
			}
			if whole := strings.Contains(head, o.Inc.ID); whole != (w >= 120) {
				t.Errorf("at %d columns the whole id is shown: %v", w, whole)
			}
			if commands := strings.Contains(head, "IC "+strings.Repeat("c", 15)+"…"); commands != (w >= 80) {
				t.Errorf("at %d columns who commands is shown: %v\n%s", w, commands, head)
			}
			if who := strings.Contains(rule, "you are "+person[:min(len(person), 23)]); !who && w >= widget.Width(" you are "+person[:min(len(person), 24)])+11 {
				t.Errorf("at %d columns it is not said who acts: %s", w, rule)
			}
			if strings.Contains(rule, " head ") != (w >= 100) {
				t.Errorf("at %d columns the line is %s", w, rule)
			}
		}
	}
}

// TestWhoActsIsSaid: in the line below the head; who has not said so is asked for it, and who
// watches does not act.
func TestWhoActsIsSaid(t *testing.T) {
	for want, change := range map[string]func(*Open){
		"you are Ada":        func(*Open) {},
		"Y: say who you are": func(o *Open) { o.UI.Person = "" },
		"you are " + strings.Repeat("a", 24) + " ":      func(o *Open) { o.UI.Person = strings.Repeat("a", 24) },
		"you are " + strings.Repeat("a", 23) + "… ":     func(o *Open) { o.UI.Person = strings.Repeat("a", 25) },
		"next act at -10m ─ you are Ada":                func(o *Open) { o.NextWhen = "-10m" },
		"next act at " + strings.Repeat("1", 20) + " ─": func(o *Open) { o.NextWhen = strings.Repeat("1", 20) },
		"next act at " + strings.Repeat("1", 19) + "…":  func(o *Open) { o.NextWhen = strings.Repeat("1", 21) },
	} {
		o := desked(t, 90, 24)
		if change(o); !strings.Contains(o.rule(90), want) {
			t.Errorf("it is not said %q: %s", want, o.rule(90))
		}
		if o.Watch = true; strings.Contains(o.rule(90), want) {
			t.Errorf("who watches acts: %s", o.rule(90))
		}
	}
}

// TestCommanderIsNamed: whoever commands, and that nobody does; a runbook without such a role
// says nothing of it.
func TestCommanderIsNamed(t *testing.T) {
	role := func(id, person string) []state.Role {
		return []state.Role{{Def: &runbooks.Role{ID: "scribe"}, Person: "Eve"}, {Def: &runbooks.Role{ID: id}, Person: person}}
	}
	for _, c := range []struct {
		roles []state.Role
		want  string
	}{
		{nil, ""}, {role("lead", "Ben"), ""}, {role("commander", ""), "no IC"}, {role("commander", "Ben"), "IC Ben"}, {role("incident-commander", "Ben"), "IC Ben"},
		{role("commander", strings.Repeat("b", 16)), "IC " + strings.Repeat("b", 16)}, {role("commander", strings.Repeat("b", 17)), "IC " + strings.Repeat("b", 15) + "…"},
	} {
		o := desked(t, 80, 24)
		o.Inc.Roles = c.roles
		if got := o.commander(); got != c.want {
			t.Errorf("it says %q, not %q", got, c.want)
		}
	}
}

// TestBannersInTwoRows: why nothing can be recorded is said in two rows at most, and cut at
// their end if it must be.
func TestBannersInTwoRows(t *testing.T) {
	for w := 20; w < 120; w++ {
		o := desked(t, w, 24)
		o.notice = "READ ONLY: " + strings.Repeat("word ", 60)
		lines := o.banner(w)
		if len(lines) != 2 || !strings.HasSuffix(lines[1], "…") || !strings.HasPrefix(lines[0], "READ ONLY: ") {
			t.Fatalf("at %d columns it is %q", w, lines)
		}
		for _, line := range lines {
			if n := widget.Width(line); n > w-2 || n < w-2-len("word ") {
				t.Errorf("at %d columns a row has %d: %q", w, n, line)
			}
		}
	}
	o := desked(t, 80, 24)
	if lines := o.banner(80); len(lines) != 0 || o.Top() != 2 {
		t.Errorf("with nothing to say it is %q", lines)
	}
	o.follow = errors.New("no network")
	if lines := o.banner(80); len(lines) != 1 || !strings.Contains(lines[0], "no network") || o.Top() != 3 {
		t.Errorf("what cannot be followed is %q", lines)
	}
	o.notice = "READ ONLY"
	if lines := o.banner(80); len(lines) != 1 || lines[0] != "READ ONLY" {
		t.Errorf("what matters more is %q", lines)
	}
	o.alerts = []string{"OVERDUE"}
	if lines := o.banner(80); len(lines) != 1 || !strings.Contains(lines[0], "OVERDUE") {
		t.Errorf("an alert is %q", lines)
	}
}

// TestAfterwards: of a closed incident it is said what comes next, but not to who only watches.
func TestAfterwards(t *testing.T) {
	o := desked(t, 80, 24)
	if o.afterwards() != "" || !o.Clocks() {
		t.Error("an open incident is over")
	}
	o.Inc.Closed = &state.Closing{When: o.UI.Now()}
	if !strings.Contains(o.afterwards(), "C shows what comes now: verify") || o.Top() != 3 || o.Clocks() {
		t.Errorf("it says %q", o.afterwards())
	}
	if right := o.headRight(80, true); !strings.Contains(right, "CLOSED 02:00") {
		t.Errorf("the head says %q", right)
	}
	o.Watch = true
	if o.afterwards() != "" {
		t.Errorf("who watches is told %q", o.afterwards())
	}
}

// TestPrivateTargetsAtOnce: of private targets as many are asked about at once as a small
// screen shows whole, and one at least.
func TestPrivateTargetsAtOnce(t *testing.T) {
	targets := func(n, long int) (list []response.Private) {
		for i := range n {
			list = append(list, response.Private{Service: fmt.Sprint(i), Target: strings.Repeat("x", long)})
		}
		return list
	}
	for _, c := range []struct{ n, long, shown int }{{0, 9, 0}, {1, 9, 1}, {7, 9, 7}, {8, 9, 7}, {20, 9, 7}, {5, 60, 3}, {3, 400, 1}, {2, 280, 1}} {
		shown, rest := seenAtOnce(targets(c.n, c.long))
		if len(shown) != c.shown || len(shown)+len(rest) != c.n {
			t.Errorf("of %d of %d bytes %d are shown, and %d left", c.n, c.long, len(shown), len(rest))
		}
	}
}

// TestEntriesInARow: an entry in one row is as wide as its column and no wider; in a block it
// has three rows at most, the first with its time.
func TestEntriesInARow(t *testing.T) {
	o := desked(t, 80, 24)
	long := strings.TrimSpace(strings.Repeat("word ", 90))
	o.Inc.Log = []state.Entry{{Seq: 1, Recorded: o.UI.Now(), Data: &state.NoteAdded{Text: long}, Frame: &state.Frame{By: state.Actor{Name: "Bartholomew"}, Kind: state.KindNoteAdded}}}
	for w := 20; w < 120; w++ {
		if n := widget.Width(o.EntryLine(1, "02:00", w)); n != w {
			t.Errorf("at %d columns a row has %d", w, n)
		}
		_, name, _ := strings.Cut(o.EntryLine(1, "02:00", w), "  ")
		name, _, _ = strings.Cut(name, "  ")
		if n := widget.Width(name); n != min(8, max(3, w/8)) {
			t.Errorf("at %d columns a name has %d: %q", w, n, name)
		}
		block := o.EntryBlock(1, "02:00", w)
		if len(block) != 3 || !strings.HasPrefix(block[0], " 02:00  Barth") || !strings.HasSuffix(block[2], "…") {
			t.Errorf("at %d columns a block is %q", w, block)
		}
		for i, row := range block {
			if n := widget.Width(row); n > w+1 || i > 0 && (!strings.HasPrefix(row, "        ") || row[8] == ' ') {
				t.Errorf("at %d columns row %d is %q", w, i, row)
			}
		}
	}
	if o.EntryLine(2, "02:00", 80) != "" || o.EntryBlock(2, "02:00", 80) != nil {
		t.Error("there is an entry that is not")
	}
	o.Inc.Log[0].Data = &state.NoteAdded{Text: "short"}
	if block := o.EntryBlock(1, "02:00", 60); len(block) != 1 {
		t.Errorf("a short one is %q", block)
	}
}

// TestPagesHang: what hangs behind a mark is wrapped below itself; gaps are single.
func TestPagesHang(t *testing.T) {
	o := desked(t, 80, 24)
	p := &Page{T: o.UI.Theme, W: 20}
	p.Gap()
	p.Hanging(o.UI.Theme.Dim, "? ", o.UI.Theme.Text, "one two three four five")
	p.Gap()
	p.Gap()
	p.Labelled("Who", "")
	p.Labelled("Who", "Ada")
	if got, want := strings.Join(p.Lines, "|"), "? one two three four|  five||Who Ada"; got != want {
		t.Errorf("it is %q", got)
	}
	narrow := &Page{T: o.UI.Theme, W: 4}
	narrow.Hanging(o.UI.Theme.Dim, "? ", o.UI.Theme.Text, "12345678 1")
	if got := strings.Join(narrow.Lines, "|"); got != "? 12345678|  1" {
		t.Errorf("where there is no room it is %q", got)
	}
}

// TestNewestIsShown: what is older than what is shown is not, and what is news is told.
func TestNewestIsShown(t *testing.T) {
	o := desked(t, 80, 24)
	o.Inc.Head.Seq = 5
	for _, c := range []struct {
		seq   uint64
		shown bool
	}{{4, false}, {5, false}, {6, true}} {
		inc := &state.Incident{Head: state.Head{Seq: c.seq}}
		o.adopt(inc)
		if (o.Inc == inc) != c.shown {
			t.Errorf("after entry 5, entry %d is shown: %v", c.seq, !c.shown)
		}
	}
	o.adopt(nil)
	if o.Inc.Head.Seq != 6 {
		t.Error("nothing is shown")
	}
}

// TestSitrepsBefore: the one that was issued before is the newest, and then the one before it.
func TestSitrepsBefore(t *testing.T) {
	o := desked(t, 80, 24)
	d := &reader{of: o}
	if d.noBefore() == "" {
		t.Error("there is one before the first")
	}
	o.Inc.Sitreps = []uint64{3, 7, 9}
	for issued, want := range map[uint64]uint64{0: 9, 9: 7, 7: 3, 3: 0} {
		if d.issued = issued; d.before() != want {
			t.Errorf("before %d comes %d, not %d", issued, d.before(), want)
		}
		if (d.noBefore() == "") != (want != 0) {
			t.Errorf("before %d: %q", issued, d.noBefore())
		}
	}
}

// TestReadersScroll: a longer text is read to its last line and no further, in whatever room.
func TestReadersScroll(t *testing.T) {
	o := desked(t, 80, 24)
	var text strings.Builder
	for i := range 30 {
		fmt.Fprintf(&text, "line %02d\n\n", i)
	}
	for _, h := range []int{8, 12, 24, 90} {
		d := &reader{of: o, text: text.String()}
		d.View(60, h)
		d.Move(kit.ToBottom)
		if lines, _ := d.View(60, h); !strings.Contains(strings.Join(lines, "\n"), "line 29") {
			t.Errorf("in %d rows the end is\n%s", h, strings.Join(lines, "\n"))
		}
		if d.Move(kit.Down); d.first != max(0, len(d.lines)-d.rows) {
			t.Errorf("in %d rows it goes past its end, to %d of %d", h, d.first, len(d.lines))
		}
		d.View(60, 90)
		if lines, _ := d.View(60, 90); !strings.Contains(strings.Join(lines, "\n"), "line 00") {
			t.Error("where all of it fits its beginning is gone")
		}
	}
}

// TestSeverityIsWhole: where marks, a close and a long name leave no room, who commands
// goes before the severity is cut.
func TestSeverityIsWhole(t *testing.T) {
	for w := 80; w <= 120; w++ {
		o := desked(t, w, 24)
		o.Inc.ID, o.Inc.Severity, o.Inc.Title = "2026-11-24-unbelievable-rhino", "SEV2", "title"
		o.Inc.Roles = []state.Role{{Def: &runbooks.Role{ID: state.Commander}, Person: strings.Repeat("c", 20)}}
		o.Inc.Closed = &state.Closing{When: o.UI.Now().Add(-48 * time.Hour)}
		o.Watch = true
		if head := o.head(w); !strings.Contains(head, "SEV2") || widget.Width(head) != w {
			t.Errorf("at %d columns the head is %q", w, head)
		}
	}
}

// TestWhatWaitsGoesBeforeOtherNotices: who types is told that nothing can be saved, whatever
// else there is to say; who does not type is told by a dialog.
func TestWhatWaitsGoesBeforeOtherNotices(t *testing.T) {
	o := desked(t, 80, 24)
	o.notice, o.failed = "this is a copy", errors.New("the disk is full")
	if got := strings.Join(o.banner(80), "\n"); got != "this is a copy" {
		t.Errorf("it says %q", got)
	}
	o.UI.Show(kit.NewPrompt(o.UI, "Note", "", "add", []*kit.Field{{ID: "text"}}, nil, func(map[string]string) (string, tea.Cmd) { return "", nil }))
	if got := strings.Join(o.banner(80), "\n"); !strings.HasPrefix(got, "NOTHING CAN BE SAVED") || strings.Contains(got, "copy") {
		t.Errorf("to who types it says %q", got)
	}
}
