package state_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// bigBook is a runbook of n steps in ten phases.
func bigBook(n int) string {
	var b strings.Builder
	b.WriteString("title = \"Big\"\n[[service]]\nid = \"gisis\"\ntitle = \"GISIS\"\n")
	for i := range n {
		if i%(n/10) == 0 {
			fmt.Fprintf(&b, "[[phase]]\nid = \"p%d\"\ntitle = \"Phase %d\"\n", i, i)
		}
		fmt.Fprintf(&b, "[[phase.step]]\nid = \"s%d\"\ntitle = \"Step %d\"\nchecklist = [\"a\", \"b\"]\n", i, i)
		if i > 0 {
			fmt.Fprintf(&b, "needs = [\"s%d\"]\n", i-1)
		}
	}
	return b.String()
}

// bigLog makes an incident of about n entries over a runbook of steps steps.
func bigLog(tb testing.TB, steps, n int) *state.Incident {
	tb.Helper()
	inc := new(state.Incident)
	at := day
	do := func(command state.Command) {
		at = at.Add(time.Second)
		var before *state.Incident
		if inc.Head.Seq > 0 {
			before = inc
		}
		entry, err := state.Decide(before, state.Action{Command: command, Override: "go"}, state.Stamp{By: state.Actor{Name: people[inc.Head.Seq%3], Via: "local"}, Recorded: at, Zone: "+00:00 UTC"})
		if err != nil {
			tb.Fatal(err)
		}
		entry, _, err = state.Seal(entry)
		if err != nil {
			tb.Fatal(err)
		}
		if err := inc.Apply(entry); err != nil {
			tb.Fatal(err)
		}
	}
	do(state.OpenIncident{ID: "big", Mode: state.Live, Runbook: document("big", bigBook(steps))})
	for i := 0; int(inc.Head.Seq) < n; i++ {
		step := fmt.Sprintf("s%d", i%steps)
		if i >= steps {
			do(state.ReopenStep{Step: step, Why: "again"})
		}
		do(state.StartStep{Step: step})
		do(state.AddNote{Step: step, Text: "port 1433 refuses connections from both sites"})
		if i < steps {
			do(state.TickStep{Step: step, Item: 1, On: true})
		}
		do(state.DoStep{Step: step, Note: "done as written"})
	}
	return inc
}

func BenchmarkApply(b *testing.B) {
	log := bigLog(b, 200, 100_000).Log
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		inc := new(state.Incident)
		for _, e := range log {
			if err := inc.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(log))/b.Elapsed().Seconds(), "entries/s")
}

func BenchmarkReplay(b *testing.B) {
	log := bigLog(b, 200, 100_000).Log
	b.ResetTimer()
	for b.Loop() {
		_, err := state.Replay(func(yield func(state.Entry, error) bool) {
			for _, e := range log {
				if !yield(e, nil) {
					return
				}
			}
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(log))/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkDo is one action in a large incident: decide, seal, clone, apply.
func BenchmarkDo(b *testing.B) {
	inc := bigLog(b, 5000, 100_000)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		entry, err := state.Decide(inc, state.Action{Command: state.AddNote{Step: "s17", Text: "a note"}}, state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: day})
		if err != nil {
			b.Fatal(err)
		}
		entry, _, _ = state.Seal(entry)
		next := inc.Clone()
		if err := next.Apply(entry); err != nil {
			b.Fatal(err)
		}
		inc = next
	}
}

// BenchmarkTallies is what a screen needs after each entry.
func BenchmarkTallies(b *testing.B) {
	inc := bigLog(b, 5000, 20_000)
	b.ResetTimer()
	for b.Loop() {
		inc.Tallies()
		inc.Next()
	}
}

// BenchmarkMemory reports the heap that an incident of 100,000 entries keeps.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		inc := bigLog(b, 200, 100_000)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB")
		runtime.KeepAlive(inc)
	}
}
