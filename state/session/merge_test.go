package session_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
	"muster/state/statetest"
)

// linesOf are an incident's lines, as they lie.
func linesOf(t *testing.T, inc *state.Incident) iter.Seq2[[]byte, error] {
	t.Helper()
	return func(yield func([]byte, error) bool) {
		for _, e := range inc.Log {
			_, line, err := state.Seal(e)
			if !yield(line.Bytes, err) {
				return
			}
		}
	}
}

// forked is a second log of the session's incident, in a store of its own, in which Ben
// goes on.
func forked(t *testing.T, s *session.Session, clock session.Clock) (*session.Session, *statetest.Mem) {
	t.Helper()
	store, inc := statetest.NewMem(), s.Incident()
	var log state.Log
	for i, e := range inc.Log {
		_, line, err := state.Seal(e)
		must(t, err)
		if i == 0 {
			log, err = store.Create(t.Context(), inc.ID, line)
		} else {
			err = log.Append(t.Context(), line)
		}
		must(t, err)
	}
	must(t, log.Close())
	branch, err := session.Open(t.Context(), store, inc.ID, false, config("Ben", clock))
	must(t, err)
	return branch, store
}

// branchOf is what is merged of a session's log.
func branchOf(t *testing.T, s *session.Session) session.Branch {
	return session.Branch{
		Incident: s.Incident(), Source: "ssh://ben", Lines: linesOf(t, s.Incident()),
		Evidence: func(context.Context, state.Hash) (io.ReadCloser, error) { return nil, state.ErrNoFile },
	}
}

// mergeOne merges one branch.
func mergeOne(t *testing.T, base *session.Session, branch session.Branch) (session.Merged, error) {
	t.Helper()
	merged, err := base.Merge(t.Context(), []session.Branch{branch}, state.Action{})
	if err != nil {
		return session.Merged{}, err
	}
	if len(merged) != 1 {
		t.Fatalf("of one branch %d things came", len(merged))
	}
	return merged[0], nil
}

// apart is a log with a note, and another of the same incident in which Ben has started a
// step and kept a file.
func apart(t *testing.T) (base, branch *session.Session, clock *hand) {
	t.Helper()
	clock = newHand()
	base = start(t, statetest.NewMem(), clock)
	note(t, base, "before")
	branch, _ = forked(t, base, clock)
	clock.pass(time.Minute)
	_, err := branch.Do(t.Context(), state.Action{Command: state.StartStep{Step: "a"}})
	must(t, err)
	_, err = branch.Do(t.Context(), state.Action{Command: state.AddEvidence{Name: "x.txt", SHA256: state.Sum([]byte("x")), Size: 1}})
	must(t, err)
	clock.pass(time.Minute)
	note(t, base, "meanwhile")
	return base, branch, clock
}

// TestMergeTakesOverWhatTheLogLacks: each entry with where it was recorded, behind those
// that the log has; the branch's own lines are kept, and the entry that says so is the last.
// A second time there is nothing to do.
func TestMergeTakesOverWhatTheLogLacks(t *testing.T) {
	base, branch, _ := apart(t)
	before := len(base.Incident().Log)
	merged, err := mergeOne(t, base, branchOf(t, branch))
	must(t, err)
	inc := base.Incident()
	if merged.Incident != inc || merged.Entry != inc.Head.Seq || inc.Log[merged.Entry-1].Kind != state.KindLogMerged {
		t.Fatalf("merged as entry %d: %s", merged.Entry, kinds(inc))
	}
	if want := " evidence.added session.opened step.started evidence.added log.merged"; !strings.HasSuffix(kinds(inc), want) {
		t.Errorf("the log has %s", kinds(inc))
	}
	if inc.Step("a").Status != state.Active || inc.Step("a").By != "Ben" {
		t.Errorf("the step is %s by %s", inc.Step("a").Status, inc.Step("a").By)
	}
	started := inc.Log[before+2]
	if started.Origin == nil || started.Origin.Seq != branch.Incident().Log[len(branch.Incident().Log)-2].Seq || started.By.Name != "Ben" {
		t.Errorf("where it was recorded is %+v", started.Origin)
	}
	if len(merged.Missing) != 1 || merged.Missing[0].SHA256 != state.Sum([]byte("x")) {
		t.Errorf("the files that are missing are %+v", merged.Missing)
	}
	var lines bytes.Buffer
	for line, err := range linesOf(t, branch.Incident()) {
		must(t, err)
		lines.Write(append(line, '\n'))
	}
	kept := inc.Log[before].Data.(*state.EvidenceAdded)
	if kept.SHA256 != state.Sum(lines.Bytes()) || kept.Size != int64(lines.Len()) || kept.Name != "branch-"+branch.Incident().Head.Hash.Code()+".jsonl" {
		t.Errorf("the branch's lines are kept as %+v", kept)
	}
	again, err := mergeOne(t, base, branchOf(t, branch))
	if err != nil || again.Entry != 0 || base.Incident() != inc || again.Incident != inc {
		t.Errorf("a second time: entry %d, %v", again.Entry, err)
	}
}

