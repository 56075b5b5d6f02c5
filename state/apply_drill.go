package state

import (
	"slices"
	"time"
)

// maxAt bounds the exercise time of a log that no muster wrote: ten years, in
// milliseconds.
const maxAt = 10 * 366 * 24 * 3600 * 1000

// drillEffect is what an entry that only a drill has changes; false if e is not one.
// In a live log such entries count for nothing: Decide never makes one.
func (inc *Incident) drillEffect(e *Entry) bool {
	if !ofDrill(e.Kind) {
		return false
	}
	x := &inc.Exercise
	switch data := e.Data.(type) {
	case *ExerciseSet:
		x.Settings = append(slices.Clip(x.Settings), ClockSetting{
			Do: data.Do, Running: data.Running, Speed: min(max(data.Speed, 1), 60), At: time.Duration(min(max(data.AtMillis, 0), maxAt)) * time.Millisecond,
			Since: e.Recorded, By: e.By.Name, Seq: e.Seq,
		})
	case *InjectDelivered:
		inc.delivered(e, data)
	case *InjectHeld:
		if data.Released {
			delete(x.Held, data.Ref)
			return true
		}
		x.Held = keepHeld(x.Held, data.Ref, data.Why, e)
	case *InjectSkipped:
		x.Skipped = keepHeld(x.Skipped, data.Ref, data.Why, e)
	case *InjectAcknowledged:
		if d := x.Delivery(data.Inject); d != nil {
			d.Acks = append(slices.Clip(d.Acks), Ack{By: e.By.Name, When: e.When(), Note: data.Note, Seq: e.Seq})
		} else {
			inc.Foreign++
		}
	case *ObjectiveRated:
		x.Ratings = append(slices.Clip(x.Ratings), Rated{*data, e.By.Name, e.When(), e.Seq})
	case *ObservationAdded:
		x.Observations = append(slices.Clip(x.Observations), Observation{*data, e.By.Name, e.When(), e.Seq})
	}
	return true
}

// stepExercise lets the exercise clock go on as it did, although the machine's clock
// was set. With several machines it cannot be known whose clock the exercise goes by,
// so that nothing is done then: a facilitator who sees it jump sets it back.
func (inc *Incident) stepExercise(e *Entry, data *ClockStepped) {
	x := &inc.Exercise
	now := x.Now()
	if !now.Running || !inc.oneMachine() {
		return
	}
	by := time.Duration(data.ByMillis) * time.Millisecond
	now.At, now.Since, now.Stepped = now.at(e.Recorded.Add(-by)), e.Recorded, by
	now.Seq = e.Seq
	x.Settings = append(slices.Clip(x.Settings), now)
}

// oneMachine reports whether all sessions were on one machine. Where its name is
// withheld, that is known of those of one boot alone.
func (inc *Incident) oneMachine() bool {
	var first *SessionOpened
	for _, seq := range inc.Sessions {
		data, ok := inc.Log[seq-1].Data.(*SessionOpened)
		switch {
		case !ok:
			return false
		case first == nil:
			first = data
		case data.Boot != "" && data.Boot == first.Boot:
		case data.Host != first.Host || data.Host == WithheldText:
			return false
		}
	}
	return true
}

func keepHeld(all map[string]Held, ref, why string, e *Entry) map[string]Held {
	if all == nil {
		all = make(map[string]Held)
	}
	all[ref] = Held{Why: why, By: e.By.Name, When: e.When(), Seq: e.Seq}
	return all
}

func (inc *Incident) delivered(e *Entry, data *InjectDelivered) {
	x := &inc.Exercise
	if d := x.Delivery(data.Inject); d != nil {
		d.Times = append(slices.Clip(d.Times), e.Seq)
		return
	}
	x.Delivered = append(slices.Clip(x.Delivered), Delivery{
		InjectDelivered: *data, When: e.When(), At: x.AtEntry(*e), By: e.By.Name, Seq: e.Seq, Times: []uint64{e.Seq},
	})
}
