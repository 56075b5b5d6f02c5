package export

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// A FilledForm is a form that can be written for people.
type FilledForm struct{ *view.Form }

// NewForm fills a form in from the log. It only reads inc, which must hold at least one
// entry.
func NewForm(inc *state.Incident, source *runbooks.FormSource, opts view.FormOptions) FilledForm {
	return FilledForm{view.NewForm(inc, source, opts)}
}

// A formWriter writes a form with what it rests on and what it lacks.
type formWriter struct {
	page
	*view.Form
}

// Markdown writes the form with what it rests on.
func (f FilledForm) Markdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	page := newPage(out, f.Exercise, f.Zone)
	(&formWriter{page, f.Form}).all()
	return out.Flush()
}

// HTML is Markdown as a page, to read and to print.
func (f FilledForm) HTML(w io.Writer) error {
	out := bufio.NewWriter(w)
	page := newPage(out, f.Exercise, f.Zone)
	p := &htmlPen{out: out}
	page.pen, page.plain = p, true
	title := f.Name
	if f.Exercise {
		title = exercise + " — " + title
	}
	p.begin(title, footOf(string(f.ID), string(f.TLP)), f.Exercise, "")
	(&formWriter{page, f.Form}).all()
	p.finish()
	return out.Flush()
}

func (w *formWriter) all() {
	w.heading(1, escaped(w.Name))
	w.banner()
	w.warn(w.Gaps)
	w.top()
	w.missing()
	for i := range w.Fields {
		if f := &w.Fields[i]; !f.OfDocument() {
			w.field(f)
		}
	}
	w.changed()
	w.claims()
	if w.Law != "" {
		w.para(escaped(runbooks.NotLegalAdvice))
	}
	w.banner()
	w.para("End of the form — ", counted(w.Entries, "entry", "entries"), ", head ", markdown(w.Log.Code), ".")
}

func (w *formWriter) banner() {
	if w.drill {
		w.quote("**EXERCISE EXERCISE EXERCISE** — this is a form of a drill. Nothing in it is a real event.")
	}
}

func (w *formWriter) top() {
	w.table("This form", "")
	w.row("Incident", strong(orElse(escaped(w.ID), "not known: the first entry, which says it, is withheld")))
	mode := markdown("LIVE — a real incident")
	if w.drill {
		mode = "EXERCISE — a drill"
	}
	w.row("Mode", strong(mode))
	w.row("Sharing", strong(escaped(w.Sharing())))
	if w.Law != "" {
		law := escaped(w.Law)
		if w.Checked != "" {
			law += ", last looked at " + escaped(w.Checked)
		}
		w.row("By", law)
	}
	w.row("To", escaped(cmp.Or(w.To, w.Audience, "not known")))
	w.deadline()
	if of := w.AsOf; of != nil {
		w.row("As of", strong(markdown(of.Title(func(t time.Time) string { return string(w.atUTC(t)) })))+" — "+escaped(of.String()))
	} else {
		w.row("As of", w.minuteUTC(w.At))
	}
	w.row("Last sent", w.lastSent())
	w.row("Log", counted(w.Entries, "entry", "entries")+", head "+strong(markdown(w.Log.Code))+", written by "+escaped(w.Program))
	w.row("Times", w.zoneName())
	w.end()
}

// deadline is the clock that the form keeps.
func (w *formWriter) deadline() {
	c := w.Deadline
	if c == nil {
		return
	}
	text := orElse(escaped(c.Status), "whether it runs is not known")
	if due := c.Due.Known(); due != nil {
		text += ", due " + w.minuteUTC(*due)
	}
	switch {
	case c.Ended != nil && c.EndSeq > 0:
		text += "; it ended " + w.minuteUTC(*c.Ended) + " with " + "entry " + number(int(c.EndSeq))
	case w.Closed != nil && c.Standing != state.ClockWaiting && !c.Withheld:
		text += ": as it stood when the incident was closed"
	}
	w.row("Deadline", text)
}

func (w *formWriter) lastSent() markdown {
	switch s := w.LastSent; {
	case s == nil:
		return markdown(w.NotSent())
	case s.Simulated:
		return "would have been sent " + w.minuteUTC(s.At) + ", entry " + number(int(s.Seq))
	default:
		return w.minuteUTC(s.At) + ", entry " + number(int(s.Seq))
	}
}