// TestMergeKeepsFiles: what lies beside the branch is put beside the log, once, and only if
// it is what the entry says.
func TestMergeKeepsFiles(t *testing.T) {
	lost := errors.New("the line broke")
	for name, c := range map[string]struct {
		content string
		err     error
		want    string // what the error says; "" for none
		missing int
	}{
		"the file":      {content: "x"},
		"another file":  {content: "y", want: "is another file"},
		"no file":       {err: state.ErrNoFile, missing: 1},
		"a broken line": {err: lost, want: "the line broke"},
	} {
		t.Run(name, func(t *testing.T) {
			base, branch, _ := apart(t)
			before, asked := base.Incident(), 0
			from := branchOf(t, branch)
			from.Evidence = func(_ context.Context, sum state.Hash) (io.ReadCloser, error) {
				if asked++; sum != state.Sum([]byte("x")) {
					t.Errorf("asked for %s", sum)
				}
				return io.NopCloser(strings.NewReader(c.content)), c.err
			}
			merged, err := mergeOne(t, base, from)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) || base.Incident() != before {
					t.Fatalf("%v, and the log has %s", err, kinds(base.Incident()))
				}
				return
			}
			must(t, err)
			if asked != 1 || len(merged.Missing) != c.missing {
				t.Errorf("asked %d times, missing are %+v", asked, merged.Missing)
			}
		})
	}
}

// TestMergeRefuses: another incident's log, and a branch that grows while it is read; a
// refused merge leaves no trace.
func TestMergeRefuses(t *testing.T) {
	base, branch, clock := apart(t)
	before := base.Incident()
	other := start(t, statetest.NewMem(), clock)
	if _, err := mergeOne(t, base, branchOf(t, other)); !errors.Is(err, state.ErrForeign) {
		t.Errorf("another incident's log: %v", err)
	}
	grown := branchOf(t, branch)
	note(t, branch, "more")
	grown.Lines = linesOf(t, branch.Incident())
	if _, err := mergeOne(t, base, grown); err == nil || !strings.Contains(err.Error(), "has changed while it was read") {
		t.Errorf("a branch that grew: %v", err)
	}
	broken, lost := branchOf(t, branch), errors.New("the line broke")
	broken.Lines = func(yield func([]byte, error) bool) { yield(nil, lost) }
	if _, err := mergeOne(t, base, broken); !errors.Is(err, lost) {
		t.Errorf("a branch that cannot be read: %v", err)
	}
	if base.Incident() != before {
		t.Errorf("the log has %s", kinds(base.Incident()))
	}
}

// following is a store whose logs are copies, until somebody goes on in one.
type following struct {
	*statetest.Mem
	id   string
	left bool  // somebody has
	lost error // why GoOn fails; nil: it does not
	end  error // of what makes it a log of its own
}

