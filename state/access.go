package state

// Access is what somebody may do who comes from elsewhere, by a key of their own. Who
// sits at the machine itself may do all.
type Access string

// The kinds of access. In a live incident a facilitator is a responder.
const (
	Facilitator Access = "facilitator" // everything, and what makes a drill
	Responder   Access = "responder"   // everything but what makes a drill
	Evaluator   Access = "evaluator"   // rate and observe a drill; read all else
	Observer    Access = "observer"    // read
)

// Accesses are all kinds of access, the widest first.
func Accesses() []Access { return []Access{Facilitator, Responder, Evaluator, Observer} }

// Acts reports whether somebody with this access may do anything in an incident.
func (a Access) Acts() bool { return a == Facilitator || a == Responder || a == Evaluator }

// Foresees reports whether somebody with this access may read what a drill is still to
// bring: who plays may not.
func (a Access) Foresees() bool { return a == Facilitator || a == Evaluator }

// A Guest is who acts from elsewhere, by a key. The zero Guest is nobody: who acts sits
// at the machine itself.
type Guest struct {
	Name   string // whose key it is
	Key    string // its fingerprint: SHA256:…
	Access Access
}
