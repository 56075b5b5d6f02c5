package runbooks

import (
	"strconv"
	"strings"
)

// The tables of a scenario's file and their keys, as those of a runbook are in
// file.go.

type fileScenario struct {
	At           Place
	Schema       *int              `toml:"schema"`
	ID           string            `toml:"id"`
	Title        string            `toml:"title"`
	Version      string            `toml:"version"`
	Summary      string            `toml:"summary"`
	Background   string            `toml:"background"`
	Runbook      string            `toml:"runbook"`
	Organisation string            `toml:"organisation"`
	TLP          string            `toml:"tlp"`
	Owner        string            `toml:"owner"`
	Sponsor      string            `toml:"sponsor"`
	Contact      string            `toml:"contact"`
	Threat       string            `toml:"threat"`
	Scope        string            `toml:"scope"`
	Duration     Span              `toml:"duration"`
	Tags         []string          `toml:"tags"`
	References   []string          `toml:"references"`
	Inputs       map[string]string `toml:"inputs"`
	World        map[string]string `toml:"world"`
	Objectives   []fileObjective   `toml:"objective"`
	Injects      []fileInject      `toml:"inject"`
}

type fileObjective struct {
	At    Place
	ID    string `toml:"id"`
	Title string `toml:"title"`
	Text  string `toml:"text"`
}

type fileInject struct {
	Place       Place
	ID          string            `toml:"id"`
	Title       string            `toml:"title"`
	At          string            `toml:"at"`
	After       string            `toml:"after"`
	Contingency bool              `toml:"contingency"`
	From        string            `toml:"from"`
	To          string            `toml:"to"`
	Via         string            `toml:"via"`
	Text        string            `toml:"text"`
	Expect      string            `toml:"expect"`
	Objective   string            `toml:"objective"`
	Notes       string            `toml:"notes"`
	Attachments []fileAttachment  `toml:"attachments"`
	World       map[string]string `toml:"world"`
}

type fileAttachment struct {
	At   Place
	Name string `toml:"name"`
	Text string `toml:"text"`
}

// convertScenario makes the scenario of a file's tables, with its defaults.
func convertScenario(name string, f *fileScenario) *Scenario {
	s := &Scenario{
		Schema: or(f.Schema, Schema), ID: f.ID, Title: f.Title, Version: f.Version, Summary: f.Summary, Background: f.Background,
		Runbook: f.Runbook, Organisation: f.Organisation, TLP: f.TLP, Owner: f.Owner, Sponsor: f.Sponsor, Contact: f.Contact, Threat: f.Threat, Scope: f.Scope, Duration: f.Duration,
		Tags: f.Tags, References: f.References, Inputs: f.Inputs, World: seenOf(f.World),
	}
	if s.ID == "" {
		s.ID = fileID(name)
	}
	if s.TLP == "" {
		s.TLP = "AMBER"
	}
	for _, o := range f.Objectives {
		s.Objectives = append(s.Objectives, Objective{ID: o.ID, Title: o.Title, Text: o.Text})
	}
	names := newNamer()
	for i := range f.Injects {
		names.take(f.Injects[i].ID)
	}
	for i := range f.Injects {
		s.Injects = append(s.Injects, convertInject(&f.Injects[i], i+1, names))
	}
	return s
}

func convertInject(f *fileInject, number int, names *namer) Inject {
	at, err := ParseExerciseTime(f.At)
	in := Inject{
		ID: f.ID, Number: number, Title: f.Title, At: at, Timed: err == nil, After: f.After, Contingency: f.Contingency, From: f.From,
		To: f.To, Via: f.Via, Text: f.Text, Expect: f.Expect, Objective: f.Objective, Notes: f.Notes, World: seenOf(f.World),
	}
	if in.ID == "" {
		in.ID = names.name("inject-"+strconv.Itoa(number), "inject")
	}
	if in.Title == "" {
		in.Title = beginning(f.Text)
	}
	for _, a := range f.Attachments {
		in.Attachments = append(in.Attachments, Attachment{Name: a.Name, Text: a.Text})
	}
	return in
}

// seenOf reads what checks show; what cannot be read is reported elsewhere.
func seenOf(world map[string]string) map[string]Seen {
	if world == nil {
		return nil
	}
	all := make(map[string]Seen, len(world))
	for service, text := range world {
		if seen, err := ParseSeen(text); err == nil {
			all[service] = seen
		}
	}
	return all
}

// beginning is the first words of a text, for a list.
func beginning(text string) string {
	const most = 60 // characters
	line := oneLine(text)
	runes := []rune(line)
	if len(runes) <= most {
		return line
	}
	cut := string(runes[:most])
	if at := strings.LastIndexByte(cut, ' '); at > most/2 {
		cut = cut[:at]
	}
	return cut + "…"
}