type followingLog struct {
	state.Log
	of   *following
	owns bool
}

func (f *following) Open(ctx context.Context, id string, readOnly bool) (state.Log, error) {
	log, err := f.Mem.Open(ctx, id, readOnly)
	return &followingLog{log, f, f.left}, err
}

func (l *followingLog) Writable() error {
	if l.owns {
		return l.Log.Writable()
	}
	return state.ErrCopy
}

func (l *followingLog) Copy() (state.Copy, bool) {
	return state.Copy{Source: "ssh://box", Heard: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}, !l.of.left
}

func (l *followingLog) GoOn(ctx context.Context) (state.Log, func() error, error) {
	if l.of.lost != nil {
		return nil, nil, l.of.lost
	}
	log, err := l.of.Mem.Open(ctx, l.of.id, false)
	return &followingLog{log, l.of, true}, func() error {
		l.of.left = l.of.end == nil
		return l.of.end
	}, err
}

// copied is a session on a copy of an incident.
func copied(t *testing.T) (*session.Session, *following) {
	t.Helper()
	clock := newHand()
	_, mem := forked(t, start(t, statetest.NewMem(), clock), clock)
	store := &following{Mem: mem}
	ids, err := mem.List(t.Context())
	must(t, err)
	store.id = ids[0]
	s, err := session.Open(t.Context(), store, store.id, false, config("Cleo", clock))
	must(t, err)
	return s, store
}

var goOn = state.Action{Command: state.BranchLog{Source: "made up", Why: "the box is gone"}, By: "Cleo"}

// TestBranchGoesOnInACopy: nothing is recorded in a copy until somebody goes on in it; the
// entry says what it followed by the copy's own word, and the next action follows.
func TestBranchGoesOnInACopy(t *testing.T) {
	s, store := copied(t)
	if _, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "x"}}); !errors.Is(err, state.ErrCopy) {
		t.Fatalf("a note in a copy: %v", err)
	}
	inc, err := s.Branch(t.Context(), goOn)
	must(t, err)
	last := inc.Log[len(inc.Log)-1]
	data, is := last.Data.(*state.LogBranched)
	if !is || data.Source != "ssh://box" || !data.Heard.Equal(time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)) || data.Why != "the box is gone" || last.By.Name != "Cleo" {
		t.Fatalf("the last entry is %s %+v by %s", last.Kind, last.Data, last.By.Name)
	}
	if !store.left || s.Writable() != nil || s.Person() != "Cleo" {
		t.Errorf("left %v, writable %v, by %s", store.left, s.Writable(), s.Person())
	}
	note(t, s, "we go on")
	if _, err := s.Branch(t.Context(), goOn); !errors.Is(err, session.ErrNoCopy) {
		t.Errorf("a second time: %v", err)
	}
}

// TestBranchThatFailsLeavesACopy: what cannot be opened records nothing; what was recorded,
// but is a copy still, is brought to its end without another entry.
func TestBranchThatFailsLeavesACopy(t *testing.T) {
	s, store := copied(t)
	before := s.Incident()
	store.lost = errors.New("no lock")
	if _, err := s.Branch(t.Context(), goOn); !errors.Is(err, store.lost) || s.Incident() != before || !errors.Is(s.Writable(), state.ErrCopy) {
		t.Errorf("%v; writable %v", err, s.Writable())
	}
	store.lost, store.end = nil, errors.New("no room")
	inc, err := s.Branch(t.Context(), goOn)
	if !errors.Is(err, store.end) || inc.Log[len(inc.Log)-1].Kind != state.KindLogBranched {
		t.Errorf("%v; the log has %s", err, kinds(inc))
	}
	if err := s.Writable(); !errors.Is(err, state.ErrCopy) {
		t.Errorf("it is still a copy, and writable says %v", err)
	}
	store.end = nil
	again, err := s.Branch(t.Context(), goOn)
	if err != nil || again.Head != inc.Head || s.Writable() != nil {
		t.Errorf("brought to its end: %v, entry %d behind %d, %v", err, again.Head.Seq, inc.Head.Seq, s.Writable())
	}
}

