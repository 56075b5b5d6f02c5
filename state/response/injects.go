package response

import (
	"context"
	"errors"
	"time"

	"muster/runbooks"
	"muster/state"
)

// An InjectQueue keeps which injects of a drill are on their way to the players, and which
// cannot be delivered, so that each comes once. The zero value is ready. It is not for
// several goroutines at once.
type InjectQueue struct {
	sending map[string]bool   // by the inject's id
	failed  map[string]string // why one that fell due cannot be delivered, by its id
}

// Due lists what is to be delivered by itself at now: what has fallen due by the exercise
// clock, but for what is on its way already, or cannot be delivered.
func (q *InjectQueue) Due(inc *state.Incident, scenario *runbooks.Scenario, now time.Time) []*runbooks.Inject {
	if scenario == nil || inc.Closed != nil {
		return nil
	}
	var list []*runbooks.Inject
	for _, due := range inc.Exercise.DueInjects(scenario, now) {
		if !q.sending[due.ID] && q.failed[due.ID] == "" {
			list = append(list, due.Inject)
		}
	}
	return list
}

// Begin says that an inject is on its way: [InjectQueue.End] must follow. Somebody who
// delivers one that could not be delivered tries it again.
func (q *InjectQueue) Begin(inject string) {
	if q.sending == nil {
		q.sending, q.failed = make(map[string]bool), make(map[string]string)
	}
	q.sending[inject] = true
	q.Forget(inject)
}

// End says what became of a delivery. One that fell due by itself and is refused is not
// tried again by itself, but if somebody else was faster.
func (q *InjectQueue) End(inject string, byItself bool, err error) {
	delete(q.sending, inject)
	var refusal *state.Refusal
	if errors.As(err, &refusal) && !Overtaken(err) && byItself {
		q.failed[inject] = refusal.Text
	}
}

// Forget lets an inject that could not be delivered be tried again by itself.
func (q *InjectQueue) Forget(inject string) { delete(q.failed, inject) }

// OnItsWay reports whether an inject is being delivered.
func (q *InjectQueue) OnItsWay(inject string) bool { return q.sending[inject] }

// Failed says why an inject that has fallen due cannot be delivered, raw; "" if it can.
func (q *InjectQueue) Failed(inject string) string { return q.failed[inject] }

// Deliver delivers what is due at now, one after another, and calls each after every
// delivery. What somebody else delivered meanwhile is passed over. The first error ends it.
func (q *InjectQueue) Deliver(ctx context.Context, s Keeper, scenario *runbooks.Scenario, now time.Time, each func(*state.Incident) error) error {
	for _, in := range q.Due(s.Incident(), scenario, now) {
		q.Begin(in.ID)
		next, err := Deliver(ctx, s, in, false)
		q.End(in.ID, true, err)
		if Overtaken(err) {
			continue
		}
		if err == nil {
			err = each(next)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
