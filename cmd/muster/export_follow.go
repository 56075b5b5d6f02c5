package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/guard"
)

// tryAgain is how long a live page that could not be written waits for the next try.
const tryAgain = 2 * time.Second

// followExport keeps a live page: written anew, whole or not at all, at every entry. It ends
// with ctx, or when the incident is closed; the last page says that it is the last. A write
// that fails is said, and tried again.
func followExport(ctx context.Context, e *env, x *exporting, to string, force bool) error {
	target, said, written := target(e, force), "", false
	if err := e.away(); err != nil {
		return err
	}
	for {
		x.renew(ctx)
		err := x.page(ctx, target, to)
		if mayNot(err) && !written {
			return sayGuard(err) // it was never ours to write
		}
		switch {
		case err != nil && x.live == export.LiveEnded:
			return stillLive(to, err)
		case err != nil && err.Error() != said:
			said = err.Error()
			fmt.Fprintf(e.err, "muster: THE LIVE PAGE IS OLD: it could not be written anew, and is tried again: %s\n", clean.Line(said))
		case err == nil && said != "":
			said = ""
			fmt.Fprintf(e.err, "muster: the live page is written again, up to entry %d\n", x.inc.Head.Seq)
		}
		if err == nil {
			target.Replace, written = true, true
		}
		if err == nil && x.live != export.LiveGoesOn {
			return nil
		}
		if err := x.next(ctx, err != nil); err != nil {
			x.live = export.LiveEnded // what was good is in memory yet
			return errors.Join(err, stillLive(to, x.page(ctx, target, to)))
		}
	}
}

// stillLive says of a page that it could not be told that it is written no more.
func stillLive(to string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("THE LIVE PAGE IS OLD: %s is not written any more, and cannot say so: %w", to, err)
}

// renew takes what there is now, and whether it goes on.
func (x *exporting) renew(ctx context.Context) {
	x.inc, x.whole, x.live = x.s.Incident(), x.s.Incident(), export.LiveGoesOn
	switch {
	case ctx.Err() != nil:
		x.live = export.LiveEnded
	case x.inc.Closed != nil:
		x.live = export.LiveClosed
	}
}

// page writes the page, as far as the log is good.
func (x *exporting) page(ctx context.Context, target guard.Target, path string) error {
	return target.Write(path, func(w io.Writer) error {
		err := x.write(context.WithoutCancel(ctx), w, export.HTML)
		if errors.As(err, new(*state.Damage)) {
			return nil // the page says so
		}
		return err
	})
}

// mayNot reports whether a file is refused, however much room there is.
func mayNot(err error) bool {
	return errors.Is(err, guard.ErrThere) || errors.Is(err, guard.ErrKept) || errors.Is(err, guard.ErrSource) || errors.Is(err, guard.ErrLink) || errors.Is(err, guard.ErrNotPlain)
}

// next waits for the next entry; after a write that failed, not for long.
func (x *exporting) next(ctx context.Context, failed bool) error {
	wait, cancel := ctx, context.CancelFunc(func() {})
	if failed {
		wait, cancel = context.WithTimeout(ctx, tryAgain)
	}
	defer cancel()
	_, err := x.s.Wait(wait, x.inc.Head.Seq)
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}
