// Package tui is the screens: what a person sees and does on a terminal.
//
//	1 Run          the steps, the text of one of them, the last entries
//	2 Services     what is known of each service, what was last said of it, and
//	               where the two differ
//	3 Notices      what is said to people, what it claims, and whom to call
//	4 Clocks       deadlines and timers
//	5 Timeline     every entry, with filters
//	6 Drill        the facilitator's; for the players, the messages they got
//
// and before them Home (what there is) and the form that starts an incident.
//
// # How it is built
//
// In floors, each of which imports only those below it:
//
//	tui        the root: it assembles the others, and routes
//	plain      the same line by line: it drives the root's model, and knows no screen
//	home  start  run  services  notices  clocks  timeline  drill
//	           a screen each, with its actions, keys and dialogs
//	incident   what the screens of an open incident share
//	kit        what a screen is made of
//	widget     values in, string out          terminal   what draws
//
// An [App] is the one Bubble Tea model. Screens and dialogs are plain structs in
// two stacks; the top dialog, or else the top screen, has the keys. A key is
// looked up in the action table under the place of who has the keys; what no
// action takes is typing. Every package brings its part of the table (table.go puts
// them together), and the same table draws the footers, the help, the palette and the
// documentation, and takes the person's own keys.
//
//	key ─► action ─► state.Command ─► outbox ─► Session.Do ─► incident ─► View
//
// Nothing here reads or writes a log, opens a connection or runs a program: the
// world is a [Desk], a [Session] and a [World], called only from commands, so that
// the screen never waits. Their replies carry the incident they lead to; an older
// one than is shown is dropped.
//
// A new screen is a package with Place, Actions and New, and with ScreenActions if a key
// leads to it; app.go and table.go name it.
//
// # What a person may believe
//
// An action is shown as done only when the session has acknowledged it. Until
// then the header says "saving…", and what is asked for meanwhile waits in a
// queue. What was refused can be overridden, with a reason, or changed as it was
// typed. What could not be saved is kept, said loudly, and offered to be saved
// again or elsewhere. A dialog that opens by itself takes no keys for a moment.
// A drill is marked above and below every screen.
//
// Nothing that claims more than is known goes out without an override: the core is
// asked before a notice leaves, not after. What has left is recorded as sent,
// whatever was learned meanwhile. What was announced as restored is looked at
// again once a minute; a look becomes an entry if a person asked for it, or if it
// shows something new. What is not true any more, and what falls due, rings once
// and is shown until somebody has seen it.
//
// # Speed
//
// View is called after every message, so every pane draws its visible rows only
// and keeps what does not change. While the cursor moves, the list alone is
// drawn; the text follows when it rests. Once a second a running clock is
// redrawn, and what falls due is looked for; nothing else happens by itself.
//
// What View says is drawn by package terminal, the moment it is said, and only then:
// Bubble Tea would wait for its ticker, which never sleeps.
//
// All text from outside passes through state/clean before it is drawn.
package tui
