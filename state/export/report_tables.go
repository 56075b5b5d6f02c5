package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/line"
	"muster/state/sorted"
	"muster/state/view"
)

// answers lists what was asked and decided.
func (r *report) answers() {
	if r.Gaps.Runbook {
		r.para("**A runbook's text is withheld**: what it asks is not known here. What was decided on its steps stands under “Steps”.")
	}
	if len(r.Answers) == 0 {
		if !r.Gaps.Runbook {
			r.para("The runbook asks for none.")
		}
		return
	}
	r.table("Kind", "Question", "Answer", "By", r.timed("When"), "Entry")
	for _, a := range r.Answers {
		question := escaped(a.Prompt)
		if a.Kind == "decision" {
			question = r.step(a.Step)
		} else if a.Step != "" {
			question = r.step(a.Step) + " — " + question
		}
		switch {
		case a.At == nil && a.Withheld:
			r.row(escaped(a.Kind), question, "not known: notes are withheld that may answer it", "", "", "")
		case a.At == nil:
			r.row(escaped(a.Kind), question, state.NoEntryAnswers, "", "", "")
		default:
			answer := strong(escaped(a.Title))
			if a.Time != nil {
				answer = strong(r.atUTC(*a.Time))
			}
			if a.Withheld {
				answer += ", unless notes that are withheld answer it anew"
			}
			r.row(escaped(a.Kind), question, answer, escaped(a.By), r.at(*a.At), ref(a.Seq))
		}
	}
	r.end()
	r.unreasoned()
}

// unreasoned lists the decisions whose reason was asked for and not given.
func (r *report) unreasoned() {
	some := false
	for _, a := range r.Answers {
		if !a.Unreasoned {
			continue
		}
		if !some {
			r.para("**Decided without a reason**, though one is asked for:")
			some = true
		}
		r.item(0, r.step(a.Step), ": ", escaped(a.Title), ", by ", escaped(a.By), ", ", entryRef(a.Seq))
	}
	if some {
		r.end()
	}
}

// services lists the services, and what states they went through.
func (r *report) services() {
	if r.Gaps.Runbook {
		r.para("**A runbook's text is withheld**: its services, and which steps move them, are not known here.")
	}
	named := r.unplaced("service")
	if len(r.Services) == 0 {
		if !r.Gaps.Runbook && !named {
			r.para("The runbook names none.")
		}
		return
	}
	r.table("Service", "Tier", "State now", r.timed("Since"), "By")
	for _, s := range r.Services {
		if s.Withheld {
			r.row(escaped(s.Title), number(s.Tier), "not known: what would tell is withheld", "", "")
		} else if n := len(s.History); n > 0 {
			last := s.History[n-1]
			r.row(escaped(s.Title), number(s.Tier), strong(escaped(s.State)), r.at(last.At), escaped(s.ByWhom))
		} else {
			r.row(escaped(s.Title), number(s.Tier), escaped(s.State), "", "")
		}
	}
	r.end()
	any := false
	for _, s := range r.Services {
		all := slices.Concat(s.History, s.Again)
		sorted.Stable(all, func(a, b view.Change) int { return cmp.Compare(a.Seq, b.Seq) })
		for _, change := range all {
			if !any {
				r.table("Service", r.timed("When"), "State", "By", "Why", "Entry")
				any = true
			}
			r.row(escaped(s.Title), r.at(change.At), escaped(change.To), escaped(state.SaidBy(change.By, r.inc.Service(s.ID).OwnBy(r.inc, change.Seq))), whyOf(r, &change), ref(change.Seq))
		}
	}
	if !any {
		r.para("No service's state was ever set.")
		return
	}
	r.end()
	r.para("“Restored” is somebody's word; “verified” is the word of somebody who looked after that. What muster saw from outside is recorded apart from both.")
}

// whyOf says why a service's state changed: by a step that was done, what was said of it too.
func whyOf(r *report, change *view.Change) markdown {
	why := escaped(change.Why)
	e, ok := r.inc.Entry(change.Seq)
	if !ok || e.Data == nil || e.Withheld.Has(state.Notes) {
		return why
	}
	switch e.Data.(type) {
	case *state.ServiceSet, *state.ServiceChecked: // whose own words it is
		return why
	}
	return why + r.because(state.TextOf(e.Data))
}

// evidence lists the files kept beside the log.
func (r *report) evidence() {
	if len(r.Evidence) == 0 {
		r.para("No file was attached.")
		return
	}
	r.table("Entry", "File", "Bytes", "SHA-256", "Step", "By", r.timed("When"), "Note")
	for _, file := range r.Evidence {
		note := escaped(file.Note)
		if file.RetractedBy != 0 {
			note += " **retracted** by " + entryRef(file.RetractedBy)
		}
		size := markdown("withheld")
		if file.Size != nil {
			size = number(*file.Size)
		}
		r.row(ref(file.Seq), escaped(file.Name), size, hashOr(file.SHA256), r.step(file.Step), escaped(file.By), r.at(file.At), note)
	}
	r.end()
	r.para("Each file lies in the incident's folder as evidence/SHA-256, and sha256sum gives its name.")
}

