package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// A Form is a form that is filled in from the log.
type Form struct {
	Format        string `json:"format" doc:"muster-form"`
	FormatVersion int    `json:"format_version"`
	Program       string `json:"program"`
	Head
	At       time.Time    `json:"at" doc:"the moment that it is filled in for"`
	Form     string       `json:"form" doc:"its id"`
	Name     string       `json:"form_title"`
	Law      string       `json:"form_source,omitempty" doc:"the law, and where in it"`
	Checked  string       `json:"form_checked,omitempty" doc:"the day on which the law was last looked at"`
	SHA256   state.Hash   `json:"form_sha256" doc:"of the form's file; of one that extends others, over theirs too"`
	To       string       `json:"to,omitempty" doc:"to whom it goes; left out if that is not known"`
	Audience string       `json:"audience,omitempty" doc:"the same in the form's words"`
	Aloud    bool         `json:"aloud,omitempty" doc:"it is read aloud"`
	Document string       `json:"document,omitempty" doc:"the published form of JSON that it can be written in"`
	Notice   string       `json:"notice" doc:"the id of the notice that it is sent as"`
	Deadline *Clock       `json:"clock,omitempty" doc:"that it keeps; left out if the incident has none"`
	Fields   []FormField  `json:"fields"`
	Lacks    []string     `json:"lacks" doc:"the fields that it requires, and that are not known"`
	Claims   []Claim      `json:"claims" doc:"what it says of services, beside what is known"`
	LastSent *Sending     `json:"last_sent,omitempty" doc:"left out if it was not, or if that may be withheld"`
	Changed  []FormChange `json:"changed" null:"it was not sent, or what it said is withheld" doc:"what it says otherwise than when it was last sent"`

	Zone *time.Location `json:"-"` // of the times in text
	Gaps *Gaps          `json:"-"`
	Def  *runbooks.Form `json:"-"`
}

// A FormField is a field of a form.
type FormField struct {
	ID        string           `json:"id"`
	Title     string           `json:"title" doc:"in the form's words"`
	Section   string           `json:"section,omitempty"`
	Help      string           `json:"help,omitempty" doc:"what is meant"`
	Source    string           `json:"source,omitempty" doc:"the article that asks for it"`
	Type      runbooks.AskType `json:"type" doc:"text, number, time, bool, choice"`
	Required  bool             `json:"required"`
	Applies   *bool            `json:"applies" null:"whether it is asked for is not known" doc:"false: it need not be said"`
	Value     *string          `json:"value" null:"it is not known" doc:"times in RFC 3339; several choices, and the lines of a list, one after another"`
	Entries   []uint64         `json:"entries" doc:"those that it rests on"`
	From      string           `json:"from,omitempty" doc:"what it is drawn from: fact:lei, answer:aware …; form: somebody answered it; fixed; left out if it is not known"`
	By        string           `json:"by,omitempty" doc:"who answered it, for the form"`
	Said      *time.Time       `json:"said,omitempty" doc:"when"`
	Ask       string           `json:"ask,omitempty" doc:"the role that can say it"`
	AskTitle  string           `json:"ask_title,omitempty"`
	AskPerson string           `json:"ask_person,omitempty" doc:"who holds it; left out for nobody"`
	Command   string           `json:"command,omitempty" doc:"of what is not known: what says it"`
	Unfit     string           `json:"unfit,omitempty" doc:"why what is known cannot stand there"`
	Otherwise uint64           `json:"otherwise,omitempty" doc:"an entry that answers it otherwise"`
	Withheld  bool             `json:"withheld,omitempty" doc:"what would tell may be withheld"`

	Def *runbooks.FormField `json:"-"`
}

// A FormChange is a field that says something else than when the form was last sent.
type FormChange struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Was   *string `json:"was" null:"it was not known"`
	Now   *string `json:"now" null:"it is not known"`
}

// A FormHead is a form in the list of all.
type FormHead struct {
	ID      string   `json:"id"`
	Title   string   `json:"title,omitempty"`
	Law     string   `json:"source,omitempty"`
	Checked string   `json:"checked,omitempty" doc:"the day on which the law was last looked at"`
	Clock   string   `json:"clock,omitempty" doc:"the ready-made deadline that it keeps"`
	Fields  int      `json:"fields"`
	From    string   `json:"from" doc:"built in, or the layer it is from"`
	Shadows []string `json:"shadows" doc:"the layers whose form of this id it hides"`
	Problem string   `json:"problem,omitempty" doc:"why it cannot be used; left out if it can"`
}

