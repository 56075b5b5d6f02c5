package state

import (
	"fmt"
	"strings"
	"time"
)

// A FormAnswer is what somebody said for a field of a form.
type FormAnswer struct {
	Form, Field, Value string
	Withheld           bool // the value is not in this copy of the log
	By                 string
	When               time.Time
	Seq                uint64
}

// A FilledForm says of a notice's text which form it fills in, and what of it it lacks.
type FilledForm struct {
	ID     string   `json:"id"`
	SHA256 Hash     `json:"sha256"`          // of the form's file
	Lacks  []string `json:"lacks,omitempty"` // the fields that it requires, and that are not known
	// Approver is the role that approves it, if no runbook has the notice; "" for nobody.
	Approver string `json:"approver,omitempty"`
	// Clock is the ready-made deadline that sending it meets; "" for none.
	Clock string `json:"clock,omitempty"`
}

func (f *FilledForm) describe() string {
	switch {
	case f == nil:
		return ""
	case len(f.Lacks) == 0:
		return ", the form " + f.ID
	}
	return fmt.Sprintf(", the form %s, without %s", f.ID, strings.Join(f.Lacks, ", "))
}
