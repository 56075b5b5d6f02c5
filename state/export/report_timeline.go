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
	r.table("Entry", r.timed("Occurred"), "Person", "What")
	order := state.InOrder(r.inc, r.byOccurred)
	// The writer keeps its first error, as for all the rest of the report.
	_ = writeChunks(r.out, len(order), func(dst []byte, from, to int) ([]byte, error) {
		buf := bytes.NewBuffer(dst)
		part := *r
		part.out = bufio.NewWriter(buf)
		part.pen = r.pen.onto(part.out)
		for list := order[from:to]; len(list) > 0; {
			n := part.ticks(list)
			if n == 0 {
				e := view.EntryOf(r.inc, r.inc.Log[list[0]-1])
				part.entry(&e)
				n = 1
			}
			list = list[n:]
		}
		err := part.out.Flush()
		return buf.Bytes(), err
	})
	r.end()
}

// apart reports whether an entry was written long enough after what it tells of to be said.
func apart(occurred, recorded time.Time) bool { return recorded.Sub(occurred).Abs() > time.Minute }

// entry writes the row of an entry.
func (r *report) entry(e *view.Entry) {
	when := r.at(e.Occurred)
	if apart(e.Occurred, e.Recorded) {
		when += "," + lineBreak + "recorded " + r.atAfter(e.Occurred, e.Recorded)
	}
	what := r.what(e)
	if entry, ok := r.inc.Entry(e.Seq); ok {
		what += marked(r.inc, &entry)
	}
	r.rowOf([]uint64{e.Seq}, number(e.Seq), when, person(e), what)
}

// marked says of an entry what its place in the log does not.
func marked(inc *state.Incident, e *state.Entry) markdown {
	text := markdown("")
	for _, mark := range state.Marks(inc, e) {
		text += " (" + markdown(mark) + ")"
	}
	return text
}

// person names who made an entry, and as what.
func person(e *view.Entry) markdown {
	switch {
	case e.Whole:
		return "withheld"
	case e.Role != "" && apart(e.Occurred, e.Recorded):
		return escaped(e.By) + " (" + escaped(e.Role) + " when written)"
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
	now := escaped(r.zoned(text))
	if e.Whole {
		now = escaped(string(e.Kind)) + " " + now
	}
	if e.RetractedBy != 0 {
		now = struck(now) + " **retracted** by " + entryRef(e.RetractedBy)
	} else if w := e.Written; w != nil {
		if w.What != e.What {
			now = struck(escaped(r.zoned(w.What))) + " **amended** by " + entryRef(e.AmendedBy) + ": " + now
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

// ticks writes one row for the lines of a checklist that one person ticked one after
// another, and returns how many entries that were; 0 if there are not two of them. What was
// corrected, or is withheld in part, has its own row.
func (r *report) ticks(list []uint64) int {
	n := 0
	var what markdown
	var seqs []uint64
	for _, seq := range list {
		data, ok := r.plainTick(list[0], seq)
		if !ok || seq != list[0]+uint64(n) {
			break
		}
		n++
		seqs = append(seqs, seq)
		line := escaped(r.ticked(data))
		if what != "" {
			what += "; "
		}
		what += line
	}
	if n < 2 {
		return 0
	}
	e := view.EntryOf(r.inc, r.inc.Log[list[0]-1])
	last := r.inc.Log[seqs[n-1]-1].When().UTC()
	at := r.at(e.Occurred)
	if !last.Equal(e.Occurred) {
		at += " – " + r.atAfter(e.Occurred, last)
	}
	r.rowOf(seqs, number(seqs[0])+"–"+number(seqs[n-1]), at, person(&e), "ticked "+number(n)+" lines of "+r.step(e.Step)+": "+what)
	return n
}

// plainTick is the tick of entry seq, if nothing is to be said of it but that, and it is of
// the step and person of entry first.
func (r *report) plainTick(first, seq uint64) (*state.StepTicked, bool) {
	e, begin := &r.inc.Log[seq-1], &r.inc.Log[first-1]
	data, ok := e.Data.(*state.StepTicked)
	if !ok || !data.On || e.Override != nil || e.Withheld != 0 || r.inc.RetractedBy(seq) != 0 || r.inc.AmendedBy(seq) != 0 || e.By != begin.By ||
		apart(e.When(), e.Recorded) || state.AfterClosing(r.inc, seq) {
		return nil, false
	}
	opener, ok := begin.Data.(*state.StepTicked)
	return data, ok && opener.Step == data.Step && r.ticked(data) != ""
}

// ticked is the line of a checklist that was ticked; "" if it is not known.
func (r *report) ticked(data *state.StepTicked) string {
	s := r.inc.Step(data.Step)
	if s == nil || data.Item < 1 || data.Item > len(s.Def.Checklist) {
		return ""
	}
	return r.fill(s, s.Def.Checklist[data.Item-1])
}
