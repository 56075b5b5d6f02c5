package state

// A Fault is in what way something that was said did not hold. What nothing is known of was not
// false: it was not known to be true.
type Fault string

// The faults.
const (
	NeverTrue     Fault = "not true when sent"
	NeverKnown    Fault = "not known to be true when sent"
	NoLongerTrue  Fault = "no longer true"
	FoundUntrue   Fault = "found not to be true" // it was not known to be true before
	NotKnownSince Fault = "not known to be true"
)

// WhenSent reports whether it is of the moment at which it was said.
func (f Fault) WhenSent() bool { return f == NeverTrue || f == NeverKnown }

// False reports whether something else is known than was said. Else nothing is.
func (f Fault) False() bool { return f != NeverKnown && f != NotKnownSince }

// Loud are the words for what is out and does not hold. In a drill nothing was sent.
func (f Fault) Loud(drill bool) string {
	sent := "WHEN IT WAS SENT"
	if drill {
		sent = "WHEN IT WOULD HAVE BEEN SENT"
	}
	switch f {
	case NeverTrue:
		return "NOT TRUE " + sent
	case NeverKnown:
		return "NOT KNOWN TO BE TRUE " + sent
	case NotKnownSince:
		return "NOT KNOWN TO BE TRUE NOW"
	case FoundUntrue:
		return "NOT TRUE NOW"
	}
	return "NOT TRUE ANY MORE"
}

// Past are the words for what did not hold for a time.
func (f Fault) Past(drill bool) string {
	sent := " when it was sent"
	if drill {
		sent = " when it would have been sent"
	}
	switch f {
	case NeverTrue:
		return "not true" + sent
	case NeverKnown:
		return "not known to be true" + sent
	}
	return string(f)
}

// A Failing is one thing in what is out that does not hold, and in what way.
type Failing struct {
	Fault Fault
	Why   string
	Of    string // Why without what it quotes, of what rests on an answer; "" of a claim
}

// weightiest puts first what is known not to be so, and of each what never was.
func weightiest(failings []Failing) []Failing {
	ordered := make([]Failing, 0, len(failings))
	for rank := range 4 {
		for _, f := range failings {
			if f.Fault.rank() == rank {
				ordered = append(ordered, f)
			}
		}
	}
	return ordered
}

// rank is how much a fault weighs: the less, the more.
func (f Fault) rank() int {
	switch f {
	case NeverTrue:
		return 0
	case NeverKnown:
		return 2
	case NotKnownSince:
		return 3
	}
	return 1
}

// A Fate is what came of a statement that was sent, where that is more than that it was.
type Fate struct {
	Early     Early // by the times in the log
	Then      Fault // NeverTrue or NeverKnown; "" if it held when it was sent, or that is not known
	Corrected bool
}

// String says it in words; "" if there is nothing to tell.
func (f Fate) String() string {
	early, came := f.Early.String(), f.came()
	if early == "" || came == "" {
		return early + came
	}
	return early + "; " + came
}

func (f Fate) came() string {
	text := ""
	switch f.Then {
	case NeverTrue:
		text = "was not true"
	case NeverKnown:
		text = "was not known to be true"
	}
	switch {
	case text != "" && f.Corrected:
		return text + "; corrected"
	case text != "":
		return text + " then"
	case f.Corrected:
		return "corrected"
	}
	return ""
}