// overrides lists what muster warned against and was done all the same.
func (r *report) overrides() {
	if len(r.Over) == 0 {
		r.para(none(r.Gaps, "None."))
		return
	}
	r.table("Entry", r.timed("When"), "By", "What", "Against", "Reason given")
	for _, over := range r.Over {
		what := escaped(over.What)
		if over.RetractedBy != 0 {
			what = struck(what) + " **retracted** by " + entryRef(over.RetractedBy)
		}
		r.row(ref(over.Seq), r.at(over.At), escaped(over.By), what, against(&over), escaped(over.Why))
	}
	r.end()
}

// against is what an entry was made against.
func against(over *view.Override) markdown {
	text := escaped(view.JoinReasons(over.Of))
	if len(over.Stood) > 0 {
		text += ": " + escaped(strings.Join(over.Stood, "; "))
	}
	return text
}

// corrections lists amendments and retractions.
func (r *report) corrections() {
	moved := view.AnsweredAnew(r.inc)
	defer movedTable(r, moved)
	if len(r.Fixes) == 0 {
		text := markdown("None: every entry stands as it was written.")
		if n := len(moved); n > 0 {
			text = "No entry was amended or retracted; " + counted(n, "answer was", "answers were") + " given anew, and as it was given last it counts."
		}
		r.para(none(r.Gaps, text))
		return
	}
	r.table("Entry", r.timed("When"), "By", "Corrects", "What it said", "Correction", "Reason given")
	for _, fix := range r.Fixes {
		correction := markdown("retracted")
		if fix.Kind == "amended" {
			correction = r.amendment(&fix)
		}
		if fix.RetractedBy != 0 {
			correction = struck(correction) + " **retracted** by " + entryRef(fix.RetractedBy)
		}
		r.row(ref(fix.Seq), r.at(fix.At), escaped(fix.By), ref(fix.Of), escaped(fix.Was), correction, escaped(fix.Why))
	}
	r.end()
}

// movedTable lists the answers that were given otherwise before, as they were given.
func movedTable(r *report, moved []*view.MovedAnswer) {
	if len(moved) == 0 {
		return
	}
	r.para("Answers that were given anew, without an amendment; the last of each counts:")
	r.table("Question", "Answer", "By", r.timed("When"), "Entry", "Reason given")
	for _, m := range moved {
		for _, given := range m.Given {
			r.row(escaped(m.Question), orElse(answerTime(r, m.ID, given.Value.Text), state.NoEntryAnswers), escaped(given.By), r.at(given.At), ref(given.Seq), escaped(given.Why))
		}
	}
	r.end()
}

// answerTime is an answer in words; one that tells a time, as the report tells times.
func answerTime(r *report, id, value string) markdown {
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return r.atUTC(at)
	}
	return escaped(state.AnswerWords(r.inc, id, value))
}

// amendment says what an amendment changes.
func (r *report) amendment(fix *view.Correction) markdown {
	var text markdown
	if fix.Text != nil && fix.Text.Known {
		text = "text: " + escaped(fix.Text.Text)
	}
	if fix.Occurred != nil {
		if text != "" {
			text += "; "
		}
		text += "time: " + r.at(fix.Occurred.From) + " → " + r.at(fix.Occurred.To)
	}
	if fix.Withheld && text != "" {
		text += "; "
	}
	if fix.Withheld {
		text += "whether it has a new text is withheld"
	}
	return text
}

// runbooks names the runbooks, whose texts are in the log.
func (r *report) runbooks() {
	r.table("Runbook", "Title", "Version", "TLP", "From", "SHA-256 of its text", "Entry")
	for _, book := range r.Runbooks {
		if book.Withheld {
			r.row(escaped(book.ID), "withheld", "withheld", "withheld", "withheld", "withheld", ref(book.Attached))
			continue
		}
		r.row(escaped(book.ID), escaped(book.Title), escaped(book.Version), escaped(book.TLP), escaped(book.Source), hashOr(book.SHA256), ref(book.Attached))
	}
	r.end()
}

// howToVerify says how a reviewer checks the log behind the report.
func (r *report) howToVerify() {
	r.para("This report is a rendering; the evidence is the log, `log.jsonl`. Each of its lines names the SHA-256 of the line before, so that the head below vouches for every entry. With muster:")
	r.code("sh", "muster verify log.jsonl --head "+r.Log.Code+"\n")
	r.para("Without it, with verify.py, which needs only Python 3 and which muster verify --script writes:")
	r.code("sh", "python3 verify.py log.jsonl "+r.Log.Code+"\n")
	r.para("With neither, but with sh, jq and sha256sum, in the folder of the log:")
	r.code("sh", line.VerifySh())
	r.para("It must complain of no line, and print the number of entries and the head of this report:")
	r.code("text", fmt.Sprintf("%d entries, head %s\n", r.Entries, r.Log.Hash))
	r.para("This shows that every line follows from the one before. That no entry is missing at the end can only be shown by a head that a person outside wrote down at a known time: ask for it, and compare.")
	r.vouchers()
}

// servicesAnnex is what services went through.
func servicesAnnex(r *report) {
	r.picture()
	r.services()
	r.checks()
}
