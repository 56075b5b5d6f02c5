package runbooks

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
)

// A Scenario is the script of a drill: what its players are told, when, by whom,
// and what they are expected to do then. It is one TOML file, read as strictly as
// a runbook:
//
//	runbook = "ransomware"               # the runbook that is played
//	organisation = "imo"                 # in which it is played; of the library of organisations
//	title   = "IMO, autumn 2020"
//	[world]                              # what checks show from the start
//	website = "up"
//	[[objective]]
//	id    = "announce-truth"
//	title = "Public statements match what is verified"
//	[[inject]]
//	id   = "error-page"                  # inject-1, inject-2 … if not said
//	at   = "+00:05"                      # exercise time, hours and minutes
//	from = "Service desk"
//	to   = "operations"                  # a role of the runbook, or all
//	via  = "phone"
//	text = "The website shows an error page."
//	expect    = "Detection starts."
//	objective = "announce-truth"
//	notes     = "Listen for who decides." # for the evaluator
//	attachments = [{ name = "page.txt", text = "HTTP 502" }]
//	[inject.world]                       # what checks show once it is delivered: up, down,
//	                                     # or, of what is down, what is seen
//	website = "down: HTTP 502"
//
// An inject with after falls due only once that other inject was delivered: at is
// still the planned time, and moves by as much as the other was early or late. One
// with contingency never falls due of itself; it needs no at.
type Scenario struct {
	Schema     int    // always 1
	ID         string // from the file's name if the file does not say
	Title      string // not empty
	Version    string
	Summary    string // what it is about, for whoever chooses one; it may give away the plot
	Background string // what the players are told before it begins
	Runbook    string // the id of the runbook it is written for; "" for any
	// Organisation is the id of the organisation in which it is played; "" for none: the
	// services are then the runbook's.
	Organisation string
	TLP          string // as a runbook's; AMBER if not said
	Owner        string // who keeps it up to date
	Sponsor      string // who wants the exercise
	Contact      string // whom to ask about it
	Threat       string // the threat or hazard that is played
	Scope        string // what is played and what is not
	Duration     Span   // how long it is planned to take; zero if not said
	Tags         []string
	References   []string
	Inputs       map[string]string // answers to inputs of the runbook
	World        map[string]Seen   // by service, what checks show from the start
	Objectives   []Objective
	Injects      []Inject // in the order of the file, at least one
}

// An Objective is something the exercise is to show or to train.
type Objective struct {
	ID    string
	Title string
	Text  string // how to tell whether it was met
}

// An Inject is one message of the script.
type Inject struct {
	ID          string
	Number      int    // 1 for the first of the file
	Title       string // a name for lists; the beginning of the text if the file has none
	At          time.Duration
	Timed       bool   // At was said
	After       string // the inject that must have been delivered before; "" for none
	Contingency bool   // only if the facilitator wants it
	From        string
	To          string // a role's id, or [Everybody]
	Via         string // phone, mail …
	Text        string
	Expect      string // what the players should do
	Objective   string // an objective's id; "" for none
	Notes       string // for the evaluator
	Attachments []Attachment
	World       map[string]Seen // by service, what checks show from then on
}

// Everybody is whom an inject for all players is to.
const Everybody = "all"

// An Attachment is a file that comes with an inject.
type Attachment struct {
	Name string // a file's name, without a folder
	Text string
}

// A Seen is what a check shows in a drill.
type Seen struct {
	Up     bool
	Detail string // what is seen; "" for nothing in particular
}

// ParseSeen reads what a check shows: "up" or "down", and behind a colon what is
// seen. Any other text of several words is what is seen of a service that is down.
func ParseSeen(text string) (Seen, error) {
	word, detail, _ := strings.Cut(strings.TrimSpace(text), ":")
	switch word = strings.TrimSpace(word); {
	case word == "up", word == "down":
		return Seen{Up: word == "up", Detail: strings.TrimSpace(detail)}, nil
	case len(strings.Fields(text)) > 1:
		return Seen{Detail: strings.TrimSpace(text)}, nil
	}
	return Seen{}, fmt.Errorf("%q does not say what a check shows; write up or down, or \"down: what is seen\"", text)
}

// String writes it as ParseSeen reads it.
func (s Seen) String() string {
	text := "down"
	if s.Up {
		text = "up"
	}
	if s.Detail != "" {
		text += ": " + s.Detail
	}
	return text
}

// Inject is the inject of this id; nil if there is none.
func (s *Scenario) Inject(id string) *Inject {
	for i := range s.Injects {
		if s.Injects[i].ID == id {
			return &s.Injects[i]
		}
	}
	return nil
}

// Objective is the objective of this id; nil if there is none.
func (s *Scenario) Objective(id string) *Objective {
	for i := range s.Objectives {
		if s.Objectives[i].ID == id {
			return &s.Objectives[i]
		}
	}
	return nil
}

// Length is the exercise time at which the last inject is planned.
func (s *Scenario) Length() time.Duration {
	var last time.Duration
	for i := range s.Injects {
		last = max(last, s.Injects[i].At)
	}
	return last
}

// MaxExercise is the latest exercise time there is.
const MaxExercise = 30 * 24 * time.Hour

// ParseExerciseTime reads a time on the exercise clock: "+0:05" is five minutes
// after the start, "+1:30:20" an hour, thirty minutes and twenty seconds. The plus
// may be left out.
func ParseExerciseTime(text string) (time.Duration, error) {
	fail := fmt.Errorf("%q is not an exercise time; write +H:MM or +H:MM:SS, such as +0:05 or +1:30", text)
	parts := strings.Split(strings.TrimPrefix(text, "+"), ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, fail
	}
	var total time.Duration
	units := [...]time.Duration{time.Hour, time.Minute, time.Second}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(part) > 3 || i > 0 && (len(part) != 2 || n > 59) {
			return 0, fail
		}
		total += time.Duration(n) * units[i]
	}
	if total > MaxExercise {
		return 0, fail
	}
	return total, nil
}

// ExerciseTime writes a time on the exercise clock: +0:05, or +1:30:20 where there
// are seconds. Less than a second is cut off.
func ExerciseTime(t time.Duration) string {
	sign := "+"
	if t < 0 {
		sign, t = "-", -t
	}
	s := int64(t / time.Second)
	text := fmt.Sprintf("%s%d:%02d", sign, s/3600, s/60%60)
	if s%60 != 0 {
		text += fmt.Sprintf(":%02d", s%60)
	}
	return text
}

// ParseScenario reads a scenario. name is its file's name: it stands in the
// problems, and is the scenario's id if the text does not say one. All problems are
// reported at once, in the order of the lines; if one of them is an Error, the
// scenario is nil. What it says of a runbook is checked by [LintScenario].
func ParseScenario(name string, data []byte) (*Scenario, Problems) {
	var file fileScenario
	problems := DecodeStrict(name, data, &file)
	if file.At.node == nil { // not TOML at all
		return nil, problems
	}
	l := newScenarioLinter(&file, convertScenario(name, &file), &problems)
	l.lint()
	problems = problems.sorted()
	if problems.HasErrors() {
		return nil, problems
	}
	return l.scenario, problems
}

// plainName reports whether a file may be called so.
func plainName(name string) bool {
	return name != "" && len(name) <= 100 && name == path.Base(name) && name[0] != '.' &&
		!strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) })
}