// missing is what is required and not known.
func (w *formWriter) missing() {
	if len(w.Lacks) == 0 {
		w.para("Every field that it requires is filled in.")
		return
	}
	w.quote("**NOT COMPLETE**: ", counted(len(w.Lacks), "field that it requires is", "fields that it requires are"), " not known.")
	for i := range w.Fields {
		if f := &w.Fields[i]; f.Value == nil && f.Required && f.Applies != nil && *f.Applies {
			w.item(0, escaped(f.Title), ": ", w.ask(f))
		}
	}
	w.end()
}

// ask says of what is not known whom to ask, and what says it.
func (w *formWriter) ask(f *view.FormField) markdown {
	text := "ask " + escaped(f.WhoCanSay())
	if f.Withheld {
		text = "what would tell may be withheld from this copy of the log; " + text
	}
	if f.Unfit != "" {
		text = escaped(f.Unfit) + " Else " + text
	}
	if f.Help != "" {
		text = escaped(f.Help) + " " + text
	}
	return text + " — " + escaped(f.Command)
}

func (w *formWriter) field(f *view.FormField) {
	if f.Section != "" {
		w.heading(2, escaped(f.Section))
	}
	w.heading(3, escaped(f.Heading()))
	switch {
	case f.Value != nil:
		w.para(inLines(f.Says(w.Zone)))
		if rests := w.rests(f); rests != "" {
			w.para("*", rests, "*")
		}
	case f.Applies == nil:
		w.para("Not known, nor whether it is asked for: ", w.ask(f))
	case !*f.Applies:
		w.para("Not asked for.")
	default:
		w.para("**Not known**: ", w.ask(f))
	}
}

// SayRests says in plain text on what a field's value rests; "" if on nothing that the log
// has.
func SayRests(f *view.FormField) string {
	text := ""
	switch {
	case f.From == "fixed":
		return ""
	case len(f.Entries) > 0:
		text = sayEntries(f.Entries)
	}
	if f.Otherwise > 0 {
		text += fmt.Sprintf("; entry %d says otherwise", f.Otherwise)
	}
	return text
}

// JSON writes the form as muster has it, with nothing in it that a terminal would obey.
func (f FilledForm) JSON(w io.Writer) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(f.Form); err != nil {
		return err
	}
	_, err := w.Write(clean.JSON(out.Bytes()))
	return err
}

// rests says on what a value rests.
func (w *formWriter) rests(f *view.FormField) markdown {
	text := escaped(SayRests(f))
	if f.By != "" && f.Said != nil {
		text += ", said by " + escaped(f.By) + ", " + w.minuteUTC(*f.Said)
	}
	return text
}

// sayEntries names entries; of very many, the first and the last.
func sayEntries(seqs []uint64) string {
	const most = 40
	if len(seqs) == 1 {
		return fmt.Sprintf("entry %d", seqs[0])
	}
	var text []string
	for _, seq := range seqs[:min(len(seqs), most)] {
		text = append(text, fmt.Sprint(seq))
	}
	if more := len(seqs) - most; more > 0 {
		text = append(text, fmt.Sprintf("and %d more, up to %d", more, seqs[len(seqs)-1]))
	}
	return "entries " + strings.Join(text, ", ")
}

// changed is what it says otherwise than when it was last sent.
func (w *formWriter) changed() {
	if w.LastSent == nil {
		return
	}
	w.heading(2, "Since it was last sent")
	switch {
	case w.Changed == nil:
		w.para("What it said then is not known here.")
	case len(w.Changed) == 0:
		w.para("Nothing has changed.")
	}
	for _, c := range w.Changed {
		w.item(0, strong(escaped(c.Title)), ": was ", w.quoted(c, c.Was), ", is ", w.quoted(c, c.Now))
	}
	w.end()
}

func (w *formWriter) quoted(c view.FormChange, value *string) markdown {
	if value == nil {
		return "not known"
	}
	return "“" + inLines(w.SaysOf(c.ID, *value)) + "”"
}

// claims is what the form says of services.
func (w *formWriter) claims() {
	if len(w.Claims) == 0 {
		return
	}
	w.heading(2, "What it says of services")
	w.table("Service", "Says", "Known", "Holds")
	for _, c := range w.Claims {
		holds := markdown("yes")
		if c.Unsure {
			holds = "**NOT KNOWN**"
		} else if c.Holds == nil {
			holds = "not known: withheld"
		} else if !*c.Holds {
			holds = "**NO**"
		}
		w.row(escaped(c.Title), escaped(c.State), escaped(c.Known), holds)
	}
	w.end()
}
