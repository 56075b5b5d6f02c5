package main

import (
	"sync"
	"time"

	"muster/state/team"
	"muster/tui"
)

// rosterAge is how old what is known of others may be before it is looked at again.
const rosterAge = 2 * time.Second

// A roster is who is here, as one who has screens open sees it.
type roster struct {
	folder   team.Folder
	presence *team.Presence

	mu     sync.Mutex
	looked time.Time
	busy   bool
	mates  []tui.Mate
	told   standing
}

// A standing is where somebody is.
type standing struct{ person, incident, screen, step string }

// Move implements tui.Team.
func (r *roster) Move(person, incident, screen, step string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := standing{person, incident, screen, step}
	if r.told == now {
		return
	}
	r.told = now
	go func() { // a disk may be slow
		r.mu.Lock()
		last := r.told
		r.mu.Unlock()
		if last.person != "" {
			_ = r.presence.Rename(last.person)
		}
		_ = r.presence.Move(last.incident, last.screen, last.step)
	}()
}

// Others implements tui.Team.
func (r *roster) Others() []tui.Mate {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := r.folder.Now(); !r.busy && now.Sub(r.looked) >= rosterAge {
		r.busy, r.looked = true, now
		go r.look()
	}
	return r.mates
}

func (r *roster) look() {
	cards, _ := r.folder.Here(r.presence)
	var mates []tui.Mate
	for _, c := range cards {
		if !c.Own && c.Name != "" {
			mates = append(mates, tui.Mate{Name: c.Name, Role: c.Role, Incident: c.Incident, Screen: c.Screen, Step: c.Step, Moved: c.Moved, Lost: c.Lost})
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mates, r.busy = mates, false
}

// leave says goodbye, or, if the line broke, does not.
func (r *roster) leave(broke bool) {
	if r == nil {
		return
	}
	if broke {
		_ = r.presence.Drop()
		return
	}
	_ = r.presence.Leave()
}
