package state

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Describe says in one line what an entry records, raw: clean it before it is
// drawn. Who and when are not part of it.
func (inc *Incident) Describe(e Entry) string {
	if e.Data == nil {
		return "(content withheld)"
	}
	text := inc.describe(e)
	if e.Override != nil {
		text += fmt.Sprintf(" — override of %s: %q", joinReasons(e.Override.Of), e.Override.Why)
	}
	if e.Withheld != 0 { // in quotation marks, somebody would seem to have said it
		text = strings.ReplaceAll(text, fmt.Sprintf("%q", WithheldText), WithheldText)
	}
	return text
}

func joinReasons(of []Reason) string {
	words := make([]string, len(of))
	for i, reason := range of {
		words[i] = string(reason)
	}
	return strings.Join(words, ", ")
}

// said is what a person said, in quotation marks; nothing if nothing was.
func said(text string) string {
	if text == "" {
		return ""
	}
	var room [256]byte // enough for most, and not on the heap
	return string(strconv.AppendQuote(append(room[:0], " — "...), oneLine(text)))
}

// oneLine is text with a space for each stretch of white space, and none around it.
func oneLine(text string) string {
	space := true // a space here would be one too many
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c >= 0x7f || c == ' ' && space {
			return strings.Join(strings.Fields(text), " ")
		}
		space = c == ' '
	}
	if space && text != "" {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// stepName is a step's number and title; its id if it is not there any more.
func (inc *Incident) stepName(id string) string {
	if s := inc.Step(id); s != nil {
		return s.Name()
	}
	return id
}

func (inc *Incident) describe(e Entry) string {
	switch data := e.Data.(type) {
	case *Opened:
		return fmt.Sprintf("opened the %s incident %q, %s, with the runbook %s", e.Mode, data.Title, data.Severity, data.Runbook.ID)
	case *InputsAnswered:
		if e.Withheld.Has(Notes) {
			return "answered " + WithheldText
		}
		return "answered" + sayValues(data.Values)
	case *SessionOpened:
		return fmt.Sprintf("session on %s, clock synchronised: %s", data.Host, data.Synced)
	case *ClockStepped:
		return fmt.Sprintf("the clock was set by %+.3f s", float64(data.ByMillis)/1000)
	case *Recovered:
		return fmt.Sprintf("log recovered: %s, %d bytes", data.What, data.Bytes) + said(data.Detail)
	case *NoteAdded:
		if data.Step != "" {
			return "note on " + inc.stepName(data.Step) + said(data.Text)
		}
		return "note" + said(data.Text)
	case *EvidenceAdded:
		text := fmt.Sprintf("evidence %q, %d bytes, sha256 %.12s…", data.Name, data.Size, data.SHA256)
		if e.Withheld.Has(Evidence) {
			text = "evidence " + WithheldText
		}
		if data.Step != "" {
			text += " for " + inc.stepName(data.Step)
		}
		return text + said(data.Note)
	case *Unknown:
		return fmt.Sprintf("%s %s", data.Name, data.Raw)
	}
	return inc.describeIncident(e)
}

func (inc *Incident) describeIncident(e Entry) string {
	switch data := e.Data.(type) {
	case *RoleAssigned:
		return inc.describeRole(data)
	case *ServiceSet:
		title := data.Service
		if service := inc.Service(data.Service); service != nil {
			title = service.Def.Title
		}
		return fmt.Sprintf("service %s is %s", title, data.State) + said(data.Why) + inc.describeCopies(e.Seq)
	case *SeverityChanged:
		return fmt.Sprintf("severity %s", data.Severity) + said(data.Why)
	case *RunbookAttached:
		return fmt.Sprintf("attached the runbook %s", data.Runbook.ID) + said(data.Why)
	case *EntryAmended:
		text := fmt.Sprintf("amended entry %d", data.Seq)
		if data.Occurred != nil {
			text += fmt.Sprintf(": it happened at %s", data.Occurred.Format("2006-01-02 15:04:05 UTC"))
		}
		if data.Text != nil {
			text += fmt.Sprintf(": its text is %q", strings.Join(strings.Fields(*data.Text), " "))
		}
		return text + said(data.Why)
	case *EntryRetracted:
		return fmt.Sprintf("retracted entry %d", data.Seq) + said(data.Why)
	case *IncidentClosed:
		if n := len(data.Open) + data.More; n > 0 {
			return fmt.Sprintf("closed the incident with %d things open", n) + said(data.Summary)
		}
		return "closed the incident" + said(data.Summary)
	case *IncidentReopened:
		return "reopened the incident" + said(data.Why)
	}
	if text, ok := inc.describeTruth(e); ok {
		return text
	}
	if text, ok := inc.describeDrill(e); ok {
		return text
	}
	if text, ok := describeWitness(e); ok {
		return text
	}
	return inc.describeStep(e)
}

func (inc *Incident) describeRole(data *RoleAssigned) string {
	title := data.Role
	if role := inc.Role(data.Role); role != nil {
		title = role.Def.Title
	}
	if data.Person == "" {
		return "role " + title + ": nobody"
	}
	return "role " + title + ": " + data.Person
}

func (inc *Incident) describeStep(e Entry) string {
	ref, ok := e.Data.(interface{ step() string })
	if !ok {
		return string(e.Kind)
	}
	name := inc.stepName(ref.step())
	switch data := e.Data.(type) {
	case *StepStarted:
		return "started " + name + said(data.Note)
	case *StepDone:
		return "done " + name + said(data.Note) + sayValues(data.Values)
	case *StepConfirmed:
		return "confirmed " + name + said(data.Note)
	case *StepFailed:
		return "failed " + name + said(data.Why)
	case *StepBlocked:
		return "blocked " + name + said(data.On)
	case *StepSkipped:
		return "skipped " + name + said(data.Why)
	case *StepReopened:
		return "reopened " + name + said(data.Why)
	case *StepAssigned:
		return "assigned " + name + " to " + orNobody(data.To)
	case *StepTicked:
		return inc.describeTick(name, data)
	case *StepAnswered:
		return inc.describeAnswer(e.Seq, name, data)
	case *StepAdded:
		return "added " + name
	}
	return string(e.Kind) + " " + name
}

func (inc *Incident) describeTick(name string, data *StepTicked) string {
	line := fmt.Sprintf("line %d", data.Item)
	if s := inc.Step(data.Step); s != nil && data.Item >= 1 && data.Item <= len(s.Def.Checklist) {
		line = fmt.Sprintf("%q", s.Def.Checklist[data.Item-1])
	}
	if data.On {
		return "ticked " + line + " of " + name
	}
	return "unticked " + line + " of " + name
}

func (inc *Incident) describeAnswer(seq uint64, name string, data *StepAnswered) string {
	if data.Option == "" {
		return "answered " + name + sayValues(data.Values) + said(data.Note)
	}
	title := data.Option
	if s := inc.Step(data.Step); s != nil {
		if option := optionOf(s, data.Option); option != nil && option.Title != "" {
			title = option.Title
		}
	}
	return "decided " + name + ": " + title + sayValues(data.Values) + said(data.Note) + inc.describeCopies(seq)
}

// describeCopies says which steps an entry brought or took away, by moving a service.
func (inc *Incident) describeCopies(seq uint64) string {
	text := ""
	if came := inc.copiesOf(seq).came; len(came) > 0 {
		text += "; steps for it: " + strings.Join(came, ", ")
	}
	if went := inc.copiesOf(seq).went; len(went) > 0 {
		text += "; gone: " + strings.Join(went, ", ")
	}
	return text
}

func sayValues(values map[string]string) string {
	var parts []string
	for id, value := range values {
		parts = append(parts, fmt.Sprintf("%s = %q", id, value))
	}
	sort.Strings(parts)
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
