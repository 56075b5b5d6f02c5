package state

// A Channel is a way to send a notice, as everybody may know it: its settings are
// secrets, and whoever sends by it has them.
type Channel struct {
	Name string // what runbooks call it
	Kind string // slack, smtp …
}
