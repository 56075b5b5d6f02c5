package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state/view"
)

// One incident is told in the same words by list, status, export, sitrep and head: when
// it was detected is one thing, when its log was opened another.
func TestOneIncidentOneHead(t *testing.T) {
	p := newPlay(t)
	p.run("start", "ransomware", "--detected", "-3h", "--title", "Files are encrypted")
	p.run("note", "it spreads")
	opened := p.now.Add(-time.Second).UTC() // a second passes with each command
	var list []view.Listed
	var status view.Status
	var export view.Incident
	var sitrep view.Sitrep
	var head view.Head
	p.read(&list, "list")
	p.read(&status, "status")
	p.read(&export, "export")
	p.read(&sitrep, "sitrep")
	p.read(&head, "head")
	for name, got := range map[string]view.Head{"list": *list[0].Head, "status": status.Head, "export": export.Head, "sitrep": sitrep.Head, "head": head} {
		if name == "list" { // its id stands before its head
			got.ID = view.Text(list[0].ID)
		}
		if !got.Opened.Equal(opened) || got.Detected == nil || !got.Detected.Equal(opened.Add(-3*time.Hour)) {
			t.Errorf("%s: opened %s, detected %v; want %s and three hours before", name, got.Opened, got.Detected, opened)
		}
		if told, want := say(got), say(head); told != want {
			t.Errorf("%s says %s, and head %s", name, told, want)
		}
	}
	var entry view.Entry
	p.read(&entry, "note", "one more")
	if entry.By != "Ada" || entry.Text != "one more" || entry.What != `note — "one more"` {
		t.Errorf("%+v", entry)
	}
	p.read(&export, "export")
	if last := export.Timeline[len(export.Timeline)-1]; say(last) != say(entry) {
		t.Errorf("export says %s, and the command %s", say(last), say(entry))
	}
	if *status.Tally != export.Tally.Tally || *sitrep.Tally != *status.Tally {
		t.Errorf("tallies %+v, %+v, %+v", *status.Tally, export.Tally.Tally, *sitrep.Tally)
	}
}

// say is a value in words that can be compared.
func say(v any) string {
	switch v := v.(type) {
	case view.Head:
		detected := v.Detected.UTC()
		v.Detected = nil
		return fmt.Sprintf("%+v, %s", v, detected)
	case view.Entry:
		data := string(v.Data)
		v.Data = nil
		return fmt.Sprintf("%+v, %s", v, data)
	}
	return fmt.Sprint(v)
}

// With names withheld the procedure stays. With the runbook too, what is not known is null,
// and not none; the TLP marking and the deadlines are known.
func TestNamesWithheldIsNotNone(t *testing.T) {
	p := newPlay(t)
	p.run("start", "ransomware", "--detected", "-3h")
	p.run("clock", "start", "nis2-early-warning", "--why", "we are essential")
	if kept := p.run("export", "--format", "json", "--withhold", "names"); strings.Contains(kept, `"steps": null`) || strings.Contains(kept, "Ada") {
		t.Error("names alone are withheld, and the steps are gone, or Ada is named")
	}
	exported := p.run("export", "--format", "json", "--withhold", "names,runbook")
	for _, want := range []string{`"tally": null`, `"steps": null`, `"phases": null`, `"services": null`, `"roles": null`, `"contacts": null`, `"tlp": "AMBER"`} {
		if !strings.Contains(exported, want) {
			t.Errorf("the export does not say %s", want)
		}
	}
	var inc view.Incident
	p.read(&inc, "export", "--withhold", "names")
	started := 0
	for _, c := range inc.Clocks {
		if c.Started != nil {
			started++
			if c.StartedBy != "(withheld)" || c.Due.Known() == nil {
				t.Errorf("%+v", c)
			}
		}
	}
	if started == 0 {
		t.Errorf("no clock of %d is known", len(inc.Clocks))
	}
	if strings.Contains(exported, "Ada") {
		t.Error("the export names Ada")
	}
	says(t, p.run("export", "--withhold", "names"), "| Sharing | **TLP:AMBER** |", "NIS2")
	says(t, p.run("export", "--withhold", "names", "--format", "csv"), ",AMBER,")
	// Whoever has only the copy knows neither. Without the runbook for its own sake there
	// are no clocks, and none that an answer started which is withheld.
	copied := p.file("copy.jsonl", "")
	p.run("export", "--format", "jsonl", "--withhold", "names,runbook", "-o", copied, "--force")
	for _, lines := range []string{p.run("export", copied, "--format", "json"), p.run("export", "--withhold", "runbook", "--format", "json"), p.run("export", "--withhold", "names,notes,runbook", "--format", "json")} {
		if !strings.Contains(lines, `"clocks": null`) {
			t.Error("clocks are known that stand in a runbook that is withheld")
		}
	}
	says(t, p.run("export", copied, "--format", "json"), `"tlp": null`)
}
