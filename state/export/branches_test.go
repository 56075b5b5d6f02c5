package export

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/view"
)

// TestBranchesInTheHead: how many branches were merged and how many entries they brought, and
// how many things have two answers still; of what there is none, nothing is said.
func TestBranchesInTheHead(t *testing.T) {
	open, settled := view.TwoAnswers{Name: "a"}, view.TwoAnswers{Name: "b", Settled: new(view.Settled)}
	for _, c := range []struct {
		merges   []view.Merge
		two      []view.TwoAnswers
		has, not []string
	}{
		{nil, nil, nil, []string{"Merged", "Two answers", "Branch"}},
		{[]view.Merge{{Taken: 3}}, nil, []string{"1 branch, 3 entries taken over"}, []string{"Two answers"}},
		{[]view.Merge{{Taken: 3}, {Taken: 1}, {Taken: 1}}, []view.TwoAnswers{settled}, []string{"3 branches, 5 entries taken over", "1 thing had two answers, and was settled"}, []string{"nobody"}},
		{nil, []view.TwoAnswers{open, settled, open}, []string{"2 things have two answers that nobody has settled"}, []string{"Merged"}},
		{nil, []view.TwoAnswers{open}, []string{"1 thing has two answers that nobody has settled"}, nil},
		{nil, []view.TwoAnswers{settled, settled}, []string{"2 things had two answers, and each was settled"}, nil},
	} {
		var b bytes.Buffer
		out := bufio.NewWriter(&b)
		r := &report{page: newPage(out, false, time.UTC), Incident: &view.Incident{Merges: c.merges, Two: c.two}, inc: &state.Incident{}, Gaps: &view.Gaps{}}
		r.table("x", "")
		apartPart{r}.rows()
		r.end()
		out.Flush()
		for _, want := range c.has {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%d merges, %d answers: no %q in\n%s", len(c.merges), len(c.two), want, b.String())
			}
		}
		for _, not := range c.not {
			if strings.Contains(b.String(), not) {
				t.Errorf("%d merges, %d answers: %q in\n%s", len(c.merges), len(c.two), not, b.String())
			}
		}
	}
}
