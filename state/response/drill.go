package response

import (
	"context"
	"errors"
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Keeper is a session that can put files beside the log.
type Keeper interface {
	Session
	// KeepText puts a text beside the log, durably, and describes it. It records
	// nothing.
	KeepText(ctx context.Context, name string, text []byte) (state.Kept, error)
}

// Deliver delivers an inject of the scenario, with its attachments, whatever the
// exercise clock says. again: it was delivered before, and is once more. The errors
// are those of Session.Do.
func Deliver(ctx context.Context, s Keeper, in *runbooks.Inject, again bool) (*state.Incident, error) {
	command := Delivery(in, again)
	for _, a := range in.Attachments {
		kept, err := s.KeepText(ctx, a.Name, []byte(a.Text))
		if err != nil {
			return s.Incident(), err
		}
		command.Files = append(command.Files, kept)
	}
	return s.Do(ctx, state.Action{Command: command})
}

// Delivery is the command that delivers an inject, without its attachments.
func Delivery(in *runbooks.Inject, again bool) state.DeliverInject {
	return state.DeliverInject{Inject: in.ID, From: in.From, To: in.To, Via: in.Via, Text: in.Text, Again: again}
}

// Overtaken reports whether a delivery was refused because somebody else was faster,
// or the drill is over: nothing is wrong then.
func Overtaken(err error) bool {
	var refusal *state.Refusal
	return errors.As(err, &refusal) && (refusal.Reason == state.AlreadySo || refusal.Reason == state.Closed)
}

// UntilNext is how long nothing falls due, at most a minute: the clock may be set by
// others, which wakes whoever waits.
func UntilNext(inc *state.Incident, scenario *runbooks.Scenario, now time.Time) time.Duration {
	const most = time.Minute
	next := inc.Exercise.NextInject(scenario, now)
	if next == nil {
		return most
	}
	if at, ok := inc.Exercise.WallTime(next.Due, now); ok {
		return min(max(at.Sub(now), time.Millisecond), most)
	}
	return most
}
