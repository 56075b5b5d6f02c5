package kit

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A drawer keeps drafts in memory, and can fail.
type drawer struct {
	kept []Draft
	err  error
}

func (d *drawer) Drafts(_ context.Context, scope string) (of []Draft, _ error) {
	for _, draft := range d.kept {
		if draft.Scope == scope {
			of = append(of, draft)
		}
	}
	return of, d.err
}

func (d *drawer) KeepDraft(draft Draft) error {
	d.kept = append(d.kept, draft)
	return d.err
}

// An office is a screen whose forms are about one thing.
type office struct{ desk }

func (*office) Scope() string { return "amber-heron" }

// TestDraftsAreToldApart: by what the screen is about, who types, and the form.
func TestDraftsAreToldApart(t *testing.T) {
	u, _ := sit(t)
	u.Person = "Ada"
	if got := u.Drafts.Of("Note"); got != (DraftKey{"", "Ada", "Note"}) {
		t.Errorf("outside of incidents it is %+v", got)
	}
	u.Push(&office{})
	if got := u.Drafts.Of("Note"); got != (DraftKey{"amber-heron", "Ada", "Note"}) {
		t.Errorf("in an incident it is %+v", got)
	}
	alone := NewUI(t.Context(), u.Keys, morning)
	alone.Push(&office{})
	if got := alone.Drafts.Of("Note"); got.scope != "amber-heron" {
		t.Errorf("where the incident is the only screen it is %+v", got)
	}
	if got := (&DraftBox{ui: NewUI(t.Context(), u.Keys, morning)}).Of("Note"); got != (DraftKey{"", "", "Note"}) {
		t.Errorf("before there is a screen it is %+v", got)
	}
}

// TestDraftsAreTakenOnce: what was left is there when the form is opened again, once, and
// both times that is said. A form that was left empty leaves nothing.
func TestDraftsAreTakenOnce(t *testing.T) {
	u, _ := sit(t)
	key, other := DraftKey{"x", "Ada", "Note"}, DraftKey{"x", "Ada", "Call"}
	u.Drafts.Leave(other, map[string]string{})
	if u.said != "" || u.Drafts.Take(other) != nil {
		t.Errorf("an empty form left %q", u.said)
	}
	u.Drafts.Leave(key, map[string]string{"text": "half a sen"})
	u.Drafts.Leave(other, map[string]string{"who": "CERT"})
	if !strings.Contains(u.said, "kept until you open this again") {
		t.Errorf("it says %q", u.said)
	}
	if got := u.Drafts.Take(key); got["text"] != "half a sen" || !strings.Contains(u.said, "still in it") {
		t.Errorf("taken is %v, and it says %q", got, u.said)
	}
	if u.Drafts.Take(key) != nil || u.Drafts.Take(other) == nil {
		t.Error("one is taken twice, or takes the other away")
	}
}

// TestDraftsAreWritten: one write at a time, of all that is pending; without a store none.
// That one failed is said.
func TestDraftsAreWritten(t *testing.T) {
	u, _ := sit(t)
	b := u.Drafts
	key := DraftKey{"x", "Ada", "Note"}
	b.Note(key, map[string]string{"text": "one"})
	if b.save() != nil || b.Flush() != nil {
		t.Error("without a store something is written")
	}
	store := &drawer{}
	b.Outlast(store)
	if b.save() != nil {
		t.Error("nothing is pending, and it is written")
	}
	b.Note(key, map[string]string{"text": "two"})
	if b.save() == nil || b.save() != nil {
		t.Error("not one write is on its way")
	}
	if err := b.Flush(); err != nil || !reflect.DeepEqual(store.kept, []Draft{{"x", "Ada", "Note", map[string]string{"text": "two"}}}) {
		t.Errorf("kept is %+v: %v", store.kept, err)
	}
	if err := b.Flush(); err != nil || len(store.kept) != 1 {
		t.Errorf("it is written twice: %v", err)
	}
	draftsWritten{b, nil}.Deliver()
	if b.Note(key, nil); u.said != "" || b.save() == nil {
		t.Errorf("after a write the next waits, or it says %q", u.said)
	}
	store.err = errors.New("disk full")
	err := b.Flush()
	if (draftsWritten{b, err}).Deliver(); err == nil || !strings.Contains(u.said, "disk full") {
		t.Errorf("of %v it says %q", err, u.said)
	}
}

