package session

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Clock is a machine's clocks.
type Clock interface {
	// Now is the wall clock's time, without a monotonic part: it can jump.
	Now() time.Time
	// SinceBoot is the time since the machine was started, sleep included. It
	// never jumps. Zero if the system does not say.
	SinceBoot() time.Duration
	// BootID names this boot; "" if the system does not.
	BootID() string
	// Synced says whether the wall clock is synchronised: yes, no or unknown.
	Synced() string
	// Zone is the offset now and the zone's name: "+01:00 Europe/Berlin".
	Zone() string
}

// System is the clock of this machine.
type System struct{}

// Now is the wall clock's time.
func (System) Now() time.Time { return time.Now().Round(0) }

// SinceBoot is the time since boot, sleep included.
func (System) SinceBoot() time.Duration { return sinceBoot() }

// BootID names this boot.
func (System) BootID() string { return bootID() }

// Synced says whether the clock is synchronised.
func (System) Synced() string { return synced() }

// Zone is the offset now and the zone's name.
func (System) Zone() string {
	now := time.Now()
	name := zoneName()
	if name == "" {
		name, _ = now.Zone()
	}
	return strings.TrimSpace(now.Format("-07:00") + " " + name)
}

// zoneName is the zone's name in the zone database, if the system says it.
func zoneName() string {
	if name := strings.TrimPrefix(os.Getenv("TZ"), ":"); name != "" {
		if _, err := time.LoadLocation(name); err == nil {
			return name
		}
	}
	target, err := filepath.EvalSymlinks("/etc/localtime")
	if err != nil {
		return ""
	}
	_, name, _ := strings.Cut(target, "zoneinfo/")
	return name
}
