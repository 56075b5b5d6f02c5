// Package kit is what a screen is made of: the second floor of the screens. It knows
// the terminal, keys, dialogs and forms, and no incident.
//
//	UI       one person's terminal: size, theme, keys, clock, and what lies on it
//	Part     a [Screen] or a [Dialog]: something that can have the keys
//	Place    where keys have a meaning of their own; every part is in one
//	Action   something a person can do in some places; a [KeyMap] is all of them
//	Form     fields to fill in; a [Prompt] is a dialog of one
//	Finder   a list to choose from by typing; also the palette and the help
//	Confirm  a question, answered no by itself; a [Message] only says something
//
// A key goes to the [UI], which looks it up in the KeyMap under the Place of who has
// the keys. The action found is done; what is no action is typing, and goes to the
// Part. What a part can do beside being a Part it says by its methods: a [Mover] has
// a cursor, a [Taker] does something on enter, a [Clocked] screen is told of seconds.
//
// Parts are pointers with methods that return commands. Nothing here waits: what may
// wait is a command, and its answer is a [Routed] message that knows whose it is.
package kit
