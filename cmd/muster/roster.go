package main

import (
	"context"
	"sync"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/team"
	"muster/tui"
)

// rosterAge is how old what is known of others may be before it is looked at again.
const rosterAge = 2 * time.Second

// A roster is who is here, as one who has screens open sees it.
type roster struct {
	door
	folder   team.Folder
	crowd    *team.Crowd
	presence *team.Presence

	mu     sync.Mutex
	looked time.Time
	busy   bool
	mates  []tui.Mate
	guests []tui.Guest
	told   standing
}

// A door is how one who has screens open lets others in.
type door struct {
	opens       bool // they may let anybody in at all
	invite      func(name string, access state.Access) (code string, until time.Time, err error)
	admit, turn func(who string) error
}

// A standing is where somebody is.
type standing struct{ person, incident, screen, step string }

// crowdOf is who is here, for all that this process has screens for.
func crowdOf(folder team.Folder) *team.Crowd { return &team.Crowd{Folder: folder, Age: rosterAge / 2} }

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
	r.refresh()
	return r.mates
}

// Waiting implements incident.Door. To who cannot let them in nobody waits.
func (r *roster) Waiting() []tui.Guest {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refresh()
	return r.guests
}

// Invite implements incident.Door.
func (r *roster) Invite(_ context.Context, name string, access state.Access) (code string, until time.Time, err error) {
	return r.invite(name, access)
}

// Admit implements incident.Door.
func (r *roster) Admit(_ context.Context, key string) error { return r.admit(key) }

// Turn implements incident.Door.
func (r *roster) Turn(_ context.Context, key string) error { return r.turn(key) }

// refresh looks again, in time, at who is here and who waits.
func (r *roster) refresh() {
	if now := r.folder.Now(); !r.busy && now.Sub(r.looked) >= rosterAge {
		r.busy, r.looked = true, now
		go r.look()
	}
}

func (r *roster) look() {
	cards, _ := r.crowd.Here(r.presence)
	var mates []tui.Mate
	for _, c := range cards {
		if !c.Own && c.Name != "" {
			mates = append(mates, tui.Mate{Name: c.Name, Role: c.Role, Incident: c.Incident, Screen: c.Screen, Step: c.Step, Moved: c.Moved, Lost: c.Lost})
		}
	}
	var guests []tui.Guest
	if r.opens {
		_, waiting, _, _ := r.folder.Door()
		for _, w := range waiting {
			guests = append(guests, tui.Guest{Name: clean.Line(w.Name), Role: clean.Line(string(w.Access)), Key: w.Fingerprint(), From: clean.Line(w.From)})
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mates, r.guests, r.busy = mates, guests, false
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
