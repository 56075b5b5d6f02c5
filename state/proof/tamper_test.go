package proof

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"muster/state"
	"muster/state/filelog"
	"muster/state/line"
	"muster/state/statetest"
)

// A log is one that is tampered with: its lines, with their newlines.
type log [][]byte

// newLog is a log of so many entries of many kinds.
func newLog(entries int) log {
	line := statetest.Opening("2026-11-24-amber-heron")
	made := log{append(bytes.Clone(line.Bytes), '\n')}
	for n := 1; n < entries; n++ {
		step := state.StepRef{Step: fmt.Sprint("step-", n%7)}
		line = statetest.Next(statetest.Head(line), []state.Data{
			&state.NoteAdded{Text: fmt.Sprintf("The helpdesk has %d calls — \"too many\"", n)},
			&state.StepStarted{StepRef: step},
			&state.StepDone{StepRef: step, Note: "wie besprochen <ok> 😀", Values: map[string]string{"bridge": "+44 20 555 0100"}},
			&state.ServiceSet{Service: "gisis", State: state.ServiceStates()[n%7], Why: "seen from outside"},
			&state.EvidenceAdded{Name: "note.txt", SHA256: state.Sum([]byte{byte(n)}), Size: int64(n)},
			&state.EntryRetracted{Seq: uint64(n), Why: "wrong step"},
		}[n%6])
		made = append(made, append(bytes.Clone(line.Bytes), '\n'))
	}
	return made
}

func (l log) bytes() []byte { return bytes.Join(l, nil) }

// head is the head that a witness was told.
func (l log) head() state.Hash {
	e, err := state.Decode(bytes.TrimSuffix(l[len(l)-1], []byte("\n")))
	if err != nil {
		panic(err)
	}
	return e.Hash
}

// check is what muster verify makes of such content in the file at path: whether its integrity is
// broken, and whether the head that a witness was told is in it.
func check(t *testing.T, path string, content []byte, told state.Hash) (broken, has bool) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := filelog.File(path).Verify(t.Context(), func(e state.Entry) {
		has = has || e.Hash == told
	})
	return err != nil || report.Damage != nil, has
}

// A tampering is one way to change a log.
type tampering struct {
	how   string
	hides bool // a log alone cannot show it
	// each yields changed logs, one after another; each may be read until the next.
	each func(l log, roll *rand.Rand, yield func([]byte))
}

// every is how densely the short form samples what the long form tries all of.
func every(n int) int { return times(n, 1) }

var tamperings = []tampering{
	{"one byte changed, not in the last entry", false, func(l log, roll *rand.Rand, yield func([]byte)) {
		changeBytes(l, 0, len(l.bytes())-len(l[len(l)-1]), every(61), roll, yield)
	}},
	{"one byte changed in the last entry's content", false, func(l log, roll *rand.Rand, yield func([]byte)) {
		last := len(l.bytes()) - len(l[len(l)-1])
		changeBytes(l, last+contentOf(l[len(l)-1]), len(l.bytes()), 1, roll, yield)
	}},
	{"one byte changed in the last entry's envelope", true, func(l log, roll *rand.Rand, yield func([]byte)) {
		last := len(l.bytes()) - len(l[len(l)-1])
		changeBytes(l, last, last+contentOf(l[len(l)-1]), 1, roll, yield)
	}},
	{"one byte taken out", false, func(l log, _ *rand.Rand, yield func([]byte)) {
		all := l.bytes()
		for at := 0; at < len(all)-len(l[len(l)-1]); at += times(97, 7) {
			yield(slices.Delete(bytes.Clone(all), at, at+1))
		}
	}},
	{"one byte put in", false, func(l log, roll *rand.Rand, yield func([]byte)) {
		all := l.bytes()
		for at := 0; at < len(all)-len(l[len(l)-1]); at += times(97, 7) {
			yield(slices.Insert(bytes.Clone(all), at, byte(roll.IntN(256))))
		}
	}},
	{"a line deleted, not the last", false, eachLine(1, func(l log, i int) log { return slices.Delete(l, i, i+1) })},
	{"a line doubled", false, eachLine(0, func(l log, i int) log { return slices.Insert(l, i, l[i]) })},
	{"a line swapped with the next", false, eachLine(1, func(l log, i int) log { l[i], l[i+1] = l[i+1], l[i]; return l })},
	{"any two lines swapped", false, func(l log, roll *rand.Rand, yield func([]byte)) {
		for range times(200, 5000) {
			i, j := roll.IntN(len(l)), roll.IntN(len(l))
			if i != j {
				changed := slices.Clone(l)
				changed[i], changed[j] = l[j], l[i]
				yield(changed.bytes())
			}
		}
	}},
	{"a line written anew, with its hashes, not the last", false, eachLine(1, func(l log, i int) log { return l.rewrite(i, i+1) })},
	{"all lines from one on written anew, with their hashes", true, eachLine(0, func(l log, i int) log { return l.rewrite(i, len(l)) })},
	{"the end cut off behind a line", true, eachLine(0, func(l log, i int) log { return l[:max(i, 1)] })},
	{"the end cut off within a line", true, eachLine(0, func(l log, i int) log {
		if i == 0 {
			return l[:1]
		}
		return append(l[:i:i], l[i][:len(l[i])*2/3])
	})},
}

