package state

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// What the program records of itself: on which machine it runs, by which clock, and
// what became of the log.

// KindSessionOpened is the kind of [SessionOpened].
const KindSessionOpened Kind = "session.opened"

// SessionOpened says which machine and clock the entries after it were written by.
type SessionOpened struct {
	Program string `json:"program"`
	Host    string `json:"host" part:"names"`
	Boot    string `json:"boot"`   // names the boot within this log, see [HereBoot]; "" if the system has no name for it
	Synced  string `json:"synced"` // whether the clock is synchronised: "yes", "no" or "unknown"
	// BootAt is the wall clock's time minus the time since boot, in milliseconds, moved by
	// what only this boot in this log is moved by. It stands still while nobody sets the clock.
	BootAt int64 `json:"boot_at"`
	// Disk names the file system, if it is none that is known to hold lock and append
	// and somebody wanted it all the same.
	Disk string `json:"disk,omitempty"`
	// Keys has the fingerprint of the key by which the author came from elsewhere; none
	// at the machine itself. It is a list so that a copy without names has none.
	Keys []string `json:"keys,omitempty" part:"names"`
}

// Kind is KindSessionOpened.
func (*SessionOpened) Kind() Kind { return KindSessionOpened }

// OpenSession makes session.opened.
type OpenSession SessionOpened

func (OpenSession) kind() Kind { return KindSessionOpened }

func (c OpenSession) decide(*decision) Data { data := SessionOpened(c); return &data }

func (data *SessionOpened) effect(inc *Incident, e *Entry) {
	inc.Sessions = append(inc.Sessions, e.Seq)
	setClock(inc, data.Boot, data.BootAt)
}

func (data *SessionOpened) describe(inc *Incident, e Entry) string {
	text := fmt.Sprintf("session on %s, clock synchronised: %s", data.Host, data.Synced)
	for _, key := range data.Keys {
		text += ", by the key " + key
	}
	if data.Disk != "" {
		text += fmt.Sprintf("; written on %s, where it is not known that lock and append hold", data.Disk)
	}
	if by, before := wentBack(inc, &e); by > 0 {
		text += fmt.Sprintf("; the clock was set back by %s between entries %d and %d, or is another machine's", by, before, e.Seq)
	}
	return text
}

// setBack is how far the clock may go back from one entry to the next without a word:
// machines that share a log do not agree to the second.
const setBack = time.Minute

// wentBack is by how much an entry was written, by its own time, before the one before it,
// and which that is; 0 if it was not, or not by more than clocks differ.
func wentBack(inc *Incident, e *Entry) (by time.Duration, before uint64) {
	if e.Seq < 2 || uint64(len(inc.Log)) < e.Seq-1 {
		return 0, 0
	}
	last := inc.Log[e.Seq-2]
	if by = last.Recorded.Sub(e.Recorded); by <= setBack {
		return 0, 0
	}
	return by.Round(time.Second), last.Seq
}

// KindClockStepped is the kind of [ClockStepped].
const KindClockStepped Kind = "clock.step"

// ClockStepped says that the wall clock jumped against the boot clock.
type ClockStepped struct {
	Boot     string `json:"boot"`    // as in SessionOpened
	ByMillis int64  `json:"by_ms"`   // positive: the clock was set forward
	BootAt   int64  `json:"boot_at"` // as in SessionOpened, after the jump
}

// Kind is KindClockStepped.
func (*ClockStepped) Kind() Kind { return KindClockStepped }

// StepClock makes clock.step.
type StepClock ClockStepped

func (StepClock) kind() Kind { return KindClockStepped }

func (c StepClock) decide(*decision) Data { data := ClockStepped(c); return &data }

func (data *ClockStepped) effect(inc *Incident, e *Entry) {
	setClock(inc, data.Boot, data.BootAt)
	stepExercise(inc, e, data)
}

func (data *ClockStepped) describe(*Incident, Entry) string {
	return fmt.Sprintf("the clock was set by %+.3f s", float64(data.ByMillis)/1000)
}

// KindRecovered is the kind of [Recovered].
const KindRecovered Kind = "log.recovered"

