package response

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/state"
	"muster/state/clean"
)

// ByHand is how a notice goes out that a person says somewhere, and the channel of one
// of which no other is known.
const ByHand = "by hand"

// PrepareSend is the action that sends a notice by a channel, or the reason for which
// it may not go out: the channel, or a *state.Refusal. Version 0 is the last one, no
// channel is the notice's own. Nothing has left, and nothing is recorded.
func PrepareSend(inc *state.Incident, world World, send state.SendNotice, override string, who Who) (state.Action, error) {
	send = settled(inc, send)
	if send.Channel == "" {
		return state.Action{}, &state.Refusal{Reason: state.Missing, Text: "The channel is missing.", Hint: "Name one, or send it yourself and record that."}
	}
	channel, err := world.Channel(send.Channel)
	if err != nil {
		return state.Action{}, err
	}
	send.Channel, send.How = channel.Name, channel.Kind
	return prepared(inc, state.Action{Command: send, Override: override}, who)
}

// PrepareByHand is the action that records that a person says a notice somewhere, with
// its own time and override, or the *state.Refusal that it meets. Version 0 is the last
// one, no channel is the notice's own, or else [ByHand]; if nobody is named as the one it
// goes to, that is the notice's audience.
func PrepareByHand(inc *state.Incident, send state.SendNotice, action state.Action, who Who) (state.Action, error) {
	send = settled(inc, send)
	if send.Channel == "" {
		send.Channel = ByHand
	}
	if n := inc.Notice(send.Notice); n != nil && send.To == "" {
		send.To = n.Def.Audience
	}
	send.How = ByHand
	action.Command = send
	return prepared(inc, action, who)
}

func prepared(inc *state.Incident, action state.Action, who Who) (state.Action, error) {
	if err := Refused(inc, action, who); err != nil {
		return state.Action{}, err
	}
	return action, nil
}

// settled fills in what the notice itself says.
func settled(inc *state.Incident, send state.SendNotice) state.SendNotice {
	n := inc.Notice(send.Notice)
	if n == nil {
		return send
	}
	if send.Channel == "" {
		send.Channel = n.Def.Channel
	}
	if last := n.Last(); send.Version == 0 && last != nil {
		send.Version = last.Number
	}
	return send
}

// Begin records that a prepared notice is about to leave, durably: nothing may leave
// before that. It returns the action for [Leave], and the incident as it is then. In a
// drill nothing leaves, and nothing is recorded. An error says that the notice may not
// leave.
func Begin(ctx context.Context, s Session, action state.Action) (state.Action, *state.Incident, error) {
	send := action.Command.(state.SendNotice)
	if s.Incident().Mode == state.Drill {
		return action, s.Incident(), nil
	}
	leave := state.LeaveNotice{Notice: send.Notice, Version: send.Version, Channel: send.Channel, To: send.To, How: send.How}
	inc, err := s.Do(ctx, state.Action{Command: leave, Override: action.Override})
	if err != nil {
		return action, inc, err
	}
	open := inc.Notice(send.Notice).MayHaveLeft()
	send.Leaving = open[len(open)-1].Seq
	action.Command = send
	return action, inc, nil
}

// Settle is what a person says of a notice that may have left: that it arrived, and
// then it was sent when it left; or that it did not, and why. Record it with
// [Left.Record]. A time to come, by a clock that differs, is left out.
func Settle(l state.Leaving, arrived bool, why string, now time.Time) *Left {
	if !arrived {
		return &Left{settles: true, Action: state.Action{Command: state.FailNotice{Notice: l.Notice, Version: l.Version, Channel: l.Channel, Why: why, Leaving: l.Seq}}}
	}
	occurred := l.When
	if occurred.After(now) {
		occurred = time.Time{}
	}
	return &Left{settles: true, Action: state.Action{
		Command:  state.SendNotice{Notice: l.Notice, Version: l.Version, Channel: l.Channel, To: l.To, How: l.How, Leaving: l.Seq},
		Occurred: occurred, Override: l.Overridden,
	}}
}

// errNotBegun is why nothing leaves of which the log does not say so beforehand.
var errNotBegun = errors.New("the log does not say that it is about to leave, so that nothing was sent")

// A givenUp is why a notice did not go out for whose answer somebody waited no longer.
type givenUp struct{ err error }

func (g *givenUp) Error() string  { return g.Reason() }
func (g *givenUp) Unwrap() error  { return g.err }
func (g *givenUp) Reason() string { return "it was ended before there was an answer" }

