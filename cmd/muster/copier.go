package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/state/when"
)

// Between two looks at a source that is followed, and after what silence that is said.
const (
	copyPoll    = 500 * time.Millisecond
	copySilence = 10 * time.Second
)

// A copier keeps a copy of one source.
type copier struct {
	env   *env
	store *fileStore
	what  string
	heard time.Time // when the source was heard last
	noted time.Time // what the copy says of that
	said  time.Time // when it was said last that it is silent
	told  state.Head
	// lacking are the files, by hash, that the source was said not to give.
	lacking []string
}

// once brings the copy up to date.
func (c *copier) once(ctx context.Context) (*view.Copied, error) {
	from, err := c.env.openSource(ctx, c.what)
	if err != nil {
		return nil, err
	}
	defer from.close()
	return c.take(ctx, from)
}

func (c *copier) take(ctx context.Context, from *source) (*view.Copied, error) {
	now := c.env.now()
	origin := state.Copy{Source: from.name, Heard: now.UTC().Truncate(time.Second)}
	lines := from.log.(state.Liner)
	id, followed, err := c.store.Follow(ctx, "", origin, lines.Lines(ctx, 0), true, nil)
	var strayed *strayedError
	if errors.As(err, &strayed) {
		return nil, c.alarm(ctx, id, origin, strayed, lines.Lines(ctx, 0))
	}
	if err != nil {
		return nil, err
	}
	out := &view.Copied{ID: id, Source: from.name, New: followed.New, Head: view.LogHead{Seq: followed.Head.Seq, Hash: followed.Head.Hash, Code: followed.Head.Hash.Code()}, Missing: []string{}}
	if out.Missing, err = c.files(ctx, id, from); err != nil {
		return out, err
	}
	c.heard, c.noted = now, now
	return out, c.store.SetCopy(id, origin)
}

// unchanged takes note that the source is there and has nothing new. The copy says so too, but
// is not written to at each look.
func (c *copier) unchanged(ctx context.Context, id string) {
	c.heard = c.env.now()
	was, is := c.store.Copy(id)
	if !is || c.heard.Sub(c.noted) < copySilence {
		return
	}
	c.noted, was.Heard = c.heard, c.heard.UTC().Truncate(time.Second)
	c.warn(ctx, c.store.SetCopy(id, was))
}

// alarm keeps what the source has now beside the copy, and says what is wrong.
func (c *copier) alarm(ctx context.Context, id string, origin state.Copy, strayed *strayedError, lines iter.Seq2[[]byte, error]) error {
	if _, is := c.store.Copy(id); !is {
		return fmt.Errorf("%s is a branch now, and follows nothing any more", clean.Line(id))
	}
	kept, err := c.store.KeepStrayed(ctx, id, lines)
	if err == nil {
		strayed.Kept = kept
		origin.Alarm = strayed.Error()
		err = c.store.SetCopy(id, origin)
	}
	what := fmt.Errorf("%s: %w", clean.Line(origin.Source), strayed)
	if err != nil {
		return errors.Join(what, err)
	}
	return hint(what, "The copy is as it was, up to entry %d, head %s. What the source has now is in %s.", strayed.Head.Seq, strayed.Head.Hash.Code(), kept)
}

// files brings the files that entries record. Those that do not lie beside the source are
// named by their hash.
func (c *copier) files(ctx context.Context, id string, from *source) ([]string, error) {
	log, err := c.store.Following().Open(ctx, id, false)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	missing := []string{}
	for e, err := range log.Entries(ctx, 0) {
		if err != nil {
			return missing, err
		}
		for _, file := range state.FilesOf(e) {
			switch there, err := bringFile(ctx, log, from, file.SHA256); {
			case err != nil:
				return missing, err
			case !there:
				missing = append(missing, file.SHA256.String())
			}
		}
	}
	return missing, nil
}

// bringFile copies one file of the evidence, unless it is there; false if the source lacks it.
func bringFile(ctx context.Context, log state.Log, from *source, sum state.Hash) (bool, error) {
	if have, err := log.Evidence(ctx, sum); err == nil {
		return true, have.Close()
	}
	file, err := from.evidence(ctx, sum)
	if errors.Is(err, state.ErrNoFile) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	got, _, err := log.PutEvidence(ctx, file)
	if err == nil && got != sum {
		err = fmt.Errorf("%s gives another file for sha256 %s than the one that was recorded", clean.Line(from.name), sum)
	}
	return err == nil, err
}

// print says how far the copy has come; nothing for nil.
func (c *copier) print(copied *view.Copied) error {
	if copied == nil {
		return nil
	}
	c.told = state.Head{Seq: copied.Head.Seq, Hash: copied.Head.Hash}
	err := c.env.print(copied, func() error {
		_, err := fmt.Fprintf(c.env.out, "COPY of %s: %s, %d new, head %s\n", clean.Line(copied.ID), plural(copied.Head.Seq, "entry", "entries"), copied.New, copied.Head.Code)
		for _, sum := range copied.Missing {
			fmt.Fprintf(c.env.out, "  a file does not lie beside the source: sha256 %s\n", sum)
		}
		return err
	})
	if err != nil {
		return hint(err, "The copy is kept all the same, as %s.", clean.Line(copied.ID))
	}
	return nil
}

// A sourceMark is how a file looks from outside.
type sourceMark struct{ size, written int64 }

func (c *copier) mark() sourceMark {
	path, err := c.env.pathOf(c.what)
	if err != nil {
		return sourceMark{}
	}
	info, err := os.Lstat(path)
	if err != nil {
		return sourceMark{}
	}
	return sourceMark{info.Size(), info.ModTime().UnixNano()}
}

// silent says, from time to time, for how long nothing was heard.
func (c *copier) silent(err error) bool {
	now := c.env.now()
	if since := now.Sub(c.heard); since >= copySilence && now.Sub(c.said) >= time.Minute {
		c.said = now
		fmt.Fprintf(c.env.err, "muster: %s was not heard for %s: %s\n  The copy goes up to entry %d. To go on in it: muster branch\n", clean.Line(c.what), when.Duration(since), clean.Line(err.Error()), c.told.Seq)
	}
	return true
}
