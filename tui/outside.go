package tui

import (
	"muster/state/response"
	"muster/tui/home"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/start"
)

// What the screens know of the world outside them, each said where it is used.
type (
	Session      = incident.Session
	World        = incident.World
	Format       = incident.Format
	Team         = incident.Team
	Mate         = incident.Mate
	Guest        = incident.Guest
	Editor       = kit.Editor
	IncidentHead = response.Head
	StartRequest = start.Request
	ActionInfo   = kit.ActionInfo
	Draft        = kit.Draft
)

// A Desk is what the screens need of the world outside one incident.
type Desk interface {
	home.Desk
	start.Desk
	kit.Drafts
}
