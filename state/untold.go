package state

// The words for what no entry tells, wherever that is said to those who were not there: what was
// done and not recorded is not known from a log, so that each says no more than the log does.
const (
	NobodyNamed    = "nobody is named"
	NoEntryMeets   = "no entry meets it"
	NoEntryAnswers = "no entry answers it"
	NoEntry        = "no entry" // of a step, a timer or a handover: none says that it came to that
)
