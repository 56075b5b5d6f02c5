package view

import (
	"encoding/json"
	"time"

	"muster/state"
)

// A Text is one that every such thing has: in JSON, "" is null, not known.
type Text string

// MarshalJSON writes null for "".
func (t Text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}

// Words are what somebody wrote, which may be nothing, or, if they are not known, null.
type Words struct {
	Text  string
	Known bool
}

// MarshalJSON writes null for what is not known.
func (w Words) MarshalJSON() ([]byte, error) {
	if !w.Known {
		return []byte("null"), nil
	}
	return json.Marshal(w.Text)
}

// UnmarshalJSON reads what MarshalJSON writes, but for null, which makes a nil pointer.
func (w *Words) UnmarshalJSON(data []byte) error {
	w.Known = true
	return json.Unmarshal(data, &w.Text)
}

// A Moment is a time that is known, or, if it is zero, one that is not: null.
type Moment struct{ time.Time }

// MarshalJSON writes null for the zero time.
func (m Moment) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	return m.Time.MarshalJSON()
}

// Known is the time; nil if there is none, or if it is not known.
func (m *Moment) Known() *time.Time {
	if m == nil || m.IsZero() {
		return nil
	}
	return &m.Time
}

// knownMoment is t, left out if it is zero.
func knownMoment(t time.Time) *Moment {
	at := moment(t)
	if at == nil {
		return nil
	}
	return &Moment{*at}
}

// moment is t in UTC; nil if there is none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	if t.Year() > 9999 { // what a log can hold and RFC 3339 cannot, a zone away from the end of the year 9999
		t = lastMoment
	}
	return &t
}

// lastMoment is the last second that RFC 3339 can write.
var lastMoment = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// seconds is how long it took from one moment to another, in whole seconds; nil if
// one is missing.
func seconds(from, to *time.Time) *int64 {
	if from == nil || to == nil {
		return nil
	}
	return whole(to.Sub(*from))
}

// whole is a duration in whole seconds.
func whole(d time.Duration) *int64 {
	n := int64(d / time.Second)
	return &n
}

// given is a hash; nil if it is withheld.
func given(h state.Hash, withheld bool) *state.Hash {
	if withheld {
		return nil
	}
	return &h
}

// list is items, never nil: there are none.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// known is items; nil, not known, if there are none and what would name them is lost.
func known[T any](items []T, lost bool) []T {
	if len(items) == 0 && lost {
		return nil
	}
	return list(items)
}
