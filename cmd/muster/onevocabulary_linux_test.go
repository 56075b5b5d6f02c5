package main

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestTextOfACall: case A3. What was said in a call is the entry's text on screen 5, ready to be
// changed, and the command changes the same.
func TestTextOfACall(t *testing.T) {
	called := func() *play {
		p := newPlay(t)
		p.run("start", p.file("one.toml", strings.ReplaceAll(oneBook, "SERVER", "https://gisis.example.org/")+"[[contact]]\nid = \"cert\"\ntitle = \"CERT\"\nreach = [\"tel:+441\"]\n"))
		p.run("contact", "call", "cert", "reached", "--note", "ref 4711")
		return p
	}
	one, other := called(), called()
	one.run("amend", "3", "--text", "ref 47112", "--why", "a slip")
	screen := other.keys("5 G a")
	if strings.Contains(screen, "this entry has no text") || strings.Count(screen, "ref 4711") < 2 {
		t.Errorf("the form does not have the text to be changed:\n%s", screen)
	}
	screen = other.keys("5 G a '2 tab tab 'a_slip ctrl+s wait")
	if got, want := other.lastOf(), one.lastOf(); got != want {
		t.Errorf("the command records %s\nand the screens    %s\n%s", want, got, screen)
	}
}

// TestOneVocabulary: case A4. What has one name in what status, list, log and export print says
// one thing; when it was detected, and when the log was begun, are two.
func TestOneVocabulary(t *testing.T) {
	p := newPlay(t)
	p.run("start", p.file("one.toml", strings.ReplaceAll(oneBook, "SERVER", "https://gisis.example.org/")), "--detected", "-3h")
	p.run("note", "seen by the desk")
	var status, export map[string]any
	var list []map[string]any
	p.read(&status, "status")
	p.read(&list, "list")
	lines := strings.Split(strings.TrimSpace(p.run("log", "--json")), "\n")
	var logged map[string]any
	for text, into := range map[string]*map[string]any{p.run("export", "--format", "json", "-o", "-"): &export, lines[len(lines)-1]: &logged} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	if len(list) != 1 || status["opened"] == status["detected"] || status["detected"] == nil || status["opened"] == nil {
		t.Fatalf("opened is %v and detected %v", status["opened"], status["detected"])
	}
	same := func(what string, one, other map[string]any, keys ...string) {
		t.Helper()
		for _, key := range keys {
			if one[key] == nil || !reflect.DeepEqual(one[key], other[key]) {
				t.Errorf("%s: %s is %v and %v", what, key, one[key], other[key])
			}
		}
	}
	same("status and list", status, list[0], "id", "title", "mode", "tlp", "severity", "runbook", "detected", "opened", "opened_by", "entries", "head")
	same("status and export", status, export, "id", "title", "mode", "tlp", "severity", "runbook", "detected", "opened", "opened_by", "entries", "head")
	tally, _ := status["tally"].(map[string]any)
	more, _ := export["tally"].(map[string]any)
	same("the tallies of status and export", tally, more, slices.Collect(maps.Keys(tally))...)
	last, _ := export["timeline"].([]any)
	entry, _ := last[len(last)-1].(map[string]any)
	same("log and export", logged, entry, slices.Collect(maps.Keys(entry))...)
	if entry["text"] != "seen by the desk" || entry["by"] != "Ada" {
		t.Errorf("the entry is %v", entry)
	}
}
