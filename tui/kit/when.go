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

// Ahead reads a time to come, as past does.
func (u *UI) Ahead(text string) (time.Time, error) {
	r, err := when.Ahead(text, u.Now())
	if r.Chose != "" {
		u.Say(r.Chose)
	}
	return r.Time, err
}

// NotPast says why a field's text is no time at which something happened; "" if it is.
func (u *UI) NotPast(text string) string {
	if _, err := when.Past(text, u.Now()); err != nil {
		return err.Error()
	}
	return ""
}

// NotAhead says why a field's text is no time to come; "" if it is.
func (u *UI) NotAhead(text string) string {
	if _, err := when.Ahead(text, u.Now()); err != nil {
		return err.Error()
	}
	return ""
}
