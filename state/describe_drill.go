package state

import (
	"fmt"
	"time"

	"muster/runbooks"
)

// behindScenes reports whether entries of kind say nothing to the players.
func behindScenes(kind Kind) bool { return FacilitatorKind(kind) && kind != KindInjectDelivered }

// describeDrill is describe for entries that only a drill has. Of injects that were
// not delivered it says nothing that players should not know.
func (inc *Incident) describeDrill(e Entry) (string, bool) {
	switch data := e.Data.(type) {
	case *ExerciseSet:
		return describeExercise(data), true
	case *InjectDelivered:
		if e.Withheld.Has(Evidence) {
			return inc.describeInject(data) + ", with files " + WithheldText, true
		}
		return inc.describeInject(data), true
	case *InjectHeld:
		if data.Released {
			return "an inject is held back no more" + said(data.Why), true
		}
		return "holds an inject back" + said(data.Why), true
	case *InjectSkipped:
		return "skips an inject" + said(data.Why), true
	case *InjectAcknowledged:
		return fmt.Sprintf("acknowledged inject %d", data.Number) + said(data.Note), true
	case *ObjectiveRated:
		title := data.Title
		if title == "" || title == WithheldText {
			title = data.Objective
		}
		return fmt.Sprintf("rated the objective %q %s: %s", title, data.Rating, data.Rating.Title()) + said(data.Note), true
	case *ObservationAdded:
		if data.Mark == Strength {
			return "observed a strength" + said(data.Text), true
		}
		return "observed something to improve" + said(data.Text), true
	}
	return "", false
}

func describeExercise(data *ExerciseSet) string {
	at := runbooks.ExerciseTime(time.Duration(data.AtMillis) * time.Millisecond)
	switch data.Do {
	case ExerciseStart:
		return fmt.Sprintf("exercise clock started at %s, ×%d", at, data.Speed)
	case ExercisePause:
		return "exercise clock paused at " + at
	case ExerciseResume:
		return fmt.Sprintf("exercise clock resumed at %s, ×%d", at, data.Speed)
	case ExerciseSpeed:
		return fmt.Sprintf("exercise clock runs ×%d from %s", data.Speed, at)
	}
	return "exercise clock set to " + at
}

func (inc *Incident) describeInject(data *InjectDelivered) string {
	to, again := data.To, ""
	if role := inc.Role(data.To); role != nil {
		to = role.Def.Title
	}
	if data.Again {
		again = " again"
	}
	text := fmt.Sprintf("inject %d%s to %s, from %s, by %s", data.Number, again, to, data.From, data.Via) + said(data.Text)
	for _, file := range data.Files {
		text += fmt.Sprintf(", with %q, sha256 %.12s…", file.Name, file.SHA256)
	}
	return text
}

// amendDrillText is amendText for entries that only a drill has. What the players
// were told cannot be amended: they were told it.
func amendDrillText(data Data, text string) (Data, bool) {
	switch old := data.(type) {
	case *InjectAcknowledged:
		amended := *old
		amended.Note = text
		return &amended, true
	case *ObjectiveRated:
		amended := *old
		amended.Note = text
		return &amended, true
	case *ObservationAdded:
		amended := *old
		amended.Text = text
		return &amended, true
	}
	return data, false
}
