package response

import (
	"context"
	"errors"
	"time"

	"muster/state"
)

// A Lookout keeps the looks at the services of one incident: which are asked for, which
// are under way, what each has shown last, and again and again which of them are due by
// themselves. It looks at nothing itself. Who has one puts services in with
// [Lookout.Ask], looks at each that [Lookout.Next] gives out, and hands over what was seen
// to [Lookout.Take]; [Lookout.Run] does all of that. The zero value is ready. It is not for
// several goroutines at once.
type Lookout struct {
	last      map[string]LastLook // by the service's id
	queue     []Turn              // in the order in which they were asked for
	underWay  int
	asked     int       // of those in the queue and under way, how many a person asked for
	led       []Private // what looks that a person asked for have led to, and nobody has allowed
	announced []string  // what is looked at by itself, as of announcedAt
	knownAt   uint64    // the entry as of which announced is known
}

// A Turn is a look whose turn it is.
type Turn struct {
	Service string
	Asked   bool // by a person; what is looked at by itself is recorded only if it is news
}

// A LastLook is the newest look at a service, recorded or not.
type LastLook struct {
	When    time.Time // zero if nobody has looked
	OK      bool
	Detail  string // raw
	Err     error  // why nothing could be seen
	Led     string // the private target to which it led, so that nothing was asked; "" if to none
	Pending bool   // one is under way, or waits for its turn
	Began   time.Time
}

// Last is the newest look at a service; zero if there was none.
func (l *Lookout) Last(service string) LastLook { return l.last[service] }

// Ask puts services in the queue, each once. Those of which a person has to be asked
// first are left out, and returned if asked: after the yes, ask again.
func (l *Lookout) Ask(inc *state.Incident, services []string, asked bool, now time.Time) (first []Private) {
	if asked {
		first = Unallowed(inc, services)
	}
	for _, id := range services {
		if look := l.last[id]; !look.Pending && l.mayLook(inc, id, asked) {
			look.Pending, look.Began = true, now
			l.set(id, look)
			l.queue = append(l.queue, Turn{id, asked})
			if asked {
				l.asked++
			}
		}
	}
	return first
}

func (l *Lookout) set(service string, look LastLook) {
	if l.last == nil {
		l.last = make(map[string]LastLook)
	}
	l.last[service] = look
}

// mayLook reports whether a service may be looked at without asking first. Where its name
// leads may have changed since: who asks for a look has it looked up again.
func (l *Lookout) mayLook(inc *state.Incident, service string, asked bool) bool {
	return l.Unallowed(inc, service) == "" || asked && len(Unallowed(inc, []string{service})) == 0
}

// Unallowed is the private target for which a person has to be asked before a service is
// looked at by itself; "" if there is none.
func (l *Lookout) Unallowed(inc *state.Incident, service string) string {
	if list := Unallowed(inc, []string{service}); len(list) > 0 {
		return list[0].Target
	}
	if led := l.last[service].Led; led != "" && !inc.Allows(led) {
		return led
	}
	return ""
}

// Next gives out what there is room for. Each must be handed to Take.
func (l *Lookout) Next() []Turn {
	n := min(len(l.queue), LooksAtOnce-l.underWay)
	turns := l.queue[:n:n]
	l.queue, l.underWay = l.queue[n:], l.underWay+n
	return turns
}

// Take keeps what a look has shown, or why nothing could be seen. See [Look.Action] for
// what is recorded of it.
func (l *Lookout) Take(turn Turn, seen state.RecordCheck, err error, now time.Time) Look {
	l.underWay--
	if turn.Asked {
		l.asked--
	}
	look := Look{turn.Service, seen, err}
	last := LastLook{When: now, Began: now, OK: seen.OK, Detail: seen.Detail, Err: err}
	if private, leads := look.Unallowed(); leads {
		last.Err, last.Led = nil, private.Target
		if turn.Asked {
			l.led = append(l.led, private)
		}
	}
	if errors.Is(err, errLookEnded) {
		last = l.last[turn.Service] // what was seen before stands
		last.Pending = false
	}
	l.set(turn.Service, last)
	return look
}

// Led is what the looks of a person have led to and nobody has allowed, once, when the
// last of them is done: ask whether it is meant, and if so, for the looks again.
func (l *Lookout) Led() []Private {
	if l.underWay > 0 {
		return nil
	}
	led := l.led
	l.led = nil
	return led
}

// Due lists what is to be looked at by itself now: what was announced as restored, every
// [LookAgain].
func (l *Lookout) Due(inc *state.Incident, now time.Time) []string {
	if l.knownAt != inc.Head.Seq {
		l.announced, l.knownAt = Announced(inc), inc.Head.Seq
	}
	var ids []string
	for _, id := range l.announced {
		if look := l.last[id]; !look.Pending && now.Sub(look.Began) >= LookAgain {
			ids = append(ids, id)
		}
	}
	return ids
}

// errLookEnded is why nothing could be seen by a look that was ended.
var errLookEnded = errors.New("the look was ended before there was an answer")

// LookAt looks at a service now. A look that ctx ended has seen nothing: that no answer
// came says nothing of the service.
func LookAt(ctx context.Context, world World, inc *state.Incident, service string) (state.RecordCheck, error) {
	seen, err := world.Check(ctx, inc, service)
	if ctx.Err() != nil && (err != nil || !seen.OK) {
		return state.RecordCheck{}, errLookEnded
	}
	return seen, err
}

// End takes what waits for its turn out of the queue, and reports whether a person's look
// waits or is under way: the looks that are under way are ended by who has begun them.
func (l *Lookout) End() (asked bool) {
	asked = l.asked > 0
	for _, turn := range l.queue {
		look := l.last[turn.Service]
		look.Pending = false
		l.set(turn.Service, look)
		if turn.Asked {
			l.asked--
		}
	}
	l.queue = nil
	return asked
}

// Run looks at all that waits, so many at a time, and hands each look to yield as it is
// done, one after another and in no order. It returns when all are handed over; of
// services not begun when ctx ends nothing is said.
func (l *Lookout) Run(ctx context.Context, world World, s Session, now func() time.Time, yield func(Look)) {
	type shown struct {
		turn Turn
		seen state.RecordCheck
		err  error
	}
	done := make(chan shown)
	for {
		if ctx.Err() != nil {
			l.End()
		}
		for _, turn := range l.Next() {
			inc := s.Incident()
			go func() {
				seen, err := LookAt(ctx, world, inc, turn.Service)
				done <- shown{turn, seen, err}
			}()
		}
		if l.underWay == 0 {
			return
		}
		what := <-done
		yield(l.Take(what.turn, what.seen, what.err, now()))
	}
}