// Recovered says that the log's end was mended, and how.
type Recovered struct {
	What   string `json:"what"`                                      // "torn tail", "failed write", "changed file"; "moved" or "read from a file" if nothing failed
	Bytes  int64  `json:"bytes"`                                     // how many were cut off, or put aside
	SHA256 Hash   `json:"sha256"`                                    // of those bytes
	Kept   string `json:"kept,omitempty"`                            // the file in the incident's folder that has them
	Detail string `json:"detail,omitempty" part:"notes" text:"said"` // the error that made it necessary
}

// Kind is KindRecovered.
func (*Recovered) Kind() Kind { return KindRecovered }

// MendLog makes log.recovered.
type MendLog Recovered

func (MendLog) kind() Kind { return KindRecovered }

func (c MendLog) decide(*decision) Data { data := Recovered(c); return &data }

func (*Recovered) effect(*Incident, *Entry) {}

func (data *Recovered) describe(*Incident, Entry) string {
	what := "log recovered: " + data.What
	if data.Bytes > 0 {
		what += fmt.Sprintf(", %d bytes", data.Bytes)
	}
	return what + said(data.Detail)
}

// setClock remembers how a machine's clock stood against its boot.
func setClock(inc *Incident, boot string, at int64) {
	clocks := maps.Clone(inc.clocks)
	if clocks == nil {
		clocks = make(map[string]int64)
	}
	clocks[boot] = at
	inc.clocks = clocks
}

// ofThisLog begins the names of boots that are made for one log. What builds before the first
// release wrote instead was the id that the system gave.
const ofThisLog = "~"

// HereBoot is how an incident's log names a boot, by the id that the system gave it, and how it writes
// when that was: such that who has the log can tell boots and jumps of a clock apart, and
// neither the id nor the time, unless they have the id from the machine itself.
func HereBoot(inc *Incident, id string, at int64) (string, int64) {
	if id == "" || len(inc.Log) == 0 {
		return "", 0
	}
	sum := Sum([]byte("muster boot\n" + inc.Log[0].Hash.String() + "\n" + id))
	by := binary.BigEndian.Uint64(sum[16:]) >> 12 // what JSON's numbers have room for
	return ofThisLog + hex.EncodeToString(sum[:16]), at + int64(by)
}

// BootAt is the wall clock's time minus the time since boot, in milliseconds, as
// the log last recorded it for a boot; false if it never did.
func (inc *Incident) BootAt(boot string) (int64, bool) {
	at, ok := inc.clocks[boot]
	return at, ok
}

// oneMachine reports whether all sessions were on one machine. Where its name is
// withheld, that is known of those of one boot alone.
func oneMachine(inc *Incident) bool {
	var first *SessionOpened
	for _, seq := range inc.Sessions {
		data, ok := inc.Log[seq-1].Data.(*SessionOpened)
		switch {
		case !ok:
			return false
		case first == nil:
			first = data
		case data.Boot != "" && data.Boot == first.Boot:
		case data.Host != first.Host || data.Host == WithheldText:
			return false
		}
	}
	return true
}

// stepExercise lets the exercise clock go on as it did, although the machine's clock
// was set. With several machines it cannot be known whose clock the exercise goes by,
// so that nothing is done then: a facilitator who sees it jump sets it back.
func stepExercise(inc *Incident, e *Entry, data *ClockStepped) {
	x := &inc.Exercise
	now := x.Now()
	if !now.Running || !oneMachine(inc) {
		return
	}
	by := time.Duration(data.ByMillis) * time.Millisecond
	now.At, now.Since, now.Stepped = now.at(e.Recorded.Add(-by)), e.Recorded, by
	now.Seq = e.Seq
	x.Settings = append(slices.Clip(x.Settings), now)
}

// TellsBoot reports whether an entry says in which boot of a machine it was made, and when that
// was, which is among the facts: no part of the entry that can be withheld takes it along.
// Builds before the first release wrote so.
func TellsBoot(e *Entry) bool {
	boot, at := "", int64(0)
	switch data := e.Data.(type) {
	case *SessionOpened:
		boot, at = data.Boot, data.BootAt
	case *ClockStepped:
		boot, at = data.Boot, data.BootAt
	}
	return !strings.HasPrefix(boot, ofThisLog) && (boot != "" || at != 0)
}