// TestBranchNeedsACopy: a log that follows no other is none to go on in, nor is another
// command one to do it with.
func TestBranchNeedsACopy(t *testing.T) {
	own := start(t, statetest.NewMem(), newHand())
	if _, err := own.Branch(t.Context(), goOn); !errors.Is(err, session.ErrNoCopy) {
		t.Errorf("of a log: %v", err)
	}
	s, _ := copied(t)
	if _, err := s.Branch(t.Context(), state.Action{Command: state.AddNote{Text: "x"}}); !errors.Is(err, session.ErrNoCopy) {
		t.Errorf("by a note: %v", err)
	}
	if from, is := s.Copy(); !is || from.Source != "ssh://box" {
		t.Errorf("the copy is of %+v, %v", from, is)
	}
	if _, is := own.Copy(); is {
		t.Error("a log of its own is a copy")
	}
}

// TestMergeTakesSeveralBranches: what came of each is told in their order, also of one that
// has nothing that the log lacks.
func TestMergeTakesSeveralBranches(t *testing.T) {
	base, ben, clock := apart(t)
	other, _ := forked(t, base, clock)
	clock.pass(time.Minute)
	note(t, other, "of another")
	nothing := branchOf(t, base)
	merged, err := base.Merge(t.Context(), []session.Branch{branchOf(t, ben), nothing, branchOf(t, other)}, state.Action{})
	must(t, err)
	if len(merged) != 3 || merged[0].Entry == 0 || merged[1].Entry != 0 || merged[2].Entry <= merged[0].Entry || merged[2].Entry != base.Incident().Head.Seq {
		t.Fatalf("%d came: %+v", len(merged), merged)
	}
	if inc := base.Incident(); inc.Step("a").Status != state.Active || strings.Count(kinds(inc), "log.merged") != 2 {
		t.Errorf("the log has %s", kinds(inc))
	}
}

// A waiting is a clock that tells the time, once it is to wait, when something has come to pass.
type waiting struct {
	*hand
	until chan struct{} // nil for nothing
}

func (w *waiting) Now() time.Time {
	if w.until != nil {
		<-w.until
	}
	return w.hand.Now()
}

// TestARefusedBranchLeavesNothing: lines are put beside the log while the next branch is planned,
// but get no name there if that one is refused, or if a branch is not what it was.
func TestARefusedBranchLeavesNothing(t *testing.T) {
	clock, dir := &waiting{hand: newHand()}, t.TempDir()
	base := start(t, filelog.Open(dir), clock)
	ben, _ := forked(t, base, clock)
	note(t, ben, "of the branch")
	clock.pass(time.Minute)
	foreign, good, longer := branchOf(t, start(t, statetest.NewMem(), clock)), branchOf(t, ben), branchOf(t, ben)
	note(t, ben, "while it is read")
	longer.Lines = linesOf(t, ben.Incident())
	read, lines := make(chan struct{}), good.Lines
	good.Lines = func(yield func([]byte, error) bool) {
		defer close(read)
		lines(yield)
	}
	before := base.Incident().Head
	refused := func(what string, branches ...session.Branch) {
		t.Helper()
		if _, err := base.Merge(t.Context(), branches, state.Action{}); err == nil || !strings.HasPrefix(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
		kept, err := os.ReadDir(filepath.Join(dir, "incidents", base.Incident().ID, "evidence"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) || len(kept) > 0 {
			t.Errorf("%s: beside the log lie %v, %v", what, kept, err)
		}
		if base.Incident().Head != before {
			t.Errorf("%s: the log has %s", what, kinds(base.Incident()))
		}
	}
	refused("the branch has changed while it was read", longer)
	clock.until = read // so that it is planned only once the lines of the other were written
	refused(state.ErrForeign.Error(), good, foreign)
}