// FormHeadOf is a form of the library.
func FormHeadOf(source *runbooks.FormSource) FormHead {
	head := FormHead{ID: source.ID, From: source.Layer, Shadows: list(source.Shadows)}
	if source.Err != nil {
		head.Problem = source.Err.Error()
		return head
	}
	form := source.Form
	head.Title, head.Law, head.Clock, head.Fields = form.Title, form.Source, form.Clock, len(form.Fields)
	if !form.Checked.IsZero() {
		head.Checked = form.Checked.Format(time.DateOnly)
	}
	return head
}

// FormOptions are what a form rests on besides the log.
type FormOptions struct {
	Program string
	At      time.Time      // the moment it is filled in for; zero: that of the last entry
	Zone    *time.Location // of the times within texts; nil: UTC
}

// NewForm fills a form in. It only reads inc, which must hold at least one entry.
func NewForm(inc *state.Incident, source *runbooks.FormSource, opts FormOptions) *Form {
	f := fill(inc, source, opts)
	f.sent(inc, source, opts)
	return f
}

// fill is NewForm without what was sent.
func fill(inc *state.Incident, source *runbooks.FormSource, opts FormOptions) *Form {
	def := source.Form
	if opts.Zone == nil {
		opts.Zone = time.UTC
	}
	if opts.At.IsZero() {
		opts.At = inc.Log[len(inc.Log)-1].Recorded
	}
	d := &drawer{inc: inc, at: opts.At.UTC(), zone: opts.Zone, gaps: GapsOf(inc), all: New(inc, Options{Program: opts.Program, Zone: opts.Zone})}
	f := &Form{
		Format: "muster-form", FormatVersion: FormatVersion, Program: opts.Program, Head: headOf(inc, d.gaps), At: d.at,
		Form: def.ID, Name: def.Title, Law: def.Source, Audience: def.Audience, Aloud: def.Aloud, Document: def.Document,
		Fields: make([]FormField, 0, len(def.Fields)), Lacks: []string{}, Notice: noticeOfForm(inc, def), Zone: opts.Zone, Gaps: d.gaps, Def: def,
	}
	if !def.Checked.IsZero() {
		f.Checked = def.Checked.Format(time.DateOnly)
	}
	_ = f.SHA256.UnmarshalText([]byte(source.SHA256)) // it is a hash, or the zero one
	f.To = d.first(def.To).value
	f.Deadline = d.deadline(def.Clock)
	for i := range def.Fields {
		f.Fields = append(f.Fields, d.field(def, &def.Fields[i]))
	}
	for i := range f.Fields {
		one := &f.Fields[i]
		one.Applies = f.applies(one)
		one.ruledOut()
		if one.Required && one.Value == nil && one.Applies != nil && *one.Applies {
			f.Lacks = append(f.Lacks, one.ID)
		}
	}
	f.Claims = claimsOf(inc, inc.Known(d.claims))
	for i := range f.Claims {
		if !inc.Knows(f.Claims[i].Service) {
			f.Claims[i].Holds, f.Claims[i].Unsure = nil, false
		}
	}
	return f
}

// ruledOut takes what was drawn from the log out of a field that need not be said: it would speak
// against the answer that says so.
func (f *FormField) ruledOut() {
	if f.Applies != nil && !*f.Applies && f.From != "form" && f.From != "fixed" {
		f.Value, f.From, f.Entries = nil, "", []uint64{}
	}
}

// noticeOfForm is the notice that a form is sent as: a runbook's, or one of its own.
func noticeOfForm(inc *state.Incident, def *runbooks.Form) string {
	if def.Notice == "" {
		return def.ID
	}
	if inc.Notice(def.Notice) != nil {
		return def.Notice
	}
	for i := range inc.Notices {
		if baseName(inc.Notices[i].ID) == def.Notice {
			return inc.Notices[i].ID
		}
	}
	return def.ID
}

