package state

import (
	"time"

	"muster/runbooks"
)

// A ServiceState is what is known of a service.
type ServiceState string

// The states, as the IMO case taught them.
const (
	UnknownState ServiceState = "unknown"
	Unaffected   ServiceState = "unaffected" // checked, and fine
	Suspect      ServiceState = "suspect"
	Affected     ServiceState = "affected"
	ShutDown     ServiceState = "shut-down"
	Restoring    ServiceState = "restoring"
	Restored     ServiceState = "restored"  // somebody says so
	Verified     ServiceState = "verified"  // somebody else looked, from outside, after it was restored
	Regressed    ServiceState = "regressed" // was restored or verified, and a later check failed
)

// ServiceStates lists every state, from not knowing to regressed.
func ServiceStates() []ServiceState {
	return []ServiceState{UnknownState, Unaffected, Suspect, Affected, ShutDown, Restoring, Restored, Verified, Regressed}
}

// Hit reports whether a service in this state is part of the incident: affected,
// or anywhere on the way back.
func (s ServiceState) Hit() bool {
	switch s {
	case Affected, ShutDown, Restoring, Restored, Verified, Regressed:
		return true
	}
	return false
}

// Down reports whether a service in this state can be expected not to work.
func (s ServiceState) Down() bool {
	switch s {
	case Affected, ShutDown, Restoring, Regressed:
		return true
	}
	return false
}

// A Standing says whether a service can be relied on.
type Standing string

// Every state of a service has exactly one of these.
const (
	Back    Standing = "back"     // checked and fine, or restored and verified
	NotBack Standing = "not back" // cannot be expected to work
	NotSure Standing = "not sure" // nobody has looked, or what was restored was not verified
)

// Standing is whether a service in this state can be relied on.
func (s ServiceState) Standing() Standing {
	switch {
	case s == Unaffected || s == Verified:
		return Back
	case s.Down():
		return NotBack
	}
	return NotSure
}

// OfHealth reports whether to say that a service is in this state is to say that it
// is well, which must be true. All else is said of harm, or of nothing.
func (s ServiceState) OfHealth() bool { return s == Unaffected || s == Restored || s == Verified }

// A Service is one service in the incident.
type Service struct {
	ID    string // one for all the incident's runbooks
	Def   *runbooks.Service
	State ServiceState
	Since time.Time // zero if never set
	By    string
	Why   string
	// Expected is when it is expected back; zero if nobody said, and once it is back.
	Expected time.Time
	Seq      uint64  // the entry that set it
	Again    []Again // who else said so since, each once
	// RestoredBy is who restored it last; another should verify it.
	RestoredBy  string
	restoredSeq uint64 // the entry by which RestoredBy did it
	// EverRestored: it was restored once, so that a failing check is a regress.
	EverRestored bool
	moves        []serviceMove // every state it went into, as recorded
	looks        []look        // by what it was said to be verified, as recorded
	Checked      *Look         // the last look from outside; nil if none
	CheckedAt    time.Time
}

// A serviceMove is a state that a service went into.
type serviceMove struct {
	to       ServiceState
	at       time.Time // when that happened
	recorded time.Time
	seq      uint64
}

// An Again is that somebody else than who is named said the same of a service's state.
type Again struct {
	By  string
	At  time.Time
	Why string
	Seq uint64
}

// A look is how somebody came to say that a service is verified.
type look struct {
	at       time.Time // when that was
	seq      uint64
	restored string   // who had restored it
	who      []string // who looked, and who confirmed it
	own      []bool   // of each, whether they said that they are not another person, or could not show it
	why      string   // the reason that was given for that
}

// A Look is what a check of a service from outside showed.
type Look struct {
	OK        bool
	What      string // what was looked at: GET https://…
	Detail    string // what was seen
	Millis    int64  // how long it took
	Simulated bool   // in a drill, the scenario answered
}