// TestDraftsOfAnEarlierRun are there again, but for those that are newer here; the person
// who sits here is told of their own.
func TestDraftsOfAnEarlierRun(t *testing.T) {
	u, _ := sit(t)
	u.Person = "Ada"
	b := u.Drafts
	if b.Load("x") != nil {
		t.Error("without a store something is read")
	}
	b.Outlast(&drawer{err: errors.New("no such folder"), kept: []Draft{
		{"x", "Ada", "Note", map[string]string{"text": "old"}}, {"x", "Ada", "Call", map[string]string{"who": "CERT"}}, {"x", "Ada", "Answer", map[string]string{"a": "yes"}},
		{"x", "Ben", "Call", map[string]string{"who": "press"}}, {"x", "Ada", "Empty", nil}, {"y", "Ada", "Other", map[string]string{"a": "b"}},
	}})
	b.Leave(DraftKey{"x", "Ada", "Note"}, map[string]string{"text": "new"})
	b.Load("x")().(Routed).Deliver()
	if u.said != "Typed before, and recorded nowhere: Answer, Call. It is there when you open that again." {
		t.Errorf("it says %q", u.said)
	}
	keys := slices.SortedFunc(maps.Keys(b.left), func(a, c DraftKey) int { return strings.Compare(a.person+a.form, c.person+c.form) })
	want := []DraftKey{{"x", "Ada", "Answer"}, {"x", "Ada", "Call"}, {"x", "Ada", "Note"}, {"x", "Ben", "Call"}}
	if !slices.Equal(keys, want) || b.left[want[2]]["text"] != "new" {
		t.Errorf("there are %v", b.left)
	}
	if got := b.Left(); !slices.Equal(got, []string{"Answer, a: yes", "Call, who: CERT", "Note: new"}) {
		t.Errorf("left is %q", got)
	}
	u.Say("")
	if (draftsLoaded{u, []Draft{{"x", "Ada", "Role", map[string]string{"a": "b"}}}, nil}).Deliver(); !strings.Contains(u.said, "nowhere: Role.") {
		t.Errorf("of one it says %q", u.said)
	}
	u.Say("")
	draftsLoaded{u, nil, nil}.Deliver()
	if u.said != "" {
		t.Errorf("of none it says %q", u.said)
	}
	if (draftsLoaded{u, nil, errors.New("no such folder")}).Deliver(); !strings.Contains(u.said, "no such folder") {
		t.Errorf("of an error it says %q", u.said)
	}
}

// TestRecordedDraftsAreForgotten: once nothing is being saved; not one that was left again
// meanwhile, nor that of a form that came back refused.
func TestRecordedDraftsAreForgotten(t *testing.T) {
	u, d := sit(t)
	b := u.Drafts
	done, again, refused := DraftKey{"x", "", "done"}, DraftKey{"x", "", "again"}, u.Drafts.Of("refused")
	for _, key := range []DraftKey{done, again, refused} {
		b.Note(key, map[string]string{"text": "x"})
		b.Handed(key)
	}
	b.Leave(again, map[string]string{"text": "y"})
	p := NewPrompt(u, "refused", "", "ok", []*Field{{ID: "text", Label: "Text"}}, nil, func(map[string]string) (string, tea.Cmd) { return "", nil })
	p.refused = true
	u.Show(p)
	d.busy = true
	if b.forgetTaken(); len(b.pending[done]) != 1 {
		t.Error("it is forgotten while it is being saved")
	}
	d.busy = false
	b.forgetTaken()
	if len(b.pending[done]) != 0 || len(b.pending[again]) != 1 || len(b.pending[refused]) != 1 || len(b.taken) != 0 {
		t.Errorf("pending is %v, taken %v", b.pending, b.taken)
	}
	b.Note(done, map[string]string{"text": "x"})
	b.Handed(done)
	if b.forgetTaken(); len(b.pending[done]) != 0 {
		t.Error("one alone is not forgotten")
	}
}