// field fills in one field.
func (d *drawer) field(def *runbooks.Form, field *runbooks.FormField) FormField {
	out := FormField{
		ID: field.ID, Title: field.Title, Section: field.Section, Source: field.Source, Type: field.Type, Required: field.Required,
		Help: field.Help, Entries: []uint64{}, Ask: field.Ask, Def: field,
	}
	if role := d.inc.Role(field.Ask); role != nil && field.Ask != "" {
		out.AskTitle, out.AskPerson = role.Def.Title, role.Person
	}
	d.value(&out, def.Root, field)
	if out.Value == nil && field.Fixed == "" {
		out.Command = cmp.Or(d.question(field), "muster form answer "+def.ID+" "+field.ID+" "+example(field))
	}
	return out
}

// applies reports whether a field is asked for; nil if that is not known.
func (f *Form) applies(field *FormField) *bool {
	is := field.Def.When == ""
	if is || field.Def.When == runbooks.WhenLate {
		if is {
			return &is
		}
		return late(f.Deadline)
	}
	id, choice, _ := strings.Cut(field.Def.When, "=")
	for i := range f.Fields {
		other := &f.Fields[i]
		if other.ID != id {
			continue
		}
		if other.Value == nil {
			return nil
		}
		is = *other.Value == choice || slices.Contains(state.Titles(*other.Value), choice)
	}
	return &is
}

// value finds what stands in a field: what somebody answered for the form, or else what
// it is drawn from.
func (d *drawer) value(out *FormField, root string, field *runbooks.FormField) {
	if field.Fixed != "" {
		out.Value, out.From = &field.Fixed, "fixed"
		return
	}
	drawn := d.drawnFor(out, field)
	answer, answered := state.FormAnswerOf(d.inc, root, field.ID)
	switch {
	case answered && (answer.Withheld || d.corrected([]uint64{answer.Seq})), d.answersLost(answer.Seq):
		out.Withheld = true
		return
	case answered && drawn.from == "answer:"+askAware: // clocks count from that, and the form says no other time
		out.Otherwise = answer.Seq
	case answered:
		if d.stands(out, field, found{value: answer.Value, entries: []uint64{answer.Seq}}, "form") {
			out.By, out.Said = answer.By, moment(answer.When)
			if strings.HasPrefix(drawn.from, "answer:") && drawn.value != answer.Value {
				out.Otherwise = drawn.entries[0]
			}
			return
		}
	}
	if drawn.value != "" && d.stands(out, field, drawn, drawn.from) {
		d.claim(drawn.claims)
	}
}

// drawnFor is the first of a field's sources that can stand there; none if what one before it
// says is withheld, for then the whole log may say that.
func (d *drawer) drawnFor(out *FormField, field *runbooks.FormField) found {
	for _, source := range field.From {
		one := d.draw(source, field.Type)
		if one.withheld {
			out.Withheld = true
			return found{}
		}
		if one.value == "" {
			continue
		}
		one.from = source
		trial := FormField{}
		if d.stands(&trial, field, one, source) {
			return one
		}
		out.Unfit = trial.Unfit
	}
	return found{}
}

// stands puts a value into a field, if it can stand there, and says why if it cannot.
func (d *drawer) stands(out *FormField, field *runbooks.FormField, one found, from string) bool {
	value, wrong := state.FieldValue(field, strings.TrimSpace(one.value), d.at)
	switch blanks := state.Blanks(one.value); {
	case wrong != "":
		out.Unfit = wrong
		return false
	case len(blanks) > 0:
		out.Unfit = "It has blanks: " + strings.Join(blanks, ", ") + "."
		return false
	}
	if field.Type == runbooks.AskTime {
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			value = at.UTC().Format(time.RFC3339)
		}
	}
	entries := slices.Sorted(slices.Values(one.entries)) // a copy: what it was drawn from is tried more than once
	out.Value, out.From, out.Entries, out.Unfit = &value, from, list(slices.Compact(entries)), ""
	return true
}

// answersLost reports whether an answer for a form may be in an entry that is withheld whole,
// that is newer than the one that is known.
func (d *drawer) answersLost(known uint64) bool {
	return slices.ContainsFunc(d.inc.Log, func(e state.Entry) bool { return e.Data == nil && e.Kind == state.KindFormAnswered && e.Seq > known })
}

// late reports whether a deadline has passed; nil if that is not known.
func late(c *Clock) *bool {
	if c == nil {
		return nil
	}
	is := false
	switch status := state.ClockStatus(c.Status); {
	case status == state.ClockOverdue, status.Plain() == state.ClockMetLate:
		is = true
	case c.Due.Known() == nil && status != state.ClockMetEarly:
		return nil
	case status != state.ClockRunning && status != state.ClockMetOnce && status != state.ClockMetEarly:
		return nil
	}
	return &is
}

