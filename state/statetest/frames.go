package statetest

import (
	"fmt"

	"muster/state"
)

// Frames notes what the frames of logs say, which entries share. What it returns names the
// entries whose frames say something else by then, because somebody wrote to one without
// [state.Entry.Own]; "" if none does.
func Frames(logs ...[]state.Entry) func() string {
	type frame struct {
		seq  uint64
		says string
	}
	kept := map[*state.Frame]frame{}
	for _, log := range logs {
		for _, e := range log {
			if _, ok := kept[e.Frame]; !ok {
				kept[e.Frame] = frame{e.Seq, saysFrame(e.Frame)}
			}
		}
	}
	return func() (changed string) {
		for f, was := range kept {
			if now := saysFrame(f); now != was.says {
				changed += fmt.Sprintf("the frame of entry %d was %s, and is %s\n", was.seq, was.says, now)
			}
		}
		return changed
	}
}

func saysFrame(f *state.Frame) string {
	return fmt.Sprintf("%s %s %v %+v %v %s %+v %+v", f.Mode, f.Kind, f.Withheld, f.By, f.Occurred, f.Zone, f.Override, f.Origin)
}
