package view

import "time"

// A Team is who may come over SSH, who is invited and who waits.
type Team struct {
	People  []Guest      `json:"people"`
	Invited []Invitation `json:"invited"`
	Waiting []Guest      `json:"waiting" doc:"who gave a right code and waits for a yes"`
	Here    []Here       `json:"here" doc:"who has the screens open, and who was cut off within the last hour"`
	Wrong   int          `json:"wrong_codes" doc:"codes that were none, since an invitation stands"`
}

// A Here is somebody who has the screens open, and where they are.
type Here struct {
	Name     string    `json:"name"`
	Role     string    `json:"role,omitempty" doc:"left out for whoever sits at the machine itself"`
	Incident string    `json:"incident,omitempty" doc:"left out at home"`
	Screen   string    `json:"screen,omitempty"`
	Step     string    `json:"step,omitempty" doc:"its id"`
	Moved    time.Time `json:"moved" doc:"when they last went anywhere"`
	Lost     bool      `json:"cut_off,omitempty"`
}

// A Guest is somebody with a key of their own.
type Guest struct {
	Name  string     `json:"name"`
	Role  string     `json:"role" doc:"responder, facilitator, evaluator or observer"`
	Key   string     `json:"key" doc:"the fingerprint: SHA256:…"`
	From  string     `json:"from,omitempty" doc:"the address, of who waits"`
	Since *time.Time `json:"since,omitempty" doc:"of who waits"`
}

// An Invitation is a code that lets one person knock.
type Invitation struct {
	Name  string    `json:"name"`
	Role  string    `json:"role"`
	By    string    `json:"by" doc:"who invited"`
	Until time.Time `json:"until"`
	Code  string    `json:"code,omitempty" doc:"told once, when it is made"`
}
