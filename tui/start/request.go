package start

import (
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Request says what incident to start.
type Request struct {
	Runbook  *runbooks.Source
	Mode     state.Mode
	Title    string
	Severity runbooks.Severity
	Detected time.Time // zero for now
	Inputs   map[string]string
	Scenario *runbooks.ScenarioSource // that a drill plays; nil for none
	Person   string                   // who starts it, and takes part from then on

	Commands bool     // that person commands
	Services []string // what the organisation runs, by title, if no file says so
	// Organisation is whose incident it is, as an id or a file; "" for that of the
	// scenario, or else the person's own.
	Organisation string
}
