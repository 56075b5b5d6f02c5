package filelog

import (
	"context"
	"errors"
	"fmt"

	"muster/state"
)

// inspected is Writable, after all of a file that seemed well was looked at, whether that
// is due or not: whoever asks for a rescue has seen something. The caller has the turn.
func (l *Log) inspected(ctx context.Context) (cause, err error) {
	if cause = l.Writable(); cause != nil && !wasDamaged(cause) {
		return cause, nil
	}
	if err = l.change(ctx); err == nil && (l.Writable() == nil || wasDamaged(l.Writable())) {
		err = l.reread(ctx)
	}
	switch cause = l.Writable(); {
	case cause != nil:
		return cause, nil
	case err == nil || errors.Is(err, ErrBusy) || ctx.Err() != nil:
		return nil, err
	}
	return l.setBroken(notSaved(fmt.Errorf("it cannot be read any more: %w", err))), nil
}

// reread verifies all that this Log knows of.
func (l *Log) reread(ctx context.Context) error {
	_, end := l.at()
	info, err := l.file.Stat()
	if err == nil && info.Size() < end {
		return l.setBroken(changed(l.cutOff(info.Size())))
	}
	if err != nil {
		return err
	}
	return l.verifyAll(ctx, l.file)
}

// needed says why there is nothing to rescue; nil if there is. What can be read can
// always be moved.
func needed(cause error, dir string) error {
	var damage *state.Damage
	switch {
	case errors.Is(cause, state.ErrNotSaved), dir != "" && errors.Is(cause, state.ErrReadOnly):
		return nil
	case errors.As(cause, &damage):
		return fmt.Errorf("a damaged log is evidence and is left as it is: %w", cause)
	}
	return fmt.Errorf("only a log that could not be written to is rescued; this one: %w", errors.Join(cause, errNoNeed))
}

var errNoNeed = errors.New("it needs no rescue")
