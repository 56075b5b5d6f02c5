package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
)

func TestParseFormat(t *testing.T) {
	for _, format := range export.Formats() {
		if got, err := export.ParseFormat(strings.ToUpper(string(format))); got != format || err != nil {
			t.Errorf("%s: %s, %v", format, got, err)
		}
	}
	if _, err := export.ParseFormat("pdf"); err == nil || !strings.Contains(err.Error(), "md, html, json, csv, xlsx, jsonl") {
		t.Errorf("pdf: %v", err)
	}
}

func TestWriteRefuses(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	for _, c := range []struct {
		inc    *state.Incident
		format export.Format
		want   string
	}{
		{nil, export.JSON, "nothing to export"},
		{new(state.Incident), export.Markdown, "nothing to export"},
		{inc, export.Lines, "cannot be made"},
		{inc, "pdf", "There is no format"},
	} {
		if err := export.Write(new(bytes.Buffer), c.inc, c.format, export.Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.format, err, c.want)
		}
	}
}

// A fullDisk takes some bytes and then fails.
type fullDisk struct{ room int }

var errFull = errors.New("no space left on device")

func (d *fullDisk) Write(p []byte) (int, error) {
	if len(p) > d.room {
		return d.room, errFull
	}
	d.room -= len(p)
	return len(p), nil
}

func TestWriteTellsOfAFullDisk(t *testing.T) {
	s := story(t, state.Live, strings.Repeat(" long", 2000))
	for _, format := range []export.Format{export.Markdown, export.JSON, export.CSV} {
		if err := export.Write(&fullDisk{room: 5000}, s.incident(), format, export.Options{}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", format, err)
		}
	}
	if _, err := export.WriteLines(&fullDisk{room: 5000}, each(s.lines, nil)); !errors.Is(err, errFull) {
		t.Errorf("lines: %v", err)
	}
}

// The same log gives the same bytes, however the incident was computed.
func TestSameLogSameBytes(t *testing.T) {
	s := story(t, state.Drill, hostileFlavour)
	for _, format := range []export.Format{export.Markdown, export.JSON, export.CSV} {
		want := written(t, s.inc, format, export.Options{})
		for range 3 {
			if got := written(t, s.incident(), format, export.Options{}); got != want {
				t.Errorf("%s differs", format)
			}
		}
	}
}

func TestDamageIsSaidAtTheTop(t *testing.T) {
	opts := export.Options{Damage: &state.Damage{Line: 30, Seq: 30, What: "it does *not* end in }"}}
	inc := story(t, state.Live, "").incident()
	page := written(t, inc, export.Markdown, opts)
	if at := strings.Index(page, "**WARNING: the log is damaged, and this report is incomplete.** Line 30 of the log"); at < 0 || at > 200 {
		t.Errorf("the warning stands at byte %d", at)
	}
	if r := report(t, written(t, inc, export.JSON, opts)); r.Damage == nil || r.Damage.Line != 30 || r.Damage.What != "it does *not* end in }" {
		t.Errorf("damage %+v", r.Damage)
	}
}