// changeBytes changes the bytes from one offset to another, one at a time, each by
// a bit and, if there are few, to a random value too.
func changeBytes(l log, from, to, step int, roll *rand.Rand, yield func([]byte)) {
	all := l.bytes()
	for at := from; at < to; at += step {
		was := all[at]
		all[at] = was ^ 1<<roll.IntN(8)
		yield(all)
		if to-from < 1000 {
			all[at] = was + byte(1+roll.IntN(255))
			yield(all)
		}
		all[at] = was
	}
}

// contentOf is where a line's content begins.
func contentOf(line []byte) int { return bytes.Index(line, []byte(`,"d":`)) }

// eachLine changes each line, but so many at the end.
func eachLine(but int, change func(l log, i int) log) func(log, *rand.Rand, func([]byte)) {
	return func(l log, _ *rand.Rand, yield func([]byte)) {
		for i := range len(l) - but {
			yield(change(slices.Clone(l), i).bytes())
		}
	}
}

// rewrite writes the lines from one to another anew, with a note that says something
// else, as somebody does who knows how the hashes are made.
func (l log) rewrite(from, to int) log {
	for i := from; i < to; i++ {
		e, err := state.Decode(bytes.TrimSuffix(l[i], []byte("\n")))
		if err != nil {
			panic(err)
		}
		if i > from {
			before, _ := state.Decode(bytes.TrimSuffix(l[i-1], []byte("\n")))
			e.Prev = before.Hash
		} else {
			e.By.Name = "Eve"
		}
		if e.Data == nil { // withheld
			e.Data = &state.Unknown{Name: e.Kind, Raw: []byte(`{}`)}
		}
		_, line, err := state.Seal(e)
		if err != nil {
			panic(err)
		}
		l[i] = append(bytes.Clone(line.Bytes), '\n')
	}
	return l
}

// without is a copy of the log from which parts are withheld.
func (l log) without(parts state.Parts) log {
	copied := make(log, 0, len(l))
	for _, line := range l {
		less, _, err := state.Withhold(bytes.TrimSuffix(line, []byte("\n")), parts)
		if err != nil {
			panic(err)
		}
		copied = append(copied, append(bytes.Clone(less), '\n'))
	}
	return copied
}

// A tampered is a kind of log that is tampered with.
type tampered struct {
	what string
	log  log
}

// tamperedWith are a log and a copy of it without names and notes.
func tamperedWith(entries int) []tampered {
	original := newLog(entries)
	return []tampered{
		{"whole", original},
		{"redacted", original.without(state.PartsOf(state.Names, state.Notes))},
	}
}

// TestTampering prints the table of what people do to logs, and to copies without
// names and notes: how many changed logs muster verify finds by themselves, and how
// many with the head that one witness was told. A sample of them goes through the real
// muster, which must say the same. To withhold is no tampering: the head stays.
func TestTampering(t *testing.T) {
	entries := times(60, 200)
	roll := dice(t)
	logs := tamperedWith(entries)
	told := logs[0].log.head()
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "tried\tfound alone\tfound with one head\tmissed\tby the real muster\t  log\t  tampering\t")
	for _, of := range logs {
		fmt.Printf("a %s log of %d entries, %d bytes\n", of.what, entries, len(of.log.bytes()))
		verifies(t, of, told)
		for _, tampering := range tamperings {
			tamper(t, w, of, tampering, told, roll)
		}
	}
	w.Flush()
	fmt.Print(b.String())
}

// verifies wants a log that nobody changed to be found good, with the head, and to be
// said to be withheld from if it is.
func verifies(t *testing.T, of tampered, told state.Hash) {
	t.Helper()
	if broken, has := check(t, writeLog(t, nil), of.log.bytes(), told); broken || !has {
		t.Fatalf("the %s log that nobody changed is found broken", of.what)
	}
	out, err := exec.Command(binary(t), "verify", writeLog(t, of.log.bytes()), "--head", told.Code()).CombinedOutput()
	if err != nil || bytes.Contains(out, fmt.Appendf(nil, "withheld: names, notes, runbook, of %d entries", len(of.log))) != (of.what == "redacted") {
		t.Errorf("of a %s log muster verify says %s, %v", of.what, out, err)
	}
}

