package export_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
)

// TestEveryClosingIsTold: what closed the incident first does not vanish behind what reopened it
// and closed it again; each stands in its order, as it happened, with how long it took.
func TestEveryClosingIsTold(t *testing.T) {
	s := &scribe{tb: t, now: day}
	at := func(hour int) time.Time { return day.Add(time.Duration(hour) * time.Hour) }
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	rows := func() (list []string) {
		page := written(t, s.incident(), export.Markdown, export.Options{})
		_, page, _ = strings.Cut(page, "### Since when")
		page, _, _ = strings.Cut(page, "### Impact")
		for line := range strings.Lines(page) {
			if strings.HasPrefix(line, "| Closed") || strings.HasPrefix(line, "| Reopened") {
				list = append(list, strings.TrimSpace(line))
			}
		}
		return list
	}
	s.now = at(6)
	s.act("Ada", state.CloseIncident{Summary: "over"}, at(3), "enough")
	s.act("Ada", state.ReopenIncident{Why: "it is back"}, at(4), "")
	first, then := "| Closed | 2026-11-24 05:00 | 2 h 58 min | 2 h 58 min | 2 |", `| Reopened — "it is back" | 2026-11-24 06:00 | 3 h 58 min | 1 h 00 min | 3 |`
	if got, want := rows(), []string{first, then, "| Closed | open again |  |  |  |"}; !slices.Equal(got, want) {
		t.Errorf("open again:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	s.act("Ada", state.CloseIncident{Summary: "now"}, at(5), "enough")
	if got, want := rows(), []string{first, then, "| Closed | 2026-11-24 07:00 | 4 h 58 min | 1 h 00 min | 4 |"}; !slices.Equal(got, want) {
		t.Errorf("closed again:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
