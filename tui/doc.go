// Package tui is the screens: what a person sees and does on a terminal.
//
//	1 Run          the steps, the text of one of them, the last entries
//	2 Services     what is known of each service
//	5 Timeline     every entry, with filters
//
// and before them Home (what there is) and the form that starts an incident.
// Screens 3, 4 and 6 are kept free for notices, clocks and drills.
//
// # How it is built
//
// An [App] is the one Bubble Tea model. Screens and dialogs are plain structs in
// two stacks; the top dialog, or else the top screen, has the keys. A key is
// looked up in the action table (actions.go) under the scope of who has the
// keys; what no action takes is typing. The same table draws the footers, the
// help, the palette and the documentation, and takes the person's own keys.
//
//	key ─► action ─► state.Command ─► queue ─► Session.Do ─► incident ─► View
//
// Nothing here reads or writes a log, opens a connection or runs a program: the
// world is a [Desk] and a [Session], called only from commands, so that the
// screen never waits. Their replies carry the incident they lead to; an older
// one than is shown is dropped.
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
// # Speed
//
// View is called after every message, so every pane draws its visible rows only
// and keeps what does not change. While the cursor moves, the list alone is
// drawn; the text follows when it rests. Once a second a running clock is
// redrawn, and nothing else happens by itself.
//
// All text from outside passes through state/clean before it is drawn.
package tui
