package outside

import (
	"context"
	"errors"
	"time"

	"muster/runbooks"
	"muster/state"
)

// A World is everything outside: the real one, or the one of a drill.
type World interface {
	// Check looks once at a service. An error means that nothing was learnt, and
	// that there is nothing to record: [ErrNoCheck], [ErrNoNetwork], [ErrNoAnswer], or why
	// ctx ended.
	Check(ctx context.Context, service string, check runbooks.Check) (state.RecordCheck, error)
	// Send hands a message to a channel. An error is a *[SendError].
	Send(ctx context.Context, channel Channel, message Message) (Receipt, error)
}

// The reasons for which a look teaches nothing.
var (
	ErrNoCheck   = errors.New("the runbook names no check for this service: add check = { url = … } to it, or set its state by hand")
	ErrNoNetwork = errors.New("this machine has no network, so that nothing can be said of the service: connect it, or look from another")
	ErrNoAnswer  = errors.New("nothing in this drill says what a check of this service shows: set its state by hand")
)

// Live is the real world. Its zero value is ready for use.
type Live struct {
	Prober Prober
	Sender Sender
}

// Check looks at the service.
func (l *Live) Check(ctx context.Context, service string, check runbooks.Check) (state.RecordCheck, error) {
	if check.URL == "" && check.TCP == "" && check.DNS == "" {
		return state.RecordCheck{}, ErrNoCheck
	}
	seen, err := l.Prober.Check(ctx, service, check)
	if ended := ended(ctx); ended != nil { // stopped from here: no fault of the service
		return state.RecordCheck{}, ended
	}
	return seen, err
}

// ended is ctx's error, even in the moment between its deadline, which a dial
// keeps to, and the timer that ends it.
func ended(ctx context.Context) error {
	if end, ok := ctx.Deadline(); ok && !time.Now().Before(end) {
		return context.DeadlineExceeded
	}
	return ctx.Err()
}

// Send sends the message.
func (l *Live) Send(ctx context.Context, channel Channel, message Message) (Receipt, error) {
	return l.Sender.Send(ctx, channel, message)
}

// Drill is the world of a drill. It opens no socket: what a look shows is what
// the scenario says, and what is sent goes nowhere.
type Drill struct {
	// Answer is what the scenario says of a service now; false if nothing. Nil
	// says nothing of any. It must be safe for several goroutines.
	Answer func(service string) (Answer, bool)
}

// An Answer is what a look shows in a drill.
type Answer struct {
	OK     bool
	Detail string // what is seen; any text, it is bounded and cleaned
}

// Check asks the scenario.
func (d *Drill) Check(ctx context.Context, service string, check runbooks.Check) (state.RecordCheck, error) {
	if err := ctx.Err(); err != nil {
		return state.RecordCheck{}, err
	}
	if d.Answer == nil {
		return state.RecordCheck{}, ErrNoAnswer
	}
	answer, ok := d.Answer(service)
	if !ok {
		return state.RecordCheck{}, ErrNoAnswer
	}
	what, hidden := describe(check)
	if check.IsZero() { // the scenario knows, although the runbook does not say how to look
		what = "a look from outside"
	}
	return state.RecordCheck{
		Service:   service,
		OK:        answer.OK,
		What:      what,
		Detail:    say(answer.Detail, maxDetail, hidden),
		Simulated: true,
	}, nil
}

// Send finds the faults that sending would find before anything leaves, and
// otherwise says that it would have been sent.
func (d *Drill) Send(ctx context.Context, channel Channel, message Message) (Receipt, error) {
	if err := ctx.Err(); err != nil {
		return Receipt{}, channel.failure(why(err))
	}
	if err := channel.ready(message); err != nil {
		return Receipt{}, err
	}
	receipt := channel.receipt()
	receipt.Simulated = true
	return receipt, nil
}
