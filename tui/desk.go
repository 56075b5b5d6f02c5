package tui

// A Desk is what the screens need of the world outside one incident.
type Desk interface {
	homeDesk
	startDesk
}
