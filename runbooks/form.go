package runbooks

import (
	"slices"
	"strings"
	"time"
)

// A Form is a report that somebody demands field by field: an authority, an insurer. It is
// one TOML file, read as strictly as a runbook:
//
//	title  = "GDPR Art. 33: notification of a personal data breach"
//	source = "Regulation (EU) 2016/679, Art. 33(3)"
//	to     = ["fact:authority"]        # to whom it goes
//	audience = "supervisory authority" # in words, where that is not known
//	clock  = "gdpr-33"                 # the ready-made deadline that it keeps
//	notice = "authority"               # the runbooks' notice that it is sent as
//	ask    = "legal"                   # the role that can say what a field does not say
//	[[field]]
//	id       = "people"
//	title    = "Approximate number of data subjects concerned"
//	source   = "Art. 33(3)(a)"
//	from     = ["answer:people"]       # the first of these that is known; see [Sources]
//	required = true
//
// A form that extends another has its fields first, and its own behind them; one with the
// id of one of those takes its place. They share their answers.
type Form struct {
	Schema   int
	ID       string // from the file's name if the file does not say
	Title    string // not empty
	Source   string // the law, and where in it
	Checked  time.Time
	To       []string // sources: to whom it goes
	Audience string   // the same in words
	Extends  string   // the id of a form; "" for none
	Clock    string   // the id of a [Deadline]; "" for none
	Notice   string   // the id of a runbook's notice; "": the form's own id
	Ask      string   // the id of the role that can say what is missing
	Aloud    bool     // it is read aloud, on the telephone or the radio
	Document string   // the published form of its JSON; "" for none
	Fields   []FormField

	// Root is the form at which it begins by what it extends: its own id if it extends none.
	// Answers are kept under it.
	Root string

	line int // of what it extends, in its file
}

// A FormField is one thing that a form asks.
type FormField struct {
	ID       string
	Title    string   // the form's own words
	Section  string   // the heading above it; "" goes on with the last one
	Source   string   // the article that asks for it
	From     []string // sources, in order of preference
	Fixed    string   // what always stands there; "" for nothing
	Type     AskType  // text if not said
	Choices  []string // for AskChoice
	Labels   []string // the choices in words, one each; nil: the choices say enough
	Many     bool     // several of the choices may be given
	Required bool     // it may not go out without
	Whole    bool     // of a number: without a fraction
	Most     *float64 // of a number: the largest; nil for none. No number is negative.
	Pattern  string   // of a text: a regular expression that all of it has to fit; "" for none
	When     string   // when it is asked for at all: [WhenLate], or FIELD=CHOICE; "" is always
	Ask      string   // the id of the role that can say it
	Help     string   // what is meant, in a sentence
	Path     string   // where it stands in the document
	Prose    bool     // in a document, it is what people read: of a drill it says that it is one
	Remarks  bool     // in a document, it says at its end from which log that is
}

// AskOf is the field as a question.
func (f *FormField) AskOf() Ask {
	return Ask{ID: f.ID, Prompt: f.Title, Type: f.Type, Choices: f.Choices}
}

// Field is the field of this id; nil if there is none.
func (f *Form) Field(id string) *FormField {
	for i := range f.Fields {
		if f.Fields[i].ID == id {
			return &f.Fields[i]
		}
	}
	return nil
}

// WhenLate is the condition of a field that is asked for when the form's deadline has passed.
const WhenLate = "late"

// DORADocument is the JSON of the DORA major incident report.
const DORADocument = "dora-ir-1.2"

// Documents are the published forms of JSON that a form can be written in.
func Documents() []string { return []string{DORADocument} }

// A sourceWords are the words that one kind of source takes behind its colon; nil: any id.
type sourceWords struct {
	kind  string
	words []string
}

// factKeys are the standing facts of an organisation.
var factKeys = []string{
	"name", "legal_name", "lei", "sector", "address", "country", "member_states", "authority", "csirt", "supervisor", "dpo", "parent", "parent_lei",
	"currency", "entity_types", "contact", "contact_email", "contact_phone", "second_contact", "second_email", "second_phone",
}

// sources are what fields can draw on.
var sources = []sourceWords{
	{"fact", factKeys},
	{"answer", nil},
	{"role", nil},
	{"clock", nil},
	{"started", nil},
	{"incident", []string{"id", "title", "severity", "runbook", "detected", "opened", "opened-by", "closed", "summary", "last", "period", "timing", "story"}},
	{"milestone", []string{"first-sign", "detected", "aware", "decided", "contained", "restored", "verified", "closed"}},
	{"services", []string{"hit", "down", "restored", "verified", "unaffected", "states", "critical"}},
	{"impact", []string{"downtime", "downtime-dhm", "duration-dhm", "outages"}},
	{"told", []string{"sent", "authorities", "called"}},
	{"steps", []string{"measures", "doing", "next"}},
	{"people", []string{"roles", "acted"}},
	{"events", []string{"key", "all"}},
}

// Sources lists what a field of a form can be drawn from: fact:lei, answer:ID, …
func Sources() []string {
	var list []string
	for _, s := range sources {
		if s.words == nil {
			list = append(list, s.kind+":ID")
		}
		for _, word := range s.words {
			list = append(list, s.kind+":"+word)
		}
	}
	return list
}

// SplitSource is a source's kind and its word.
func SplitSource(source string) (kind, word string) {
	kind, word, _ = strings.Cut(source, ":")
	return kind, word
}

// sourceProblem is what is wrong with a source; "" if nothing is.
func sourceProblem(source string) (what, hint string) {
	kind, word := SplitSource(source)
	at := slices.IndexFunc(sources, func(s sourceWords) bool { return s.kind == kind })
	switch {
	case at < 0 || !strings.Contains(source, ":"):
		return "unknown source " + quote(source), didYouMean(source, Sources(), "sources are "+listWords(sourceKinds())+", with a colon and a word behind it")
	case sources[at].words == nil && !validID(word):
		return quote(source) + " names no id", "write " + kind + ":ID"
	case sources[at].words != nil && !slices.Contains(sources[at].words, word):
		return "unknown source " + quote(source), didYouMean(source, Sources(), kind+": takes "+listWords(sources[at].words))
	}
	return "", ""
}

func sourceKinds() []string {
	var kinds []string
	for _, s := range sources {
		kinds = append(kinds, s.kind)
	}
	return kinds
}