// TestTextsOfAForm: what is kept of a form is what was typed, with times that stay what they
// were; a choice alone, and what stood there before, is nothing typed.
func TestTextsOfAForm(t *testing.T) {
	u, _ := sit(t)
	form := func(begun map[string]string) *Form {
		return NewForm(u, []*Field{{ID: "by", Label: "Who"}, {ID: "text", Label: "Text"}, {ID: "when", Label: "When"}, {ID: "how", Label: "How", Kind: ChoiceField, Choices: []Choice{{"a", "a"}, {"b", "b"}}}}, begun)
	}
	begun := form(map[string]string{"text": "as it was"}).Values()
	for name, c := range map[string]struct{ set, want map[string]string }{
		"nothing":        {nil, nil},
		"a choice":       {map[string]string{"how": "b"}, nil},
		"who acts":       {map[string]string{"by": "Ben"}, nil},
		"a text":         {map[string]string{"text": "new", "by": "Ben"}, map[string]string{"text": "new", "how": "a"}},
		"a text gone":    {map[string]string{"text": ""}, map[string]string{"text": "", "how": "a"}},
		"a time":         {map[string]string{"when": "-10m"}, map[string]string{"text": "as it was", "when": "2026-11-28 08:05", "how": "a"}},
		"a plain time":   {map[string]string{"when": "07:30"}, map[string]string{"text": "as it was", "when": "07:30", "how": "a"}},
		"no time at all": {map[string]string{"when": "-x"}, map[string]string{"text": "as it was", "when": "-x", "how": "a"}},
	} {
		f := form(map[string]string{"text": "as it was"})
		f.Fill(c.set)
		if got := f.Texts(begun, morning()); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestWhatIsCopiedIsShown: what the footer has room for is said there; what it has not, or
// what has lines, is shown alone over the whole terminal.
func TestWhatIsCopiedIsShown(t *testing.T) {
	for text, whole := range map[string]bool{
		"ls -l": false, strings.Repeat("x", 40): false, strings.Repeat("x", 41): true, "two\nlines": true,
	} {
		u, _ := sit(t)
		if cmd := u.Copy("The command", text); cmd == nil || u.Covered() != whole || (u.said == "") != whole {
			t.Errorf("%q: covered %v, said %q", text, u.Covered(), u.said)
		}
	}
	u, _ := sit(t)
	u.ByLine = true
	if u.Copy("The command", "ls"); !u.Covered() || u.said != "" {
		t.Error("line by line the text is not said")
	}
}

// TestTextToSelect: it has a line above and below it, and moves from its first line to its
// last, no further.
func TestTextToSelect(t *testing.T) {
	u, _ := sit(t)
	b := &bare{ui: u, what: "The text", text: strings.Join(strings.Split("0123456789", ""), "\n")}
	for _, c := range []struct {
		move  Motion
		first string
		top   int
	}{{Down, "1", 1}, {ToBottom, "6", 6}, {Down, "6", 6}, {Up, "5", 5}, {ToTop, "0", 0}, {Up, "0", 0}} {
		b.View(100, 6)
		b.Move(c.move)
		if b.first != c.top {
			t.Errorf("%v leads to %d", c.move, b.first)
		}
		lines, _, _ := shown(b, 100, 6)
		if len(lines) != 6 || lines[1] != c.first || !strings.Contains(lines[0], "The text, to select") {
			t.Errorf("after %v: %q", c.move, lines)
		}
	}
	b.first = 9
	if lines, _, _ := shown(b, 100, 30); lines[1] != "0" || len(lines) != 30 {
		t.Errorf("with room for all of it: %q", lines)
	}
}
