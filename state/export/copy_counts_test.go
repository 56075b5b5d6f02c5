package export_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
)

// TestACopyCountsNoMore: whatever parts are withheld, each and by two, of all lines, the report's
// counts of steps are those of the whole log, or the least that they can be, or not known; that
// there is none of some outcome is said only if the whole log says so.
func TestACopyCountsNoMore(t *testing.T) {
	parts := []state.Part{state.Names, state.Notes, state.Evidence, state.Procedure}
	for name, s := range map[string]*scribe{"live": story(t, state.Live, ""), "answers": unanswered(t)} {
		whole := countsOf(written(t, s.incident(), export.Markdown, export.Options{}))
		if len(whole) < 20 {
			t.Fatalf("%s: only %d counts: %v", name, len(whole), whole)
		}
		for i, one := range parts {
			for _, two := range parts[i:] {
				page := written(t, s.without(one, two), export.Markdown, export.Options{})
				for what, says := range countsOf(page) {
					if !noMore(says, whole[what]) {
						t.Errorf("%s, without %v and %v: %s: %q, and the whole log says %q", name, one, two, what, says, whole[what])
					}
				}
				if strings.Contains(page, "its turn had come") && name == "answers" && state.PartsOf(one, two).Has(state.Notes) {
					t.Errorf("without %v and %v a step that may have been answered has no entry though its turn had come", one, two)
				}
			}
		}
	}
}

// unanswered is a log in which a step's applying, and what is asked, rests on notes.
func unanswered(t *testing.T) *scribe {
	s := &scribe{tb: t, now: day}
	text := `title = "Small"
[[phase]]
title = "One"
[[phase.step]]
id = "law"
title = "Which law"
ask = [{ id = "nis2", prompt = "NIS2?", type = "choice", choices = ["yes", "no"] }]
[[phase.step]]
id = "warn"
title = "Warn"
when = "nis2=yes"
[[phase.step]]
id = "other"
title = "Other"
when = "nis2=no"
`
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", text)})
	s.do("Ada", state.AnswerStep{Step: "law", Values: map[string]string{"nis2": "no"}})
	for n := range 8 { // so many open things that the first page counts the steps
		s.act("Ada", state.AddStep{Phase: "one", Title: fmt.Sprint("More ", n), Required: true}, s.now, "")
		s.do("Ada", state.BlockStep{Step: s.inc.Steps[len(s.inc.Steps)-1].ID, On: "people"})
	}
	return s
}

// noMore reports whether a count of a copy says no more than that of the whole log.
func noMore(says, whole string) bool {
	least, is := strings.CutPrefix(says, "at least ")
	if says == whole || strings.HasPrefix(says, "not known") || strings.HasPrefix(says, "None is seen") {
		return true
	}
	n, bad := strconv.Atoi(least)
	of, bad2 := strconv.Atoi(whole)
	return is && bad == nil && bad2 == nil && n <= of
}

var notSettled = regexp.MustCompile(`\| steps \| ([^,|]*), see `)

// countsOf are the counts of steps in a report, by what they count.
func countsOf(page string) map[string]string {
	all := map[string]string{}
	if m := notSettled.FindStringSubmatch(page); m != nil {
		all["not settled"] = m[1]
	}
	var head []string
	section := ""
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		switch {
		case strings.HasPrefix(line, "| Phase | Steps | Done"):
			head = cells
		case !strings.HasPrefix(line, "|"):
			head = nil
		case len(head) == len(cells) && head[0] == "Phase" && !strings.HasPrefix(line, "|---") && !strings.HasPrefix(line, "| ---"):
			for i := 1; i < len(cells); i++ {
				all[cells[0]+", "+head[i]] = cells[i]
			}
		}
		if title, is := strings.CutPrefix(line, "#### "); is {
			section = title
		} else if strings.HasPrefix(line, "None") && section != "" {
			all["section "+section] = line
			section = ""
		}
	}
	return all
}
