// Package incident is what the screens of an open incident share: the third floor of
// the screens. It names none of them.
//
//	Case      the newest state known, and what may be done with it
//	Outbox    what is on its way into the log, one action after the other; what was
//	          refused, and what could not be saved
//	Lookout   looks at services from outside
//	Alarms    what falls due or is not true any more, until it was seen
//	CallBook  whom to reach, and what came of it
//	Open      all of these, the head and foot of every screen, and what can be done
//	          on any of them
//	Board     a screen with a list and a text beside it
//
// An action goes this way:
//
//	screen ─► Ask, or Do ─► Outbox ─► Session.Do ─► adopt ─► Changed of every part
//
// Screens join the incident ([Open.Join]) and are told what happens by methods that
// they may have: Changed(before), Begin(), Tock(now), After(command), Mark(),
// Arrive(from), Escape(), Here(), Phase(), Finds(). See parts.go.
package incident
