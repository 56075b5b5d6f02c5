package view

import (
	"slices"
	"time"
)

// The milestones, by the word that stands for each.
const (
	FirstSign   = "first sign"
	DetectedAt  = "detected"
	AwareAt     = "aware"
	DecidedAt   = "decided"
	ContainedAt = "contained"
	RestoredAt  = "restored"
	VerifiedAt  = "verified"
	ClosedAt    = "closed"
)

// A Milestone is one of the moments that everybody asks for afterwards.
type Milestone struct {
	What string     `json:"what" doc:"first sign, detected, aware, decided, contained, restored, verified, closed"`
	At   *time.Time `json:"at" null:"what would tell is withheld"`
	Seq  uint64     `json:"seq,omitempty" doc:"the entry that says so"`
	Took *int64     `json:"seconds_since_detected,omitempty" doc:"left out where one of the two is not known, and of detected"`
	// Said is when the entry was written, if that was before the time it gives.
	Said *time.Time `json:"said_before,omitempty" doc:"when the entry that says so was written, if the time that it gives came only after that: the two contradict each other"`
}

// A Lapse is a time during which a milestone was reached, and at whose end it was lost again.
type Lapse struct {
	What  string    `json:"what" doc:"contained, restored, verified"`
	At    time.Time `json:"at"`
	Seq   uint64    `json:"seq" doc:"the entry by which it was reached"`
	Until time.Time `json:"until"`
	Lost  uint64    `json:"lost_seq" doc:"the entry by which it was lost"`
}

// An Outage is how long a service was down, or a false alarm that it was.
type Outage struct {
	Service  string     `json:"service"`
	Title    string     `json:"title"`
	From     *time.Time `json:"down_from" null:"what would tell is withheld" doc:"the first time; by a check that failed, if one did before anybody said so and none passed since"`
	Check    uint64     `json:"check_seq,omitempty" doc:"the failed check that shows it, before anybody said so"`
	Down     *int64     `json:"down_seconds" null:"what would tell is withheld" doc:"affected, shut down, being restored or regressed, all times together"`
	Unsure   *int64     `json:"unverified_seconds" null:"what would tell is withheld" doc:"restored by somebody's word and not verified yet"`
	Times    int        `json:"times,omitempty" doc:"how often it went down, or, of a false alarm, was held to be affected; left out if that is not known"`
	Ongoing  bool       `json:"ongoing,omitempty" doc:"it is down at the end of the log"`
	AtLeast  bool       `json:"at_least,omitempty" doc:"for a time after it was down nobody knew whether it was, so that it may have been for longer"`
	Unclear  bool       `json:"not_known,omitempty" doc:"at the end of the log nobody knows whether it is down"`
	Restored *time.Time `json:"restored_at,omitempty" doc:"the last time, by somebody's word; left out if it was not"`
	Verified *time.Time `json:"verified_at,omitempty" doc:"since when it is verified; left out if it is not"`
	// Unaffected is when it was found out that there was none.
	Unaffected *time.Time `json:"found_unaffected_at,omitempty" doc:"of a false alarm, the last time: it was held to be affected, and found to be unaffected without having been shut down or restored. It was not down, and counts for no milestone"`
}

// An Impact is what an incident took away.
type Impact struct {
	Outages []Outage `json:"outages" null:"the runbook is withheld" doc:"of the services that were hit, or were held to be"`
	Down    *int64   `json:"down_seconds" null:"what would tell is withheld" doc:"during which any of them was down: what overlaps counts once"`
	Answers []Answer `json:"answers" doc:"what was answered about people, records, clients, data, harm and costs"`
}

// A KeyEvent is one of the entries that tell what happened to somebody who reads no more.
type KeyEvent struct {
	Seq    uint64 `json:"seq"`
	Marked bool   `json:"marked,omitempty" doc:"a person said so"`
}

// A weighty entry may be a key event.
type weighty struct {
	seq    uint64
	weight int
}

// Hit are the outages of the services that were hit; a false alarm is none of them.
func (i *Impact) Hit() []Outage {
	return slices.DeleteFunc(slices.Clone(i.Outages), func(o Outage) bool { return o.Unaffected != nil })
}