// tamper changes a log in one way, and writes a row of the table.
func tamper(t *testing.T, table io.Writer, of tampered, tampering tampering, told state.Hash, roll *rand.Rand) {
	t.Helper()
	tried, alone, with, real := 0, 0, 0, 0
	original, path := of.log.bytes(), writeLog(t, nil)
	tampering.each(of.log, roll, func(changed []byte) {
		broken, has := check(t, path, changed, told)
		tried++
		alone += count(broken)
		with += count(broken || !has)
		if !broken && has {
			t.Errorf("%s, %s: missed: %s", of.what, tampering.how, difference(original, changed))
		}
		if !broken && !tampering.hides {
			t.Errorf("%s, %s: not found without a head: %s", of.what, tampering.how, difference(original, changed))
		}
		if roll.IntN(sampling(tampering.how)) == 0 {
			real++
			agree(t, changed, told, broken)
		}
	})
	fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t  %s\t  %s\t\n", tried, alone, with, tried-with, real, of.what, tampering.how)
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// sampling is of how many changed logs one goes through the real muster.
func sampling(how string) int {
	switch {
	case !strings.Contains(how, "byte"):
		return times(100, 10)
	case strings.Contains(how, "last entry's"):
		return times(300, 30)
	}
	return times(1000, 2000)
}

// agree wants the real muster to say of a changed log what check says.
func agree(t *testing.T, changed []byte, told state.Hash, broken bool) {
	t.Helper()
	path := writeLog(t, changed)
	alone := exec.Command(binary(t), "verify", path)
	out, err := alone.CombinedOutput()
	torn := bytes.Contains(out, []byte("integrity     GOOD up to entry")) // which is not plainly good
	// A copy that is written anew as if nothing were withheld contradicts itself, for its
	// runbook's text is gone and the text's hash is not: whoever forges so is found alone.
	contradicts := bytes.Contains(out, []byte("consistency   BROKEN"))
	if (err != nil) != (broken || torn || contradicts) || bytes.Contains(out, []byte("integrity     BROKEN")) != broken && !bytes.Contains(out, []byte("UNKNOWN from")) {
		t.Errorf("muster verify says %s, %v; broken is %v", out, err, broken)
	}
	with := exec.Command(binary(t), "verify", path, "--head", told.Code())
	if out, err := with.CombinedOutput(); err == nil {
		t.Errorf("muster verify --head finds nothing: %s", out)
	}
}

// writeLog writes a log to a file of its own.
func writeLog(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// difference shows where two texts part.
func difference(a, b []byte) string {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	around := func(s []byte) []byte { return s[max(0, at-20):min(len(s), at+20)] }
	return fmt.Sprintf("byte %d: %q, was %q", at, around(b), around(a))
}

// TestReviewersLoop gives a sample of changed logs, and of changed copies without
// names and notes, to the loop of sh, jq and sha256sum that is handed out: it
// finds what muster verify finds, and prints another head where that tells. (It does
// not look at the form of the last envelope, of which muster verify refuses some
// changes.)
func TestReviewersLoop(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("there is no jq")
	}
	loop, roll := line.VerifySh(), dice(t)
	logs := tamperedWith(4)
	told := logs[0].log.head()
	logs = append(logs, tampered{"withheld", logs[0].log.without(state.AllParts)})
	for _, of := range logs {
		if out, err := runLoop(t, loop, of.log.bytes()); err != nil || !strings.Contains(out, told.String()) {
			t.Fatalf("of a %s log that nobody changed the loop says %s, %v", of.what, out, err)
		}
		tried, alone := 0, 0
		for _, tampering := range tamperings {
			var all [][]byte
			tampering.each(of.log, roll, func(changed []byte) { all = append(all, bytes.Clone(changed)) })
			for range min(len(all), times(1, 8)) {
				changed := all[roll.IntN(len(all))]
				tried++
				out, err := runLoop(t, loop, changed)
				alone += count(err != nil)
				if err == nil && (!tampering.hides || strings.Contains(out, told.String())) {
					t.Errorf("%s, %s: %s: the loop says %s", of.what, tampering.how, difference(of.log.bytes(), changed), out)
				}
			}
		}
		fmt.Printf("sh, jq and sha256sum: %d changed logs, %s, tried, %d found alone, %d with one head\n", tried, of.what, alone, tried)
	}
}

func runLoop(t *testing.T, loop string, content []byte) (string, error) {
	t.Helper()
	cmd := exec.Command("sh", "-c", loop)
	cmd.Dir = filepath.Dir(writeLog(t, content))
	out, err := cmd.CombinedOutput()
	return string(out), err
}
