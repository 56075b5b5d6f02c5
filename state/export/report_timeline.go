package export

import (
	"bufio"
	"bytes"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

func (r *report) timeline() {
	if r.byOccurred {
		r.para("In the order in which things happened; of one moment, in which they were written.")
	}
	r.table("Entry", r.timed("Occurred"), r.timed("Recorded"), "Person", "What")
	order := state.InOrder(r.inc, r.byOccurred)
	// The writer keeps its first error, as for all the rest of the report.
	_ = writeChunks(r.out, len(r.inc.Log), func(dst []byte, from, to int) ([]byte, error) {
		buf := bytes.NewBuffer(dst)
		part := *r
		part.out = bufio.NewWriter(buf)
		part.pen = r.pen.onto(part.out)
		for _, seq := range order[from:to] {
			e := view.EntryOf(r.inc, r.inc.Log[seq-1])
			part.entry(&e)
		}
		err := part.out.Flush()
		return buf.Bytes(), err
	})
	r.end()
}

// entry writes the row of an entry.
func (r *report) entry(e *view.Entry) {
	recorded := markdown("")
	if apart := e.Recorded.Sub(e.Occurred); apart > time.Minute || apart < -time.Minute {
		recorded = r.at(e.Recorded)
	}
	what := r.what(e)
	if entry, ok := r.inc.Entry(e.Seq); ok {
		for _, mark := range view.Marks(r.inc, &entry) {
			what += " (" + markdown(mark) + ")"
		}
	}
	r.rowOf([]uint64{e.Seq}, number(e.Seq), r.at(e.Occurred), recorded, person(e), what)
}

// person names who made an entry, and as what.
func person(e *view.Entry) markdown {
	switch {
	case e.Whole:
		return "withheld"
	case e.Role != "":
		return escaped(e.By) + " (" + escaped(e.Role) + ")"
	}
	return escaped(e.By)
}

// maxRaw is how many bytes of an entry of unknown kind are shown.
const maxRaw = 400

// what says what an entry records, and what became of that.
func (r *report) what(e *view.Entry) markdown {
	text := e.What
	if e.Unknown {
		text = clean.Bounded(text, maxRaw)
	}
	now := escaped(text)
	if e.Whole {
		now = escaped(string(e.Kind)) + " " + now
	}
	if e.RetractedBy != 0 {
		now = struck(now) + " **retracted** by " + entryRef(e.RetractedBy)
	} else if w := e.Written; w != nil {
		if w.What != e.What {
			now = struck(escaped(w.What)) + " **amended** by " + entryRef(e.AmendedBy) + ": " + now
		}
		if !w.Occurred.Equal(e.Occurred) {
			now += " **time corrected** by " + entryRef(e.AmendedBy) + ", was " + r.at(w.Occurred)
		}
	}
	if by := r.Gaps.Amended[e.Seq]; by != 0 && e.RetractedBy == 0 {
		now += " — whether " + entryRef(by) + " gives it a new text is withheld"
	}
	if e.Override != nil {
		now += " — **OVERRIDE** of " + escaped(view.JoinReasons(e.Override.Of)) + r.because(e.Override.Why)
	}
	if e.Unknown {
		now = "(of a kind this version does not know) " + now
	}
	return now
}
