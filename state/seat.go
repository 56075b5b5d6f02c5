package state

// A Seat is from where somebody acts: an account, at a terminal of a machine. Whoever has
// both may give any name, so that what two people did at one seat may have been one.
type Seat struct {
	Host     string
	Account  string // as the system calls it: root
	Terminal string // as the system calls it: pts/3; "" if there is none
	Login    string // tells one use of a terminal from the next, which gets its name
}

// ByKey is the terminal of a seat that is no terminal but a key, by which somebody comes
// from elsewhere; its account is the key's fingerprint.
const ByKey = "ssh"

// NoTerminal is the terminal of a seat that has none: of its account anybody may act so, and
// nothing is remembered of who did.
const NoTerminal = "none"

// Known reports whether it is known from where somebody acts: it is not where there is no
// terminal, and in a copy without the names.
func (s Seat) Known() bool {
	return s.Terminal != "" && s.Terminal != WithheldText && s.Terminal != NoTerminal
}

// sharesAccount reports whether two seats are of one account of a machine, and no keys.
func (s Seat) sharesAccount(other Seat) bool {
	return s.Host == other.Host && s.Account == other.Account && s.Terminal != ByKey && other.Terminal != ByKey
}

// String names the seat in words, raw.
func (s Seat) String() string {
	switch {
	case s.Terminal == WithheldText:
		return WithheldText
	case s.Terminal == ByKey:
		return "the key " + s.Account
	case s.Terminal == NoTerminal:
		return "the account " + s.Account + " on " + s.Host
	case s.Account == "" && s.Host == "":
		return "the terminal " + s.Terminal
	}
	return "terminal " + s.Terminal + ", " + s.Account + " on " + s.Host
}

// seated is that a person acts at a seat from an entry on.
type seated struct {
	seat   Seat
	person string
	seq    uint64
}
