package state

import "muster/runbooks"

// demanded reports whether a clock is met by a notice, or starts with it.
func demanded(inc *Incident, n *Notice) bool {
	for i := range inc.Clocks {
		for _, t := range inc.Clocks[i].triggers() {
			if meant(inc, t.book, t.starts, runbooks.NoticeSent, n.ID, "") || meant(inc, t.book, t.stops, runbooks.NoticeSent, n.ID, "") {
				return true
			}
		}
	}
	return false
}
