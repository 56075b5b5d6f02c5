package view

import (
	"time"

	"muster/state"
)

// An Origin says where an entry was recorded first, if it was taken over from a branch.
type Origin struct {
	Hash     state.Hash `json:"hash" doc:"of its envelope there"`
	Seq      uint64     `json:"seq" doc:"its number there"`
	Recorded time.Time  `json:"recorded" doc:"when it was written there"`
}

func originOf(e *state.Entry) *Origin {
	if e.Origin == nil {
		return nil
	}
	return &Origin{Hash: e.Origin.Hash, Seq: e.Origin.Seq, Recorded: e.Origin.Recorded.UTC()}
}
