package filelog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// ErrBusy says that another process held the log's lock for as long as an append waits for
// it, perhaps because it is stopped. Nothing was written; the same can be tried
// again.
var ErrBusy = errors.New("the log is locked")

// patience is how long an append waits for the lock. Others hold it for one fsync.
const patience = 5 * time.Second

// lock waits for the lock on f.
func (s *Store) lock(ctx context.Context, f Handle) error { return f.Lock(ctx, s.patience) }

// Lock implements [Handle].
func (h handle) Lock(ctx context.Context, patience time.Duration) error {
	f := h.File
	got, err := tryLock(f)
	if got || err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrBusy)
	defer cancel()
	for wait := time.Millisecond; ; wait = min(2*wait, 20*time.Millisecond) {
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return gaveUp(ctx, f, patience)
		case <-timer.C:
		}
		if got, err := tryLock(f); got || err != nil {
			return err
		}
	}
}

func gaveUp(ctx context.Context, f *os.File, patience time.Duration) error {
	if err := context.Cause(ctx); !errors.Is(err, ErrBusy) {
		return fmt.Errorf("nothing was written: %w", err)
	}
	return fmt.Errorf("%w: %s has held the lock on %s for %v, and may be stopped or hanging; nothing was written. Let it go on or end it, then try again",
		ErrBusy, holder(f), f.Name(), patience)
}
