package main

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// What a command does not print it does not fill in: checklists and notices that loop over
// many services are no more work to it than plain ones.
func TestOnlyWhatIsPrintedIsFilledIn(t *testing.T) {
	took := func(text string) (out map[string]uint64) {
		p := newPlay(t)
		var b strings.Builder
		b.WriteString("title = 'Big'\n")
		for i := range 100 {
			fmt.Fprintf(&b, "[[service]]\nid = 's%d'\ntitle = 'S%d'\n", i, i)
		}
		b.WriteString("[[phase]]\ntitle = 'P'\n")
		for i := range 1000 {
			fmt.Fprintf(&b, "[[phase.step]]\nid = 't%d'\ntitle = 'T'\nchecklist = ['%s']\n", i, text)
		}
		for i := range 100 {
			fmt.Fprintf(&b, "[[notice]]\nid = 'n%d'\ntitle = 'N'\ntext = '%s'\n", i, text)
		}
		p.vars["MUSTER_INCIDENT"] = strings.TrimSpace(p.run("start", p.file("big.toml", b.String())))
		out = make(map[string]uint64)
		for _, command := range []string{"status", "sitrep", "notice"} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p.run(command)
			runtime.ReadMemStats(&after)
			out[command] = after.TotalAlloc - before.TotalAlloc
		}
		return out
	}
	plain := took("a line")
	for command, bytes := range took("{{ range .Services.All }}{{ . }} {{ $.Org }} {{ end }}") {
		if bytes > plain[command]*5/4 {
			t.Errorf("%s takes %d bytes of memory where lines loop, and %d where they do not", command, bytes, plain[command])
		}
	}
}
