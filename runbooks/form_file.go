package runbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

type fileForm struct {
	At       Place
	Schema   *int        `toml:"schema"`
	ID       *string     `toml:"id"`
	Title    string      `toml:"title"`
	Source   string      `toml:"source"`
	Checked  time.Time   `toml:"checked"`
	To       []string    `toml:"to"`
	Audience string      `toml:"audience"`
	Extends  string      `toml:"extends"`
	Clock    string      `toml:"clock"`
	Notice   string      `toml:"notice"`
	Ask      string      `toml:"ask"`
	Aloud    bool        `toml:"aloud"`
	Document string      `toml:"document"`
	Fields   []fileField `toml:"field"`
}

type fileField struct {
	At       Place
	ID       string   `toml:"id"`
	Title    string   `toml:"title"`
	Section  string   `toml:"section"`
	Source   string   `toml:"source"`
	From     []string `toml:"from"`
	Fixed    string   `toml:"fixed"`
	Type     string   `toml:"type"`
	Choices  []string `toml:"choices"`
	Labels   []string `toml:"labels"`
	Many     bool     `toml:"many"`
	Required bool     `toml:"required"`
	Whole    bool     `toml:"whole"`
	Most     *float64 `toml:"most"`
	Pattern  string   `toml:"pattern"`
	When     string   `toml:"when"`
	Ask      string   `toml:"ask"`
	Help     string   `toml:"help"`
	Path     string   `toml:"path"`
	Prose    bool     `toml:"prose"`
	Remarks  bool     `toml:"remarks"`
}

// ParseForm reads a form's file. All problems are reported at once; if one of them is an
// Error, the form is nil. What it extends is not looked at here: see [Shelf.Load].
func ParseForm(name string, data []byte) (*Form, Problems) {
	var file fileForm
	problems := DecodeStrict(name, data, &file)
	if file.At.node == nil { // not TOML at all
		return nil, problems
	}
	form := &Form{
		Schema: or(file.Schema, Schema), ID: or(file.ID, fileID(name)), Title: file.Title, Source: file.Source, Checked: file.Checked,
		To: file.To, Audience: file.Audience, Extends: file.Extends, Clock: file.Clock, Notice: file.Notice, Ask: file.Ask,
		Aloud: file.Aloud, Document: file.Document, Fields: convertAll(file.Fields, convertField),
	}
	form.Root, form.line = form.ID, file.At.Line("extends")
	for i := range form.Fields {
		if form.Fields[i].Ask == "" {
			form.Fields[i].Ask = form.Ask
		}
	}
	lintForm(&file, form, &problems)
	problems = problems.sorted()
	if problems.HasErrors() {
		return nil, problems
	}
	return form, problems
}

func convertField(f *fileField) FormField {
	kind := AskType(f.Type)
	if kind == "" {
		kind = AskText
	}
	return FormField{
		ID: f.ID, Title: oneLine(f.Title), Section: oneLine(f.Section), Source: f.Source, From: f.From, Fixed: f.Fixed, Type: kind, Choices: f.Choices, Labels: f.Labels,
		Many: f.Many, Required: f.Required, Whole: f.Whole, Most: f.Most, Pattern: f.Pattern, When: f.When, Ask: f.Ask, Help: f.Help, Path: f.Path, Prose: f.Prose, Remarks: f.Remarks,
	}
}

func lintForm(file *fileForm, form *Form, out *Problems) {
	l := newLinter(&fileRunbook{At: file.At}, &Runbook{}, out)
	at := file.At
	lintHeading(l, at, form.Schema, form.ID, form.Title)
	l.line(at, "source", form.Source, maxLine)
	l.line(at, "audience", form.Audience, maxTitle)
	l.sources(at, "to", form.To)
	for _, t := range []struct{ key, id string }{{"extends", form.Extends}, {"notice", form.Notice}, {"ask", form.Ask}} {
		l.idOr(at, t.key, t.id)
	}
	if form.Extends == form.ID {
		l.wrong(at, "extends", "the form extends itself", "take it out")
	}
	if _, ok := FindDeadline(form.Clock); form.Clock != "" && !ok {
		l.wrong(at, "clock", "no ready-made deadline is called "+quote(form.Clock), l.mean(form.Clock, deadlineIDs(), "muster clock laws lists them"))
	}
	if form.Document != "" && !slices.Contains(Documents(), form.Document) {
		l.wrong(at, "document", "unknown document "+quote(form.Document), l.mean(form.Document, Documents(), "known are "+listWords(Documents())))
	}
	l.lists(at, []listSize{{"field", len(form.Fields)}})
	if len(form.Fields) == 0 && form.Extends == "" {
		l.wrong(at, "field", "no field", "add [[field]] tables")
	}
	ids := newIDs("field")
	for i := range file.Fields {
		l.formField(&file.Fields[i], &form.Fields[i], form, &ids)
	}
}

// idOr checks an id that need not be there.
func (l *linter) idOr(at Place, key, id string) {
	if id != "" && !validID(id) {
		l.wrong(at, key, quote(id)+" is not an id", "use a–z, 0–9 and dashes, at most 64")
	}
}

