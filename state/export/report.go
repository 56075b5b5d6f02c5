package export

import (
	"time"

	"muster/state"
	"muster/state/view"
)

// A report is the report while it is written.
type report struct {
	linked     bool // what it names leads to where that stands
	alone      bool // it has no annexes
	audience   Audience
	byOccurred bool // the timeline is in the order in which things happened
	page
	*view.Incident
	inc   *state.Incident
	fill  func(*state.Step, string) string // fills in its texts
	Gaps  *view.Gaps
	names map[string]markdown // of the steps, by id
}

// orElse is text, or what stands for a missing one.
func orElse(text, missing markdown) markdown {
	if text == "" || text == "TLP:" {
		return missing
	}
	return text
}

// because is a reason behind a dash, as its person put it; nothing for nothing.
func (r *report) because(why string) markdown {
	if why == "" {
		return ""
	}
	return " — " + escaped(state.Quoted(why))
}

// step names a step.
func (r *report) step(id string) markdown {
	if name, ok := r.names[id]; ok {
		return name
	}
	return escaped(id)
}

// closing is how the incident ended; nil if it is open, or if that is withheld.
func (r *report) closing() *view.Closing {
	if r.Gaps.Closed() {
		return nil
	}
	return r.Closing
}

// banner says that this is a drill, and as of when it is told, if not as it stands.
func (r *report) banner() {
	if r.drill {
		r.quote("**EXERCISE EXERCISE EXERCISE** — this is the log of a drill. Nothing in it is a real event.")
	}
	if r.AsOf != nil {
		r.quote("**", markdown(asOf(r)), "** — ", escaped(r.AsOf.String()))
	}
}

// asOf says as of when the report is; "" for as it stands.
func asOf(r *report) string {
	if r.AsOf == nil {
		return ""
	}
	return r.AsOf.Title(func(t time.Time) string { return string(r.atUTC(t)) })
}

// forWant names the answer that would say from when a clock counts; "" if none is wanting.
func forWant(id string) markdown {
	if id == "" {
		return ""
	}
	return "; " + escaped(id) + " is not answered, and would say from when it counts"
}

// byAnswer names the answer that says from when a clock counts; "" if none does.
func byAnswer(id string) markdown {
	if id == "" {
		return ""
	}
	return ", by the answer " + escaped(id)
}
