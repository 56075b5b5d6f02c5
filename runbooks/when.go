package runbooks

import (
	"fmt"
	"slices"
	"strings"
)

// A Condition is a parsed when: it holds if all its clauses do. The empty
// condition holds.
type Condition []Clause

// A Clause compares one answer.
type Clause struct {
	Ref    string   // the id of a decision step, an ask or an input
	Not    bool     // the answer is none of Values
	Values []string // at least one; the answer is one of them
}

// A Verdict is what a condition comes to.
type Verdict int

// The verdicts.
const (
	Unknown Verdict = iota // an answer is missing, and nothing is false so far
	Fails
	Holds
)

// String writes the verdict as a word.
func (v Verdict) String() string {
	switch v {
	case Fails:
		return "fails"
	case Holds:
		return "holds"
	}
	return "unknown"
}

// The bounds of a condition.
const (
	maxCondition = 2000 // bytes
	maxClauses   = 32
)

// ParseCondition reads a when; see the package comment for how one is written.
func ParseCondition(text string) (Condition, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if len(text) > maxCondition {
		return nil, fmt.Errorf("a condition is at most %d bytes", maxCondition)
	}
	parts := strings.Split(text, " and ")
	if len(parts) > maxClauses {
		return nil, fmt.Errorf("a condition has at most %d clauses", maxClauses)
	}
	condition := make(Condition, len(parts))
	for i, part := range parts {
		clause, err := parseClause(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		condition[i] = clause
	}
	return condition, nil
}

func parseClause(text string) (Clause, error) {
	left, right, found := strings.Cut(text, "=")
	if !found {
		return Clause{}, fmt.Errorf("%s compares nothing; write id=value, id!=value or id=value|value", quote(text))
	}
	left, not := strings.CutSuffix(left, "!")
	clause := Clause{Ref: strings.TrimSpace(left), Not: not}
	if !validID(clause.Ref) {
		return Clause{}, fmt.Errorf("%s is not an id; write id=value, id!=value or id=value|value", quote(clause.Ref))
	}
	for value := range strings.SplitSeq(right, "|") {
		value = strings.TrimSpace(value)
		if value == "" {
			return Clause{}, fmt.Errorf("%s has no value to compare with; write id=value", quote(text))
		}
		if strings.Contains(value, "=") {
			return Clause{}, fmt.Errorf("%s compares twice; write id=value|value for or, and id=value and id=value", quote(text))
		}
		clause.Values = append(clause.Values, value)
	}
	return clause, nil
}

// Eval judges the condition by the answers so far: answer returns one by the id
// that asks for it, and whether it is there. The clause is the one that decided: the
// first that is false, else the first whose answer is missing, else none.
func (c Condition) Eval(answer func(ref string) (string, bool)) (Verdict, Clause) {
	missing := -1
	for i, clause := range c {
		value, ok := answer(clause.Ref)
		if !ok {
			if missing < 0 {
				missing = i
			}
			continue
		}
		if slices.Contains(clause.Values, value) == clause.Not {
			return Fails, clause
		}
	}
	if missing >= 0 {
		return Unknown, c[missing]
	}
	return Holds, Clause{}
}

// String writes the clause as it is written in a runbook.
func (c Clause) String() string {
	op := "="
	if c.Not {
		op = "!="
	}
	return c.Ref + op + strings.Join(c.Values, "|")
}

// String writes the condition as it is written in a runbook.
func (c Condition) String() string {
	clauses := make([]string, len(c))
	for i := range c {
		clauses[i] = c[i].String()
	}
	return strings.Join(clauses, " and ")
}
