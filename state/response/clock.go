package response

import (
	"context"
	"errors"
	"time"

	"muster/state"
)

// Missed lists what records that clocks have run out, an action a clock. now has the
// person's zone: business days end where they are.
func Missed(inc *state.Incident, now time.Time) []state.Action {
	if inc.Closed != nil {
		return nil
	}
	var actions []state.Action
	for _, c := range inc.Overdue(now, now.Location()) {
		actions = append(actions, state.Action{Command: state.MissClock{Clock: c.ID, Due: c.Due(now.Location())}})
	}
	return actions
}

// RecordMissed records of each clock whose time has passed that it did. Others may be
// faster: that is no error.
func RecordMissed(ctx context.Context, s Session, now time.Time) error {
	for _, action := range Missed(s.Incident(), now) {
		if _, err := s.Do(ctx, action); err != nil && !errors.As(err, new(*state.Refusal)) {
			return err
		}
	}
	return nil
}
