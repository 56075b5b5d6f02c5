package state

// KindOf is the kind of entry that a command makes, for tests.
func KindOf(c Command) Kind { return c.kind() }
