package state

import (
	"slices"
	"strings"
	"time"

	"muster/runbooks"
)

// Render fills in a template of a step. It never fails: a text that cannot be
// filled in is returned as it is. The result is raw: clean it before it is drawn.
func (inc *Incident) Render(s *Step, text string) string { return Filling(inc)(s, text) }

// Filling is [Incident.Render] for many texts, with what is known now and one allowance of work for
// all of them: those for which nothing is left are returned as they are.
func Filling(inc *Incident) func(s *Step, text string) string {
	var r *rendering
	return func(s *Step, text string) string {
		if !strings.Contains(text, "{{") {
			return text
		}
		if r == nil {
			r = newRendering(inc, runbooks.MaxListWork)
		}
		return r.text(s, text)
	}
}

// CommandIn is the step's command with what is known filled in, each value quoted for a
// shell. Its lines are told apart by newlines, whatever the file has. It is raw.
func (s *Step) CommandIn(inc *Incident) string {
	text := strings.TrimRight(strings.ReplaceAll(s.Def.Command, "\r\n", "\n"), "\n")
	if !strings.Contains(text, "{{") {
		return text
	}
	r := newRendering(inc, runbooks.MaxListWork)
	out, err := r.renderer.Command(text, r.valuesAt(s))
	if err != nil {
		return text
	}
	return out
}

// A rendering fills in texts with what is known at one moment.
type rendering struct {
	inc      *Incident
	values   runbooks.Values
	answers  map[int]map[string]string // by book that is not the first
	renderer *runbooks.Renderer
}

func newRendering(inc *Incident, work int) *rendering {
	return &rendering{inc, valuesOf(inc), make(map[int]map[string]string), runbooks.NewRenderer(work)}
}

func (r *rendering) text(s *Step, text string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	out, err := r.renderer.Render(text, r.valuesAt(s))
	if err != nil {
		return text
	}
	return out
}

// valuesAt are the values as a step's texts name them.
func (r *rendering) valuesAt(s *Step) runbooks.Values {
	inc, values := r.inc, r.values
	values.Org = orgOf(inc, s.Book)
	if s.Empty {
		values.Service.Title = "each affected service"
	}
	if service := inc.Service(s.Service); service != nil {
		values.Service = runbooks.ServiceValues{
			ID: service.ID, Title: service.Def.Title, Shutdown: service.Def.Shutdown,
			Restore: service.Def.Restore, Owner: service.Def.Owner, State: string(service.State),
		}
	}
	if s.Book > 0 {
		if r.answers[s.Book] == nil {
			r.answers[s.Book] = answersOf(inc, s.Book)
		}
		values.Answers = r.answers[s.Book]
	}
	return values
}

// orgOf is the organisation's name: what was answered, or what the runbook says.
func orgOf(inc *Incident, book int) string {
	if answer, ok := inc.answers["org"]; ok && answer.Value != "" {
		return answer.Value
	}
	if inc.Organisation != nil && inc.Organisation.Name != "" {
		return inc.Organisation.Name
	}
	return inc.Books[book].Runbook.Org
}

// answersOf are the answers as a runbook of the incident names them. What it asks itself
// is what was answered to that, and to the same question of another; what only another
// asked is known to all.
func answersOf(inc *Incident, book int) map[string]string {
	known := make(map[string]string, len(inc.answers))
	for id, answer := range inc.answers {
		known[id] = answer.Value
	}
	if book >= len(inc.Books) {
		return known
	}
	b := &inc.Books[book]
	if b.Prefix == "" {
		return known
	}
	if b.Shared != nil { // else it is of an older program, and its notices rest on what that knew
		for _, id := range askedBy(b.Runbook) {
			delete(known, id)
		}
		for id, to := range b.Shared.Questions {
			if answer, ok := inc.answers[to]; ok {
				known[id] = answer.Value
			}
		}
	}
	for id, answer := range inc.answers {
		if rest, own := strings.CutPrefix(id, b.Prefix+":"); own && rest != "" {
			known[rest] = answer.Value
		}
	}
	return known
}

// valuesOf is what templates can say of the incident now.
func valuesOf(inc *Incident) runbooks.Values {
	values := runbooks.Values{
		Incident: runbooks.IncidentValues{
			ID: inc.ID, Title: inc.Title, Severity: string(inc.Severity), Mode: string(inc.Mode),
			Opened: inItsZone(inc, inc.Opened), Began: beganOf(inc),
		},
		Answers: answersOf(inc, 0),
		Roles:   make(map[string]string),
	}
	for _, role := range inc.Roles {
		values.Roles[role.Def.ID] = role.Person
	}
	values.Services = listsOf(inc)
	return values
}

// beganOf says when the incident was detected. Where nobody gave a time it is counted from its
// first entry; that is when it was recorded from, and not when it was noticed.
func beganOf(inc *Incident) string {
	word := "detected "
	if !DetectionGiven(inc) {
		word = "recorded from "
	}
	return word + inItsZone(inc, inc.Opened)
}

// inItsZone writes a time as it was where the incident was opened: that is how people there tell
// the times that stand beside it in a text.
func inItsZone(inc *Incident, t time.Time) string {
	if len(inc.Log) > 0 && inc.Log[0].Frame != nil {
		t = t.In(fixedZone(inc.Log[0].Zone))
	}
	if _, offset := t.Zone(); offset == 0 {
		return t.Format("2006-01-02 15:04 UTC")
	}
	return t.Format("2006-01-02 15:04 -07:00")
}

// listsOf are the services by what is known of them. That none is hit or down, that none is back and
// that of none it is not sure, is known once something is known of each. What was checked, restored or
// verified is by somebody's word, and of none there is none.
func listsOf(inc *Incident) runbooks.ServiceLists {
	none := func() []string { return []string{} }
	lists := runbooks.ServiceLists{Unaffected: none(), Restored: none(), Verified: none()}
	if len(inc.Services) > 0 && !slices.ContainsFunc(inc.Services, func(s Service) bool { return s.State == UnknownState || s.State == Suspect }) {
		lists.All, lists.Back, lists.NotBack, lists.NotSure, lists.Down, lists.Affected = none(), none(), none(), none(), none(), none()
	}
	for i := range inc.Services {
		service := &inc.Services[i]
		title := service.Def.Title
		lists.All = append(lists.All, title)
		switch inc.Standing(service) {
		case Back:
			lists.Back = append(lists.Back, title)
		case NotBack:
			lists.NotBack = append(lists.NotBack, title)
		case NotSure:
			lists.NotSure = append(lists.NotSure, title)
		}
		if service.State.Down() {
			lists.Down = append(lists.Down, title)
		}
		switch {
		case service.State == Unaffected:
			lists.Unaffected = append(lists.Unaffected, title)
		case service.State == Restored:
			lists.Restored = append(lists.Restored, title)
		case service.State == Verified:
			lists.Verified = append(lists.Verified, title)
		}
		if service.State.Hit() {
			lists.Affected = append(lists.Affected, title)
		}
	}
	return lists
}
