package statetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"muster/state"
)

func (s *suite) reopen() {
	l := s.newLog(id)
	head := s.add(l, "a", "b")
	s.must(l.Close())
	again := s.open(false)
	if again.Head() != head || again.Writable() != nil || again.Mended() != nil {
		s.Errorf("reopened: head %v, Writable %v, Mended %v", again.Head(), again.Writable(), again.Mended())
	}
	s.add(again, "c")
	s.wantRead(again, 0, "open", "a", "b", "c")
}

func (s *suite) changed(l state.Log, want bool) {
	s.Helper()
	got, err := l.Changed(s.ctx)
	s.must(err)
	if want && !got {
		s.Error("Changed does not see what another wrote")
	}
	if !want && got {
		s.Log("Changed is not sure") // which it may be
	}
}

func (s *suite) twoLogs() {
	one := s.newLog(id)
	other := s.open(false)
	s.changed(other, false)
	head := s.add(one, "a")
	s.changed(one, false)
	s.changed(other, true)
	before := other.Head()
	s.is(other.Append(s.ctx, Note(before, "too late")), state.ErrConflict)
	s.wantRead(other, before.Seq, "a")
	if other.Head() != head {
		s.Errorf("having read the news, the head is %v, not %v", other.Head(), head)
	}
	s.add(other, "b")
	s.wantRead(one, head.Seq, "b")
	s.add(one, "c")
	s.wantRead(other, 0, "open", "a", "b", "c")
}

// halfRead: news that were not read to their end are still news.
func (s *suite) halfRead() {
	one := s.newLog(id)
	other := s.open(false)
	before := other.Head()
	s.add(one, "a", "b")
	for _, err := range other.Entries(s.ctx, before.Seq) {
		s.must(err)
		break
	}
	s.changed(other, true)
	if other.Head() != before {
		s.Errorf("the head has moved to %v", other.Head())
	}
	s.wantRead(other, before.Seq, "a", "b")
	s.add(other, "c")
}

// insist appends text, deciding again after each conflict.
func insist(ctx context.Context, l state.Log, text string) error {
	for {
		head := l.Head()
		err := l.Append(ctx, Note(head, text))
		if !errors.Is(err, state.ErrConflict) {
			return err
		}
		for _, err := range l.Entries(ctx, head.Seq) {
			if err != nil {
				return err
			}
		}
	}
}

func (s *suite) concurrent() {
	s.newLog(id)
	s.compete(func() state.Log { return s.open(false) })
}

func (s *suite) concurrentOneLog() {
	l := s.newLog(id)
	s.compete(func() state.Log { return l })
}

func (s *suite) compete(open func() state.Log) {
	const writers, each = 3, 20
	var all sync.WaitGroup
	var want []string
	failed := make(chan error, writers)
	for w := range writers {
		l := open()
		for n := range each {
			want = append(want, fmt.Sprintf("%d/%02d", w, n))
		}
		all.Go(func() {
			for n := range each {
				if err := insist(s.ctx, l, fmt.Sprintf("%d/%02d", w, n)); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		s.Error(err)
	}
	got := s.read(s.open(true), 0)[1:]
	slices.Sort(got)
	if !slices.Equal(got, want) {
		s.Errorf("%d entries were acknowledged, and there are %d: %q", len(want), len(got), got)
	}
}
