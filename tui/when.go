package tui

import (
	"time"

	"muster/state/when"
)

// past reads when something happened; the zero time for "now". If the text could
// mean two times, the status line says which was taken.
func (a *App) past(text string) (time.Time, error) {
	r, err := when.Past(text, a.now())
	if r.Chose != "" {
		a.said = r.Chose
	}
	return r.Time, err
}

// ahead reads a time to come, as past does.
func (a *App) ahead(text string) (time.Time, error) {
	r, err := when.Ahead(text, a.now())
	if r.Chose != "" {
		a.said = r.Chose
	}
	return r.Time, err
}

// notPast says why a field's text is no time at which something happened; "" if it is.
func (a *App) notPast(text string) string {
	if _, err := when.Past(text, a.now()); err != nil {
		return err.Error()
	}
	return ""
}

// notAhead says why a field's text is no time to come; "" if it is.
func (a *App) notAhead(text string) string {
	if _, err := when.Ahead(text, a.now()); err != nil {
		return err.Error()
	}
	return ""
}

// clockTime is a time of day in the zone of now; with the day if that is
// another than now's.
func clockTime(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04")
	}
	return t.Format("02 Jan 15:04")
}
