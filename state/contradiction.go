package state

import "fmt"

// A witnessed is data that says something which the log before it can contradict. inc is
// the incident before the entry, and "" stands for no contradiction.
type witnessed interface {
	contradicts(inc *Incident, e *Entry) string
}

// notThatHead says that a head is not that of the entry that is named; "" if it is.
func notThatHead(inc *Incident, head Hash, seq uint64) string {
	if seq == 0 || seq > uint64(len(inc.Log)) {
		return fmt.Sprintf("It says that %s is the head of entry %d, which did not stand in the log.", head.Code(), seq)
	}
	if inc.Log[seq-1].Hash == head {
		return ""
	}
	return fmt.Sprintf("It says that %s is the head of entry %d, and that entry's head is %s.", head.Code(), seq, inc.Log[seq-1].Hash.Code())
}

// notItsHash says that a text has another hash than the one beside it; "" if it has not.
func notItsHash(what, text string, sum Hash) string {
	if Sum([]byte(text)) == sum {
		return ""
	}
	return fmt.Sprintf("The hash it gives for %s is not that of the text.", what)
}

// notThere says that an entry that is corrected did not stand in the log.
func notThere(inc *Incident, seq uint64) string {
	if seq > 0 && seq <= uint64(len(inc.Log)) {
		return ""
	}
	return fmt.Sprintf("It corrects entry %d, which did not stand in the log.", seq)
}
