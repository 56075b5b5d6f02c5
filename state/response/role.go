package response

import (
	"context"

	"muster/state"
)

// A Taken is a role that somebody has taken over.
type Taken struct {
	Incident *state.Incident
	// Since is the entry up to which the last sitrep told: the one to hand to whoever
	// took the role tells of what came after it. 0: of everything.
	Since uint64
	// Sitrep is what the person is to be shown, and Unkept is why the log does not keep it
	// as it was shown, if it does not. The role is taken all the same.
	Sitrep string
	Unkept error
}

// TakeRole takes a role that was handed over. action has the time and the override;
// its command is set here. The person is then to be shown a sitrep: draw writes it, of what
// was done after an entry, in Markdown, and the log keeps that.
func TakeRole(ctx context.Context, s Session, role string, action state.Action, draw func(inc *state.Incident, since uint64) (string, error)) (Taken, error) {
	action.Command = state.AcknowledgeRole{Role: role}
	inc, err := s.Do(ctx, action)
	if err != nil {
		return Taken{}, err
	}
	taken := Taken{Incident: inc, Since: inc.Sitrep}
	if taken.Sitrep, taken.Unkept = draw(inc, taken.Since); taken.Unkept != nil {
		return taken, nil
	}
	to := ""
	if r := inc.Role(role); r != nil {
		to = r.Person
	}
	kept, err := s.Do(ctx, state.Action{Command: state.IssueSitrep{To: to, Text: taken.Sitrep, Handover: role}})
	if err != nil {
		taken.Unkept = err
		return taken, nil
	}
	taken.Incident = kept
	return taken, nil
}
