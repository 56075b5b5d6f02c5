package runbooks

import "time"

// Parse reads a runbook. name is its file's name: it stands in the problems, and
// is the runbook's id if the text does not say one. All problems are reported at
// once, in the order of the lines; if one of them is an Error, the runbook is nil.
func Parse(name string, data []byte) (*Runbook, Problems) {
	var file fileRunbook
	problems := DecodeStrict(name, data, &file)
	if file.At.node == nil { // not TOML at all
		return nil, problems
	}
	book := convert(name, &file)
	l := newLinter(&file, book, &problems)
	l.lint()
	problems = problems.sorted()
	if problems.HasErrors() {
		return nil, problems
	}
	return book, problems
}

// ReviewDue reports whether the runbook asks for a review that is overdue. One
// that was never reviewed, but asks for it, is.
func (r *Runbook) ReviewDue(now time.Time) bool {
	return reviewDue(r.Reviewed, r.ReviewEvery, now)
}

func reviewDue(reviewed time.Time, every Span, now time.Time) bool {
	if every.IsZero() {
		return false
	}
	return reviewed.IsZero() || every.After(reviewed, time.UTC).Before(now)
}
