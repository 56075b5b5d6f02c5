package proof

import (
	"bytes"
	"context"
	"fmt"
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

// check is what muster verify makes of a file: whether its integrity is broken, and
// whether the head that a witness was told is in it.
func check(content []byte, told state.Hash) (broken, has bool) {
	_, _, err := filelog.Verify(context.Background(), bytes.NewReader(content), int64(len(content)), func(e state.Entry) {
		has = has || e.Hash == told
	})
	return err != nil, has
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
		_, line, err := state.Seal(e)
		if err != nil {
			panic(err)
		}
		l[i] = append(bytes.Clone(line.Bytes), '\n')
	}
	return l
}

// TestTampering prints the table of what people do to logs: how many changed logs
// muster verify finds by themselves, and how many with the head that one witness was
// told. A sample of them goes through the real muster, which must say the same.
func TestTampering(t *testing.T) {
	const entries = 200
	original, roll := newLog(entries), dice(t)
	told := original.head()
	if broken, has := check(original.bytes(), told); broken || !has {
		t.Fatal("the log that nobody changed is found broken")
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "tried\tfound alone\tfound with one head\tmissed\tby the real muster\t  tampering\t")
	for _, tampering := range tamperings {
		tried, alone, with, real := 0, 0, 0, 0
		tampering.each(original, roll, func(changed []byte) {
			broken, has := check(changed, told)
			tried++
			alone += count(broken)
			with += count(broken || !has)
			if !broken && has {
				t.Errorf("%s: missed: %s", tampering.how, difference(original.bytes(), changed))
			}
			if !broken && !tampering.hides {
				t.Errorf("%s: not found without a head: %s", tampering.how, difference(original.bytes(), changed))
			}
			if roll.IntN(sampling(tampering.how)) == 0 {
				real++
				agree(t, changed, told, broken)
			}
		})
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t  %s\t\n", tried, alone, with, tried-with, real, tampering.how)
	}
	w.Flush()
	fmt.Printf("a log of %d entries, %d bytes\n%s", entries, len(original.bytes()), b.String())
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
	path := filepath.Join(t.TempDir(), "log.jsonl")
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	alone := exec.Command(binary(t), "verify", path)
	out, err := alone.CombinedOutput()
	if (err != nil) != broken || bytes.Contains(out, []byte("integrity     BROKEN")) != broken && !bytes.Contains(out, []byte("UNKNOWN from")) {
		t.Errorf("muster verify says %s, %v; broken is %v", out, err, broken)
	}
	with := exec.Command(binary(t), "verify", path, "--head", told.Code())
	if out, err := with.CombinedOutput(); err == nil {
		t.Errorf("muster verify --head finds nothing: %s", out)
	}
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

// TestReviewersLoop gives a sample of changed logs to the loop of sh, jq and
// sha256sum that the README prints: it finds what muster verify finds, and prints
// another head where that tells. (It does not look at the form of the last
// envelope, of which muster verify refuses some changes.)
func TestReviewersLoop(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("there is no jq")
	}
	loop := readmeLoop(t)
	original, roll := newLog(4), dice(t)
	told := original.head()
	if out, err := runLoop(t, loop, original.bytes()); err != nil || !strings.Contains(out, told.String()) {
		t.Fatalf("of a log that nobody changed the loop says %s, %v", out, err)
	}
	tried, alone := 0, 0
	for _, tampering := range tamperings {
		var all [][]byte
		tampering.each(original, roll, func(changed []byte) { all = append(all, bytes.Clone(changed)) })
		for range min(len(all), times(1, 8)) {
			changed := all[roll.IntN(len(all))]
			if bytes.IndexByte(changed, 0) >= 0 {
				continue // a shell's read drops zero bytes
			}
			tried++
			out, err := runLoop(t, loop, changed)
			alone += count(err != nil)
			if err == nil && (!tampering.hides || strings.Contains(out, told.String())) {
				t.Errorf("%s: %s: the loop says %s", tampering.how, difference(original.bytes(), changed), out)
			}
		}
	}
	fmt.Printf("sh, jq and sha256sum: %d changed logs tried, %d found alone, %d with one head\n", tried, alone, tried)
}

// readmeLoop is the loop that the README prints.
func readmeLoop(t *testing.T) string {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "# verify without muster\n")
	loop, _, ended := strings.Cut(rest, "```")
	if !found || !ended {
		t.Fatal("the README has no loop")
	}
	return loop
}

func runLoop(t *testing.T, loop string, content []byte) (string, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "log.jsonl"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", loop)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}
