// Package statetest is for tests: one suite that every [state.Store] must pass,
// generators of entries, and a store that fails on purpose.
package statetest

import (
	"fmt"
	"path/filepath"
	"time"

	"muster/runbooks"
	"muster/state"
)

// Began is the time at which every incident of this package begins. Entry n is
// recorded n-1 seconds later.
var Began = time.Date(2026, 11, 24, 2, 41, 7, 0, time.UTC)

// Opening is the first entry of an incident, sealed.
func Opening(id string) state.Line {
	text := "schema = 1\n"
	return Next(state.Head{}, &state.IncidentOpened{
		ID: id, Title: "Ransomware", Severity: runbooks.Severity("critical"), Program: "muster test",
		Runbook: state.Document{ID: "ransomware", Source: "built in", SHA256: state.Sum([]byte(text)), Text: text},
	})
}

// Note is the note that follows head, sealed.
func Note(head state.Head, text string) state.Line {
	return Next(head, &state.NoteAdded{Text: text})
}

// Next is the entry of data that follows head, sealed. It is the same each time.
func Next(head state.Head, data state.Data) state.Line {
	_, line, err := state.Seal(Entry(head, data))
	if err != nil {
		panic(fmt.Sprintf("statetest.Next of %T: %v", data, err)) // a mistake in the test
	}
	return line
}

// Entry is the entry of data that follows head, not sealed.
func Entry(head state.Head, data state.Data) state.Entry {
	return state.Entry{Seq: head.Seq + 1, Recorded: Began.Add(time.Duration(head.Seq) * time.Second), Data: data, Frame: &state.Frame{Mode: state.Live, Kind: data.Kind(), By: state.Actor{Name: "Ada", Role: "commander", Via: "local"}, Zone: "+01:00 Europe/Berlin"}, Sealing: &state.Sealing{Prev: head.Hash, Salts: state.Salts{{1, byte(head.Seq)}, {2, byte(head.Seq)}, {3, byte(head.Seq)}, {4, byte(head.Seq)}}}}
}

// Head is the head of a log that ends with line.
func Head(line state.Line) state.Head { return state.Head{Seq: line.Seq, Hash: line.Hash} }

// LogPath is where the log of an incident is kept below dir, the state directory: people
// and other programs find it there.
func LogPath(dir, id string) string { return filepath.Join(dir, "incidents", id, "log.jsonl") }