// each yields lines, and then err if there is one.
func each(lines [][]byte, err error) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, line := range lines {
			if !yield(line, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func TestWriteLines(t *testing.T) {
	s := story(t, state.Live, hostileFlavour)
	var out bytes.Buffer
	head, err := export.WriteLines(&out, each(s.lines, nil))
	if want := append(bytes.Join(s.lines, []byte("\n")), '\n'); err != nil || head != s.inc.Head || !bytes.Equal(out.Bytes(), want) {
		t.Errorf("head %v, %v, and %d bytes of %d", head, err, out.Len(), len(want))
	}
	broken := errors.New("the disk is gone")
	if head, err := export.WriteLines(&out, each(s.lines[:4], broken)); head.Seq != 4 || !errors.Is(err, broken) {
		t.Errorf("after entry %d: %v", head.Seq, err)
	}
	var damage *state.Damage
	missing := append(append([][]byte{}, s.lines[:9]...), s.lines[10:]...)
	if _, err := export.WriteLines(&out, each(missing, nil)); !errors.As(err, &damage) || damage.Line != 10 {
		t.Errorf("without line 10: %v", err)
	}
	if _, err := export.WriteLines(&out, each(nil, nil)); err == nil {
		t.Error("an empty log is exported")
	}
	out.Reset()
	if err := export.CopyLines(&out, each(s.lines, broken)); !errors.Is(err, broken) || !strings.Contains(err.Error(), fmt.Sprintf("after entry %d", len(s.lines))) || !bytes.Equal(out.Bytes(), append(bytes.Join(s.lines, []byte("\n")), '\n')) {
		t.Errorf("a copy of %d bytes, and %v", out.Len(), err)
	}
	if err := export.CopyLines(&fullDisk{room: 5000}, each(s.lines, nil)); !errors.Is(err, errFull) {
		t.Errorf("a copy onto a full disk: %v", err)
	}
	if err := export.CopyLines(&out, each(nil, nil)); err == nil {
		t.Error("an empty log is copied")
	}
}

// The loop that the report gives a reviewer finds what it should.
func TestVerifyLoop(t *testing.T) {
	for _, tool := range []string{"sh", "jq", "sha256sum", "cut"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not here", tool)
		}
	}
	s := story(t, state.Live, hostileFlavour)
	page := written(t, s.incident(), export.Markdown, export.Options{})
	blocks := strings.Split(page, "```sh\n")
	loop, _, _ := strings.Cut(blocks[len(blocks)-1], "```")
	if !strings.Contains(page, fmt.Sprintf("%d entries, head %s\n", len(s.lines), s.inc.Head.Hash)) {
		t.Error("the report does not say what the loop must print")
	}
	lines := s.lines[:8] // a process a hash: a whole log takes long
	says := func(n int) string { return fmt.Sprintf("%d entries, head %s\n", n, s.inc.Log[n-1].Hash) }
	without := func(parts state.Parts) []byte {
		line, _, err := state.Withhold(lines[6], parts)
		if err != nil {
			t.Fatal(err)
		}
		return line
	}
	part := without(state.PartsOf(state.Notes))
	whole := without(state.AllParts)
	edit := func(line []byte, from, to string) []byte {
		if !bytes.Contains(line, []byte(from)) {
			t.Fatalf("%s is not in %s", from, line)
		}
		return bytes.Replace(line, []byte(from), []byte(to), 1)
	}
	moved := edit(lines[6], `"recorded":"2026`, `"recorded":"2025`)
	for name, c := range map[string]struct {
		lines [][]byte
		want  string
	}{
		"good":            {lines, says(8)},
		"a part changed":  {with(lines, 6, edit(lines[6], "two servers", "ten servers")), "line 7 is wrong\n"},
		"names changed":   {with(lines, 6, edit(lines[6], `"Ben"`, `"Bea"`)), "line 7 is wrong\n"},
		"a fact changed":  {with(lines, 6, edit(lines[6], `"step":"look"`, `"step":"leak"`)), "line 7 is wrong\n"},
		"a time changed":  {with(lines, 6, moved), "line 8 is wrong\n"},
		"part withheld":   {with(lines, 6, part), says(8)},
		"all withheld":    {with(lines, 6, whole), says(8)},
		"a part dropped":  {with(lines, 6, edit(part, `,"notes":null}}`, `}}`)), "line 7 is wrong\n"},
		"a part invented": {with(lines, 6, edit(part, `,"notes":null}}`, `,"notes":null,"runbook":null}}`)), "line 7 is wrong\n"},
		"another's part":  {with(lines, 6, edit(part, `"notes":null`, `"notes":{"salt":"AAAAAAAAAAAAAAAAAAAAAA","data":{"text":"x"}}`)), "line 7 is wrong\n"},
		"lost":            {append(append([][]byte{}, lines[:6]...), lines[7:]...), "line 7 is wrong\n"},
		"cut off":         {lines[:5], says(5)},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "log.jsonl"), append(bytes.Join(c.lines, []byte("\n")), '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		command := exec.Command("sh", "-c", loop)
		command.Dir = dir
		if out, err := command.CombinedOutput(); (err != nil) != strings.Contains(c.want, "wrong") || string(out) != c.want {
			t.Errorf("%s: %v, and it says %q, want %q", name, err, out, c.want)
		}
	}
}

// with is lines with another one at i.
func with(lines [][]byte, i int, line []byte) [][]byte {
	lines = append([][]byte{}, lines...)
	lines[i] = line
	return lines
}

// bigIncident has n entries over a runbook of 200 steps.
func bigIncident(tb testing.TB, n int) *scribe {
	var b strings.Builder
	b.WriteString("title = \"Big\"\n[[service]]\nid = \"gisis\"\ntitle = \"GISIS\"\n")
	for i := range 200 {
		if i%20 == 0 {
			fmt.Fprintf(&b, "[[phase]]\nid = \"p%d\"\ntitle = \"Phase %d\"\n", i, i)
		}
		fmt.Fprintf(&b, "[[phase.step]]\nid = \"s%d\"\ntitle = \"Step %d\"\n", i, i)
	}
	s := &scribe{tb: tb, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("big", b.String())})
	for i := 0; len(s.lines) < n; i++ {
		step := fmt.Sprintf("s%d", i%200)
		if i >= 200 {
			s.do("Ben", state.ReopenStep{Step: step, Why: "again"})
		}
		s.do("Ben", state.StartStep{Step: step})
		s.do("Ada", state.AddNote{Step: step, Text: "port 1433 refuses connections from both sites"})
		s.do("Ben", state.DoStep{Step: step, Note: "done as written"})
	}
	return s
}

func BenchmarkWrite(b *testing.B) {
	s := bigIncident(b, 100_000)
	for _, format := range []export.Format{export.Markdown, export.JSON, export.CSV} {
		b.Run(string(format), func(b *testing.B) {
			b.ReportAllocs()
			var size counter
			for b.Loop() {
				size = 0
				if err := export.Write(&size, s.inc, format, export.Options{Program: program}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(size))
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(s.lines)), "ns/entry")
		})
	}
	b.Run("jsonl", func(b *testing.B) {
		var size counter
		for b.Loop() {
			size = 0
			if _, err := export.WriteLines(&size, each(s.lines, nil)); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(int64(size))
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(s.lines)), "ns/entry")
	})
}

// A counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// TestReportSaysWhatContradicts: what the log contradicts itself in stands before all that
// repeats it, and nothing of the kind stands in the report of a log that does not.
func TestReportSaysWhatContradicts(t *testing.T) {
	s := story(t, state.Live, "")
	if page := written(t, s.incident(), export.Markdown, export.Options{}); strings.Contains(page, "contradicts itself") {
		t.Error("a log that is right is said to contradict itself")
	}
	inc := s.incident()
	for i := range inc.Log {
		if data, ok := inc.Log[i].Data.(*state.HeadWitnessed); ok {
			other := *data
			other.Head = state.Sum([]byte("another"))
			inc.Log[i].Data = &other
			page := written(t, inc, export.Markdown, export.Options{})
			before, _, _ := strings.Cut(page, "| This report |")
			if want := fmt.Sprintf("- entry %d: It says that %s is the head of entry %d", i+1, other.Head.Code(), other.Entry); !strings.Contains(before, want) {
				t.Errorf("the report does not begin with %q:\n%s", want, before)
			}
			return
		}
	}
	t.Fatal("nobody was told a head")
}