// MayHaveArrived is what the channel knows of it; what knows nothing rules nothing out.
func (g *givenUp) MayHaveArrived() bool {
	var unsent Unsent
	return !errors.As(g.err, &unsent) || unsent.MayHaveArrived()
}

// A Left is a notice that has left, or that could not. Record it, whatever came of it.
type Left struct {
	Action state.Action // what is to be recorded: that it was sent, or that it failed
	Failed error        // why it did not go out; nil if it did
	// Changed is what became known while it was on its way and would have held it
	// back: that was overridden. Nil if nothing did. Record sets it.
	Changed *state.Refusal
	// Noted is why what happened could not be recorded as what it was, so that a
	// note says it. Nil if it could. Record sets it.
	Noted error

	settles bool // a person says it, afterwards
}

// Leave hands a notice to its channel that has begun to leave; see [Begin]. In a drill nothing leaves, and the
// faults of the channel and the text are found all the same.
func Leave(ctx context.Context, world World, inc *state.Incident, action state.Action) *Left {
	send := action.Command.(state.SendNotice)
	sent, err := send, errNotBegun
	if inc.Mode == state.Drill || send.Leaving != 0 {
		sent, err = world.Send(ctx, inc, send)
	}
	if err == nil {
		action.Command = sent
		return &Left{Action: action}
	}
	if ctx.Err() != nil {
		err = &givenUp{err}
	}
	left := &Left{Failed: err}
	left.Action.Command = state.FailNotice{Notice: send.Notice, Version: send.Version, Channel: send.Channel, Why: why(err), Leaving: send.Leaving, Maybe: send.Leaving != 0 && left.MayHaveArrived()}
	return left
}

// Why is why the notice did not go out, as the log keeps it; "" if it did.
func (l *Left) Why() string {
	if failure, ok := l.Action.Command.(state.FailNotice); ok {
		return failure.Why
	}
	return ""
}

// MayHaveArrived reports whether a notice that failed may have arrived all the same.
func (l *Left) MayHaveArrived() bool {
	var unsent Unsent
	return errors.As(l.Failed, &unsent) && unsent.MayHaveArrived()
}

// maxWhy bounds why a send failed, in bytes of what the log keeps.
const maxWhy = 2000

func why(err error) string {
	text := err.Error()
	var unsent Unsent
	if errors.As(err, &unsent) {
		if text = unsent.Reason(); unsent.MayHaveArrived() {
			text += "; it may have arrived all the same"
		}
	}
	return clean.Bounded(text, maxWhy)
}

// Record records what came of sending. It has happened, whatever was learned
// meanwhile: what the core would hold back now is overridden, and what it cannot take
// at all becomes a note. The end of ctx does not stop it. An error says that nothing is
// recorded yet; Record can then be called again.
func (l *Left) Record(ctx context.Context, s Session) (*state.Incident, error) {
	ctx = context.WithoutCancel(ctx)
	if l.Noted != nil {
		return s.Do(ctx, l.note())
	}
	inc, err := s.Do(ctx, l.Action)
	var refusal *state.Refusal
	if l.settles && errors.As(err, &refusal) && (refusal.Reason == state.AlreadySo || !refusal.Overridable) {
		return inc, err
	}
	if errors.As(err, &refusal) && refusal.Overridable && l.Action.Override == "" {
		l.Changed, l.Action.Override = refusal, "it had left when this became known: "+refusal.Whole()
		inc, err = s.Do(ctx, l.Action)
	}
	if errors.As(err, &refusal) || errors.Is(err, state.ErrTooLong) {
		l.Noted = err
		return s.Do(ctx, l.note())
	}
	return inc, err
}

// note says what happened where it cannot be recorded as what it was.
func (l *Left) note() state.Action {
	text := ""
	switch c := l.Action.Command.(type) {
	case state.SendNotice:
		text = fmt.Sprintf("Notice %s, version %d, was sent by %s, and could not be recorded as sent: %v", c.Notice, c.Version, c.Channel, l.Noted)
	case state.FailNotice:
		is := "was NOT sent"
		if c.Maybe {
			is = "may have been sent"
		}
		text = fmt.Sprintf("Notice %s, version %d, %s by %s: %s. That could not be recorded as such: %v", c.Notice, c.Version, is, c.Channel, c.Why, l.Noted)
	}
	return state.Action{Command: state.AddNote{Text: text}}
}
