package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"muster/state"
	"muster/state/clean"
)

// copyRetry is after what time another machine is tried again.
const copyRetry = 2 * time.Second

// listen follows a log on another machine, until ctx ends or the log there was changed. A
// line that breaks is taken up again.
func (c *copier) listen(ctx context.Context, id string) error {
	r, err := parseRemote(c.what)
	if err != nil {
		return err
	}
	for {
		err := c.hear(ctx, r, id)
		var failed *remoteError
		switch {
		case ctx.Err() != nil:
			return nil
		case !c.copies(id):
			return fmt.Errorf("%s is a branch now, and follows nothing any more", clean.Line(id))
		case err == nil, errors.As(err, &failed) && failed.code == exitSSH:
		case errors.As(err, &failed): // it is there, and does not give what was asked: what has it?
			if _, err := c.once(ctx); err != nil && !errors.As(err, &failed) {
				return err
			}
		default:
			return err
		}
		if err != nil {
			c.silent(err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(copyRetry):
		}
	}
}

// warn says what went wrong while the lines themselves are safe; nothing once ctx has ended.
func (c *copier) warn(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		fmt.Fprintf(c.env.err, "muster: of the copy: %s\n", clean.Line(err.Error()))
	}
}

// lack names the files that the source does not give, once each.
func (c *copier) lack(missing []string) {
	for _, sum := range missing {
		if !slices.Contains(c.lacking, sum) {
			fmt.Fprintf(c.env.err, "muster: a file that the log records does not lie beside the source: sha256 %s\n", sum)
		}
	}
	c.lacking = missing
}

// hear takes what comes over one connection. It begins with the last entry that the copy
// has, which must be the same there.
func (c *copier) hear(ctx context.Context, r remote, id string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	origin := state.Copy{Source: r.String(), Heard: c.heard.UTC().Truncate(time.Second)}
	var broke error
	_, _, err := c.store.Follow(ctx, id, origin, feedFrom(ctx, r, id, c.told.Seq-1, &broke), false, func(f followed) {
		c.heard, c.said = c.env.now(), time.Time{}
		c.warn(ctx, c.store.SetCopy(id, state.Copy{Source: r.String(), Heard: c.heard.UTC().Truncate(time.Second)}))
		if f.Head.Seq > c.told.Seq {
			c.told = f.Head
			missing, err := c.files(ctx, id, &source{name: r.String(), evidence: func(ctx context.Context, sum state.Hash) (io.ReadCloser, error) { return r.evidence(ctx, id, sum) }})
			c.warn(ctx, err)
			c.lack(missing)
			fmt.Fprintf(c.env.out, "COPY of %s: %s, head %s\n", clean.Line(id), plural(f.Head.Seq, "entry", "entries"), f.Head.Hash.Code())
		}
	})
	var strayed *strayedError
	if errors.As(err, &strayed) {
		_, err = c.once(ctx) // which keeps what is there now
		return err
	}
	if err == nil || broke != nil {
		err = broke
	}
	return err
}

// copies reports whether the incident still follows another log.
func (c *copier) copies(id string) bool {
	_, is := c.store.Copy(id)
	return is
}

// feedFrom yields the lines of a feed; an empty one says that no more is there just now.
func feedFrom(ctx context.Context, r remote, id string, after uint64, failed *error) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		err := r.run(ctx, func(out *bufio.Reader) error { return eachFed(out, yield) }, "copy", "feed", id, "--after", fmt.Sprint(after))
		if *failed = err; errors.Is(err, errFedEnough) {
			*failed = nil
		}
	}
}

var errFedEnough = errors.New("nobody reads on")

// eachFed yields each line that comes, without its newline, and an empty one whenever no
// more is there.
func eachFed(out *bufio.Reader, yield func([]byte, error) bool) error {
	var line []byte
	for {
		part, err := out.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull) && len(line) <= state.MaxRunbookLine:
			continue
		case errors.Is(err, bufio.ErrBufferFull):
			return errors.New("a line is longer than any entry may be")
		case err != nil:
			return nil // what ended it is said by ssh
		}
		if !yield(line[:len(line)-1], nil) || out.Buffered() == 0 && !yield(nil, nil) {
			return errFedEnough
		}
		line = line[:0]
	}
}
