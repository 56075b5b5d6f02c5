package export_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// TestFormSaysHowItStands: of a form it is said until when it is due, whether it was sent, what it
// lacks and whom to ask, what it says otherwise than before, and what no longer holds.
func TestFormSaysHowItStands(t *testing.T) {
	yes, no, text, other := true, false, "it is so", "it was so"
	sent, due := day, day.Add(time.Hour)
	seq := func(c view.Clock) *view.Clock { return &c }
	gaps := func(g view.Gaps) *view.Gaps { return &g }
	for name, c := range map[string]struct {
		form view.Form
		want []string // what it says
		not  []string
	}{
		"nothing known":                  {view.Form{}, []string{"| To | not known |", "| Last sent | not yet |", "Every field that it requires is filled in.", "not known: the first entry, which says it, is withheld"}, []string{"Deadline", "Since it was last sent", "What it says of services", "NOT COMPLETE", "Not legal advice"}},
		"a law":                          {view.Form{Law: "A law, Art. 1", Checked: "2026-11-01", Audience: "the authority"}, []string{"A law, Art. 1, last looked at 2026-11-01", "| To | the authority |"}, nil},
		"a law that was never looked at": {view.Form{Law: "A law", To: "dpa", Audience: "the authority"}, []string{"| By | A law |", "| To | dpa |"}, []string{"last looked at"}},
		"runs":                           {view.Form{Deadline: &view.Clock{Status: "running", Due: &view.Moment{Time: due}}}, []string{"| Deadline | running, due 2026-11-24 03:00"}, []string{"it ended", "as it stood"}},
		"ended":                          {view.Form{Deadline: seq(view.Clock{Status: "met", Ended: &sent, EndSeq: 7})}, []string{"met; it ended 2026-11-24 02:00", "with entry 7", "| Last sent | not as this form |"}, nil},
		"closed":                         {view.Form{Head: view.Head{Closed: &sent}, Deadline: seq(view.Clock{Status: "overdue", Standing: state.ClockOverdue})}, []string{"| Last sent | never |", "overdue: as it stood when the incident was closed"}, nil},
		"closed, waiting":                {view.Form{Head: view.Head{Closed: &sent}, Deadline: seq(view.Clock{Status: "waiting", Standing: state.ClockWaiting})}, []string{"| Deadline | waiting |"}, nil},
		"closed, withheld":               {view.Form{Head: view.Head{Closed: &sent}, Deadline: seq(view.Clock{Standing: state.ClockRunning, Withheld: true})}, []string{"| Deadline | whether it runs is not known |"}, nil},
		"sent":                           {view.Form{LastSent: &view.Sending{At: sent, Seq: 5}, Changed: []view.FormChange{}}, []string{"2026-11-24 02:00", "entry 5 |", "Since it was last sent", "Nothing has changed."}, []string{"would have been"}},
		"in a drill":                     {view.Form{LastSent: &view.Sending{At: sent, Seq: 5, Simulated: true}}, []string{"would have been sent 2026-11-24 02:00", "What it said then is not known here."}, []string{"Nothing has changed"}},
		"sendings lost":                  {view.Form{Gaps: gaps(view.Gaps{Redacted: state.Redacted{Sent: 1}})}, []string{"| Last sent | not known: what would tell is withheld |"}, nil},
		"runbook lost":                   {view.Form{Gaps: gaps(view.Gaps{Redacted: state.Redacted{Runbook: true}})}, []string{"| Last sent | not known: what would tell is withheld |"}, nil},
		"changed": {view.Form{LastSent: &view.Sending{At: sent}, Changed: []view.FormChange{{ID: "a", Title: "A", Was: &other}, {ID: "b", Title: "B", Now: &text}}},
			[]string{"**A**: was “it was so”, is not known", "**B**: was not known, is “it is so”"}, []string{"Nothing has changed", "not known here"}},
		"services": {view.Form{Claims: []view.Claim{{Title: "One", State: "up", Known: "up", Holds: &yes}, {Title: "Two", State: "up", Known: "down", Holds: &no}, {Title: "Three", State: "up"}}},
			[]string{"What it says of services", "| One | up | up | yes |", "| Two | up | down | **NO** |", "| Three | up |", "| not known: withheld |"}, nil},
		"lacks": {view.Form{Lacks: []string{"a", "b"}, Fields: []view.FormField{
			{ID: "a", Title: "Aa", Required: true, Applies: &yes, Ask: "legal", Command: "muster form answer a"},
			{ID: "b", Title: "Bb", Required: true, Applies: &yes, Help: "In a word.", Unfit: "It is too long.", Withheld: true, Command: "muster form answer b"},
			{ID: "c", Title: "Cc", Required: true, Applies: &no}, {ID: "d", Title: "Dd", Required: true, Section: "More"}, {ID: "e", Title: "Ee", Applies: &yes},
			{ID: "f", Title: "Ff", Required: true, Applies: &yes, Value: &text, Entries: []uint64{3, 4}, By: "Ada", Said: &sent, Otherwise: 9},
			{ID: "g", Title: "Gg", Value: &text, From: "fixed", Type: runbooks.AskText},
		}}, []string{
			"**NOT COMPLETE**: 2 fields that it requires are not known.", "- Aa: ask ", " — muster form answer a", "- Bb: In a word. It is too long. Else what would tell may be withheld from this copy of the log; ask ",
			"Not asked for.", "Not known, nor whether it is asked for: ", "**Not known**: ", "*entries 3, 4; entry 9 says otherwise, said by Ada, 2026-11-24 02:00", "## More",
		}, []string{"- Cc", "- Dd", "- Ee", "- Ff", "Every field", "Gg"}},
	} {
		form := c.form
		if form.Gaps == nil {
			form.Gaps = &view.Gaps{}
		}
		form.Name, form.Zone = "A form", time.UTC
		var out bytes.Buffer
		if err := (export.FilledForm{Form: &form}).Markdown(&out); err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: %q is not said in\n%s", name, want, out.String())
			}
		}
		for _, not := range c.not {
			if strings.Contains(out.String(), not) {
				t.Errorf("%s: %q is said in\n%s", name, not, out.String())
			}
		}
	}
}

// TestWhatAFieldRestsOn: one entry, several, or of very many the first forty and the last; nothing
// of what is fixed.
func TestWhatAFieldRestsOn(t *testing.T) {
	many := func(n int) (seqs []uint64) {
		for i := range n {
			seqs = append(seqs, uint64(i+1))
		}
		return seqs
	}
	for want, field := range map[string]view.FormField{
		"":                                {},
		"entry 7":                         {Entries: []uint64{7}},
		"entries 7, 9":                    {Entries: []uint64{7, 9}},
		"entry 7; entry 9 says otherwise": {Entries: []uint64{7}, Otherwise: 9},
	} {
		if got := export.SayRests(&field); got != want {
			t.Errorf("it rests on %q, not %q", got, want)
		}
	}
	if got := export.SayRests(&view.FormField{From: "fixed", Entries: []uint64{1}}); got != "" {
		t.Errorf("what is fixed rests on %q", got)
	}
	if got := export.SayRests(&view.FormField{Entries: many(40)}); !strings.HasSuffix(got, ", 39, 40") {
		t.Errorf("of forty it says %q", got)
	}
	if got := export.SayRests(&view.FormField{Entries: many(42)}); !strings.HasSuffix(got, ", 39, 40, and 2 more, up to 42") {
		t.Errorf("of very many it says %q", got)
	}
}
