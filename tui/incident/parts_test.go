package incident

import (
	"testing"

	"muster/tui/kit"
)

// TestOpenIsNoPart: screens embed an open incident, so a method of it with the name of
// one that parts may have would seem to be every screen's.
func TestOpenIsNoPart(t *testing.T) {
	var o any = &Open{Case: &Case{}, Outbox: &Outbox{}, Lookout: &Lookout{}, Alarms: &Alarms{}, CallBook: &CallBook{}}
	is := map[string]bool{}
	_, is["changer"] = o.(changer)
	_, is["starter"] = o.(starter)
	_, is["ticker"] = o.(ticker)
	_, is["follower"] = o.(follower)
	_, is["marker"] = o.(marker)
	_, is["arriver"] = o.(arriver)
	_, is["escaper"] = o.(escaper)
	_, is["stepper"] = o.(stepper)
	_, is["finder"] = o.(finder)
	_, is["phaser"] = o.(phaser)
	_, is["kit.Taker"] = o.(kit.Taker)
	_, is["kit.Former"] = o.(kit.Former)
	_, is["kit.Canceler"] = o.(kit.Canceler)
	_, is["kit.Leaver"] = o.(kit.Leaver)
	_, is["kit.Mover"] = o.(kit.Mover)
	_, is["kit.Wheeler"] = o.(kit.Wheeler)
	for name, yes := range is {
		if yes {
			t.Errorf("an open incident is a %s, and so is every screen", name)
		}
	}
	if _, ok := o.(kit.Clocked); !ok {
		t.Error("an open incident has no clocks")
	}
	if _, ok := o.(kit.Keeper); !ok {
		t.Error("an open incident can be left with something unsaved")
	}
	if _, ok := o.(kit.Headed); !ok {
		t.Error("an open incident has no title")
	}
}