// question is what answers, in the incident, the question that a field draws on; "" if
// nobody asks it there.
func (d *drawer) question(field *runbooks.FormField) string {
	for _, source := range field.From {
		kind, id := runbooks.SplitSource(source)
		if kind != "answer" {
			continue
		}
		for i := range d.all.Answers {
			a := &d.all.Answers[i]
			s := d.inc.Step(a.Step)
			switch {
			case baseName(a.ID) != id || a.Value != nil:
			case a.Kind == "input":
				return "muster input " + a.ID + "=" + example(field)
			case s == nil:
			case a.Kind == "decision":
				return "muster step answer " + s.Number + " OPTION"
			default:
				return "muster step answer " + s.Number + " --set " + id + "=" + example(field)
			}
		}
	}
	return ""
}

// example is what an answer to a field looks like on a command line.
func example(field *runbooks.FormField) string {
	switch field.Type {
	case runbooks.AskNumber:
		return "NUMBER"
	case runbooks.AskTime:
		return "TIME"
	case runbooks.AskBool:
		return "yes|no"
	case runbooks.AskChoice:
		if field.Many {
			return "CHOICE,CHOICE"
		}
		return "CHOICE"
	}
	return "TEXT"
}

// sent sets the form beside what was last sent of it.
func (f *Form) sent(inc *state.Incident, source *runbooks.FormSource, opts FormOptions) {
	version, last := lastFilled(inc, f.Form)
	if last == nil || inc.Redacted.Sent > last.Seq {
		return
	}
	n := inc.Notice(last.Notice)
	sending := sendingOf(inc, n, last, corrections(inc))
	f.LastSent = &sending
	if version.Seq < 2 || version.Seq > uint64(len(inc.Log)) {
		return
	}
	then, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for i := range inc.Log[:version.Seq-1] {
			if !yield(inc.Log[i], nil) {
				return
			}
		}
	})
	if err != nil || inc.Redacted.All {
		return
	}
	opts.At = inc.Log[version.Seq-1].Recorded
	was := fill(then, source, opts)
	f.Changed = []FormChange{}
	for i := range f.Fields {
		if before, now := was.Fields[i].Value, f.Fields[i].Value; !same(before, now) {
			f.Changed = append(f.Changed, FormChange{ID: f.Fields[i].ID, Title: f.Fields[i].Title, Was: before, Now: now})
		}
	}
}

func same(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// lastFilled is the last text that was sent and fills a form in; nil if none was.
func lastFilled(inc *state.Incident, form string) (version *state.NoticeVersion, last *state.Sending) {
	for i := range inc.Notices {
		for j := range inc.Notices[i].Versions {
			v := &inc.Notices[i].Versions[j]
			if v.Form == nil || v.Form.ID != form {
				continue
			}
			for k := range v.Sent {
				if last == nil || v.Sent[k].Seq > last.Seq {
					version, last = v, &v.Sent[k]
				}
			}
		}
	}
	return version, last
}

// Draft is the command that drafts the form as a notice.
func (f *Form) Draft() (state.DraftNotice, error) {
	text, err := f.Sendable()
	claims := make([]state.Claim, len(f.Claims))
	for i, c := range f.Claims {
		claims[i] = state.Claim{Service: c.Service, State: c.State}
	}
	return state.DraftNotice{
		Notice: f.Notice, Title: clean.Bounded(f.Name, state.MaxTitle), Audience: clean.Bounded(cmp.Or(f.To, f.Audience), state.MaxTitle), Text: text, Claims: claims,
		Form: &state.FilledForm{ID: f.Form, SHA256: f.SHA256, Lacks: f.Lacks, Approver: f.Def.Ask, Clock: f.Def.Clock},
	}, err
}

// NotSent says of a form that is not known to have been sent whether it was.
func (f *Form) NotSent() string {
	switch {
	case f.Gaps.Sent > 0 || f.Gaps.Runbook:
		return "not known: what would tell is withheld"
	case f.Deadline != nil && f.Deadline.Ended != nil:
		return "not as this form" // what ended the deadline may say the same in other words
	case f.Closed == nil && !f.Gaps.Closed():
		return "not yet"
	}
	return "never"
}
