package kit

import (
	"time"

	"muster/state/when"
)

// Past reads when something happened; the zero time for "now". If the text could
// mean two times, the status line says which was taken.
func (u *UI) Past(text string) (time.Time, error) {
	r, err := when.Past(text, u.Now())
	if r.Chose != "" {
		u.Say(r.Chose)
	}
	return r.Time, err
}

// Ahead reads a time to come, as past does. A length of time counts from a moment, such as
// when something happened; the zero time is now.
func (u *UI) Ahead(text string, from time.Time) (time.Time, error) {
	if from.IsZero() {
		from = u.Now()
	}
	r, err := when.AheadOf(text, from, u.Now())
	if r.Chose != "" {
		u.Say(r.Chose)
	}
	return r.Time, err
}

// After reads a time that was to come at a moment, and may be past by now; the zero time is now.
func After(u *UI, text string, moment time.Time) (time.Time, error) {
	if moment.IsZero() {
		moment = u.Now()
	}
	r, err := when.Ahead(text, moment.In(u.Now().Location()))
	if r.Chose != "" {
		u.Say(r.Chose)
	}
	return r.Time, err
}

// NotPast says why a field's text is no time at which something happened, or asks which of
// two it means; "" if it is one.
func (u *UI) NotPast(text string) string { return notOne(when.Past(text, u.Now())) }

// NotAhead says why a field's text is no time to come, or asks which of two it means; "" if it
// is one.
func (u *UI) NotAhead(text string) string { return notOne(when.Ahead(text, u.Now())) }

func notOne(r when.Reading, err error) string {
	if err != nil {
		return err.Error()
	}
	return r.Asks
}

// Typed is a time as it could be typed into a field, and is read from there: in the
// person's zone, with the offset where that time comes twice.
func Typed(u *UI, at time.Time) string {
	at = at.In(u.Now().Location())
	text := at.Format("2006-01-02 15:04:05")
	if r, err := when.Any(text, u.Now()); err != nil || r.Asks != "" {
		return at.Format(time.RFC3339)
	}
	return text
}
