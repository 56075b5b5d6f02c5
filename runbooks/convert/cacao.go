// Package convert writes runbooks in other people's formats.
package convert

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"muster/runbooks"
)

// A playbook is one of CACAO 2.0, as far as a runbook fills it.
type playbook struct {
	Type        string           `json:"type"`
	Spec        string           `json:"spec_version"`
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Description string           `json:"description"`
	CreatedBy   string           `json:"created_by"`
	Created     string           `json:"created"`
	Modified    string           `json:"modified"`
	Labels      []string         `json:"labels,omitempty"`
	Start       string           `json:"workflow_start"`
	Workflow    map[string]step  `json:"workflow"`
	Agents      map[string]agent `json:"agent_definitions"`
}

type step struct {
	Type        string    `json:"type"`
	Name        string    `json:"name,omitempty"`
	Description string    `json:"description,omitempty"`
	Then        string    `json:"on_completion,omitempty"`
	Commands    []command `json:"commands,omitempty"`
	Agent       string    `json:"agent,omitempty"`
}

type command struct {
	Type    string `json:"type"`
	Command string `json:"command"`
}

type agent struct {
	Type        string `json:"type"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

// space is the name space of the ids (UUID, version 5).
var space = [16]byte{0x0a, 0x9d, 0x6c, 0x1e, 0x7b, 0x54, 0x4f, 0x2b, 0x8c, 0x41, 0x5d, 0x0e, 0xb2, 0x66, 0x91, 0x37}

// idOf is the id that a thing of a runbook has, everywhere and always the same.
func idOf(kind string, names ...string) string {
	sum := sha1.Sum(append(space[:], kind+"\n"+strings.Join(names, "\n")...))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x50, id[8]&0x3f|0x80
	text := hex.EncodeToString(id)
	return kind + "--" + strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// anybody is the agent of a step that no role does.
const anybody = "responders"

// CACAO writes a runbook as a CACAO 2.0 playbook: its steps in their order, each one action
// with a manual command and the role that does it. A decision is one action too, and what
// hangs on its answer is said in words: playbooks branch, and runbooks only advise. How long
// a step should take is said in words as well, for a playbook's timeout is a failure. Templates
// stand as they are written. The same runbook gives the same bytes.
func CACAO(r *runbooks.Runbook) ([]byte, error) {
	at := r.Reviewed
	if at.IsZero() {
		at = time.Unix(0, 0)
	}
	stamp := at.UTC().Format("2006-01-02T15:04:05.000Z")
	p := playbook{
		Type: "playbook", Spec: "cacao-2.0", ID: idOf("playbook", r.ID), Name: r.Title, Description: about(r), CreatedBy: idOf("identity", r.Owner), Created: stamp, Modified: stamp,
		Labels: append([]string{"muster"}, r.Tags...), Start: idOf("start", r.ID), Workflow: make(map[string]step), Agents: make(map[string]agent),
	}
	for _, role := range r.Roles {
		p.Agents[idOf("group", r.ID, role.ID)] = agent{"group", or(role.Title, role.ID), role.Duties}
	}
	before, beforeID := step{Type: "start"}, p.Start
	for i := range r.Phases {
		for j := range r.Phases[i].Steps {
			s := &r.Phases[i].Steps[j]
			id := idOf("action", r.ID, s.ID)
			before.Then = id
			p.Workflow[beforeID] = before
			before, beforeID = p.action(r, &r.Phases[i], s), id
		}
	}
	end := idOf("end", r.ID)
	before.Then = end
	p.Workflow[beforeID] = before
	p.Workflow[end] = step{Type: "end"}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(&p)
	return out.Bytes(), err
}

// action is a step, without what comes after it.
func (p *playbook) action(r *runbooks.Runbook, phase *runbooks.Phase, s *runbooks.Step) step {
	role := or(s.Role, anybody)
	id := idOf("group", r.ID, role)
	if _, has := p.Agents[id]; !has {
		p.Agents[id] = agent{Type: "group", Name: role}
	}
	commands := []command{{"manual", or(s.Text, s.Title)}}
	for _, line := range s.Checklist {
		commands = append(commands, command{"manual", line})
	}
	if s.Command != "" {
		commands = append(commands, command{"manual", "Run, if it is right: " + s.Command})
	}
	return step{Type: "action", Name: s.Title, Description: details(phase, s), Commands: commands, Agent: id}
}

// details says in words what a playbook has no place for.
func details(phase *runbooks.Phase, s *runbooks.Step) string {
	lines := []string{"Phase: " + phase.Title}
	add := func(what, text string) {
		if text != "" {
			lines = append(lines, what+text)
		}
	}
	add("Goal: ", phase.Goal)
	if s.Kind != runbooks.Action {
		add("Kind: ", string(s.Kind))
	}
	add("Only when: ", s.When)
	add("After: ", strings.Join(s.Needs, ", "))
	add("Once for: ", string(s.Each))
	add("Service: ", s.Service)
	add("Notice: ", s.Notice)
	for _, o := range s.Options {
		add("Option: ", or(o.Title, o.ID))
	}
	for _, a := range s.Ask {
		add("Asks: ", a.Prompt)
	}
	add("Should take: ", s.Expect.String())
	add("Done when: ", s.DoneWhen)
	if s.TwoPerson {
		add("", "Another person must confirm it.")
	}
	if !s.Required {
		add("", "It may stay undone.")
	}
	return strings.Join(lines, "\n")
}

// about says what the runbook is, and how it may be shared.
func about(r *runbooks.Runbook) string {
	lines := []string{r.Summary, "TLP:" + r.TLP, fmt.Sprintf("Severity %s. From the muster runbook %s, version %s.", r.Severity, r.ID, or(r.Version, "not stated"))}
	if r.Reviewed.IsZero() {
		lines = append(lines, "When it was written is not known: the times created and modified are placeholders.")
	}
	for _, reference := range r.References {
		lines = append(lines, "Reference: "+reference)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func or(text, missing string) string {
	if text == "" {
		return missing
	}
	return text
}
