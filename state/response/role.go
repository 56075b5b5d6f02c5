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
}

// TakeRole takes a role that was handed over. action has the time and the override;
// its command is set here. The person is then to be shown a sitrep.
func TakeRole(ctx context.Context, s Session, role string, action state.Action) (Taken, error) {
	action.Command = state.AcknowledgeRole{Role: role}
	inc, err := s.Do(ctx, action)
	if err != nil {
		return Taken{}, err
	}
	return Taken{inc, inc.Sitrep}, nil
}