func (l *linter) sources(at Place, key string, list []string) {
	l.lists(at, []listSize{{key, len(list)}})
	for i, source := range list {
		if what, hint := sourceProblem(source); what != "" {
			l.wrongItem(at, key, i, what, hint)
		}
	}
}

func (l *linter) formField(file *fileField, f *FormField, form *Form, ids *ids) {
	at := file.At
	switch line, taken := ids.lines[f.ID]; {
	case f.ID == "":
		l.wrong(at, "id", "no id", `add id = "…": what is answered is kept under it`)
	case !validID(f.ID):
		l.badID(at, f.ID)
	case taken:
		l.wrong(at, "id", fmt.Sprintf("field %s stands in line %d already", quote(f.ID), line), "give one of them another id")
	default:
		ids.lines[f.ID] = at.Line("id")
	}
	l.needTitle(at, f.Title)
	l.line(at, "title", f.Title, maxLine)
	l.line(at, "section", f.Section, maxTitle)
	l.line(at, "source", f.Source, maxTitle)
	l.line(at, "fixed", f.Fixed, maxLine)
	l.line(at, "help", f.Help, maxLine)
	l.sources(at, "from", f.From)
	l.idOr(at, "ask", file.Ask)
	switch {
	case f.Fixed != "" && len(f.From) > 0:
		l.wrong(at, "fixed", "what is fixed is drawn from nothing", "keep fixed or from")
	case f.Fixed == "" && f.Ask == "":
		l.wrong(at, "ask", "nobody is named who can say it", `add ask = "legal", or another role's id, here or at the top`)
	}
	l.fieldWhen(at, f, form)
	l.fieldType(at, f)
	l.fieldBounds(at, f)
	l.fieldPath(at, f, form)
}

// fieldWhen checks a condition, as far as it can be told without what the form extends.
func (l *linter) fieldWhen(at Place, f *FormField, form *Form) {
	id, choice, is := strings.Cut(f.When, "=")
	other := form.Field(id)
	switch {
	case f.When == "":
	case f.When == WhenLate && (form.Clock != "" || form.Extends != ""):
	case !is || !validID(id) || choice == "":
		l.wrong(at, "when", quote(f.When)+" is no condition", `write "late", in a form with a clock, or FIELD=CHOICE`)
	case other == nil && form.Extends == "":
		l.wrong(at, "when", "no field is called "+quote(id), "name one of this form")
	case other != nil && !slices.Contains(other.Choices, choice) && !(other.Type == AskBool && (choice == "yes" || choice == "no")):
		l.wrong(at, "when", quote(choice)+" is no choice of "+quote(id), l.mean(choice, other.Choices, "name one of its choices"))
	}
}

// fieldBounds checks what a number or a text is bounded by.
func (l *linter) fieldBounds(at Place, f *FormField) {
	if (f.Whole || f.Most != nil) && f.Type != AskNumber {
		l.wrong(at, "type", "whole and most are for type number", `add type = "number"`)
	}
	if f.Pattern == "" {
		return
	}
	if _, err := regexp.Compile(f.Pattern); err != nil || len(f.Pattern) > maxTitle {
		l.wrong(at, "pattern", "the pattern cannot be read", "write a regular expression of at most 200 characters")
	}
	if f.Type != AskText || f.Help == "" {
		l.wrong(at, "pattern", "a pattern is for a text, with a help that says how it is written", `add help = "…"`)
	}
}

func (l *linter) fieldType(at Place, f *FormField) {
	l.word(at, "type", string(f.Type), words(askTypes()))
	l.lines(at, "choices", f.Choices)
	switch {
	case f.Type == AskChoice && len(f.Choices) < 2:
		l.wrong(at, "choices", "a choice needs at least two choices", `add choices = ["…", "…"]`)
	case f.Type != AskChoice && (len(f.Choices) > 0 || f.Many || len(f.Labels) > 0):
		l.wrong(at, "type", "choices are for type choice", `add type = "choice"`)
	case len(f.Labels) > 0 && len(f.Labels) != len(f.Choices):
		l.wrong(at, "labels", fmt.Sprintf("%d labels for %d choices", len(f.Labels), len(f.Choices)), "give one label a choice, in their order")
	}
	for i, choice := range f.Choices {
		if f.Many && strings.ContainsAny(choice, ",") {
			l.wrongItem(at, "choices", i, "a choice of several has a comma", "several are given with commas between them: write it without")
		}
	}
}

// pathForm is the form of a path: a.b, a[0].b, a[].b, a[key=value].b.
var pathForm = regexp.MustCompile(`^[A-Za-z]+(\[(0|[A-Za-z]+=[A-Za-z_-]+)?\])?(\.[A-Za-z]+(\[(0|[A-Za-z]+=[A-Za-z_-]+)?\])?)*$`)

func (l *linter) fieldPath(at Place, f *FormField, form *Form) {
	switch {
	case f.Path == "":
	case form.Document == "":
		l.wrong(at, "path", "a path is for a form with a document", `add document = "…" at the top, or take it out`)
	case !pathForm.MatchString(f.Path) || strings.Count(f.Path, ".") > 8:
		l.wrong(at, "path", quote(f.Path)+" is no path", "write it as incident.description, entities[0].name, types[].kind or types[kind=spread].countries")
	}
}
