package proof

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// partings have people who cannot reach each other record in logs of their own, take over
// what others have as it is carried to them, and be killed at any instant, with the real
// muster. In the end each takes over all that the others have.
func partings(t *testing.T, r *row, roll *rand.Rand) {
	for range times(3, 100) {
		newParting(t, r, roll).end()
	}
}

// A parting is people with a log each, of one incident. What they were told of their notes
// is kept with the first.
type parting struct {
	sides []*scene
	roll  *rand.Rand
	life  time.Duration // of a command that is let live
}

func newParting(t *testing.T, r *row, roll *rand.Rand) *parting {
	t.Helper()
	first, began := begin(t, r, t.TempDir()), time.Now()
	first.note("from the beginning")
	p := &parting{sides: []*scene{first}, roll: roll, life: time.Since(began)}
	for range 1 + roll.IntN(3) {
		dir := filepath.Join(t.TempDir(), "state")
		if err := os.CopyFS(dir, os.DirFS(first.dir)); err != nil {
			t.Fatal(err)
		}
		p.sides = append(p.sides, &scene{T: t, row: r, dir: dir, id: first.id})
	}
	for n := range 10 + roll.IntN(10) {
		s := p.sides[roll.IntN(len(p.sides))]
		if roll.IntN(3) > 0 {
			text := fmt.Sprint("note ", n)
			p.sides[0].enter(text, p.killed(s, "note", text, "--as", fmt.Sprint("Person", n%4)).claim())
			continue
		}
		if said := p.killed(s, "merge", p.carried(p.sides[roll.IntN(len(p.sides))])); said.code > 0 {
			r.wrongly(t, "a merge says %+v", said)
		}
	}
	return p
}

// killed has a command run and kills it at a random instant; every other one is let live.
func (p *parting) killed(s *scene, args ...string) heard {
	s.Helper()
	s.row.tries++
	cmd := s.command(nil, args...)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	if p.roll.IntN(2) == 0 {
		instant(p.roll, p.life*5/4)
		_ = cmd.Process.Kill()
	}
	return s.wait(cmd)
}

// carried is a log as somebody has it who copied it: with its files, and perhaps without its
// last lines.
func (p *parting) carried(s *scene) string {
	s.Helper()
	dir := filepath.Join(s.TempDir(), "carried")
	if err := os.CopyFS(dir, os.DirFS(filepath.Dir(s.path()))); err != nil {
		s.Fatal(err)
	}
	file := filepath.Join(dir, filepath.Base(s.path()))
	content, err := os.ReadFile(file)
	if err != nil {
		s.Fatal(err)
	}
	lines := bytes.SplitAfter(content, []byte("\n"))
	lines = lines[:len(lines)-1] // what a killed process began to write is nobody's
	if p.roll.IntN(2) == 0 {
		lines = lines[:1+p.roll.IntN(len(lines))]
	}
	if err := os.WriteFile(file, bytes.Join(lines, nil), 0o600); err != nil {
		s.Fatal(err)
	}
	return file
}

// end has each take over what the others have, until there is nothing new, and looks at what
// all of them have then.
func (p *parting) end() {
	first := p.sides[0]
	first.Helper()
	for range 2 {
		p.meet()
	}
	heads := make([][]byte, len(p.sides))
	for i, s := range p.sides {
		heads[i], _ = os.ReadFile(s.path())
	}
	p.meet()
	for i, s := range p.sides {
		if now, _ := os.ReadFile(s.path()); !bytes.Equal(now, heads[i]) {
			s.row.wrongly(s.T, "those who have all do not come to rest")
		}
		s.verify()
		notes, err := notesIn(s.path())
		if err != nil {
			s.Fatal(err)
		}
		s.row.hold(s.T, &first.ledger, notes, 1) // the first note of all
	}
	p.byOthers()
}

// byOthers has those who check a log without muster look at one that others were merged into,
// and at the lines of a branch that are kept beside it.
func (p *parting) byOthers() {
	s := p.sides[0]
	s.Helper()
	python, err := exec.LookPath("python3")
	_, noJQ := exec.LookPath("jq")
	if err != nil || noJQ != nil {
		s.Log("verify.py and the loop are not tried: there is no python3, or no jq")
		return
	}
	branches, err := filepath.Glob(filepath.Join(filepath.Dir(s.path()), "evidence", "*"))
	if err != nil {
		s.Fatal(err)
	}
	paths := []string{s.path()}
	if len(branches) > 0 { // none, if the others recorded nothing
		paths = append(paths, branches[p.roll.IntN(len(branches))])
	}
	wrong := byPython(s.T, python, paths)
	for _, path := range paths {
		if by := findersOf(s.T, path, wrong); by != "nobody" {
			s.row.wrongly(s.T, "%s is found wrong by %s", path, by)
		}
	}
}

// meet has each take over what all others have.
func (p *parting) meet() {
	for _, s := range p.sides {
		args := []string{"merge"}
		for _, other := range p.sides {
			if other != s {
				args = append(args, other.path())
			}
		}
		if said := s.muster(args...); said.code != 0 {
			s.row.wrongly(s.T, "the last merge says %+v", said)
		}
	}
}

// killedCopy kills muster copy at a random instant, of a log that goes on between. The copy
// can always be brought up to date, and is then what its source is, with its files.
func killedCopy(t *testing.T, r *row, roll *rand.Rand) {
	s := begin(t, r, t.TempDir())
	began := time.Now()
	s.note("from the beginning")
	life := time.Since(began)
	dump := filepath.Join(t.TempDir(), "dump.txt")
	copied := &scene{T: t, row: r, id: s.id}
	for n := range times(12, 60) {
		if n%4 == 0 {
			copied.dir = t.TempDir()
		}
		for i := range 1 + roll.IntN(12) { // few are added one by one, many at once
			s.note(fmt.Sprint("note ", n, " ", i))
		}
		if err := os.WriteFile(dump, fmt.Append(nil, "dump ", n), 0o600); err != nil {
			t.Fatal(err)
		}
		s.muster("evidence", dump)
		for range 2 {
			r.tries++
			cmd := copied.command(nil, "copy", s.path())
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			instant(roll, life*5/4)
			_ = cmd.Process.Kill()
			copied.wait(cmd)
		}
		if said := copied.muster("copy", s.path()); said.code != 0 {
			r.wrongly(t, "the next copy says %+v", said)
		}
		one, _ := os.ReadFile(s.path())
		other, err := os.ReadFile(copied.path())
		if err != nil || !bytes.Equal(one, other) {
			r.wrongly(t, "the copy is not what its source is: %v", err)
		}
		copied.verify()
	}
	s.end()
}
