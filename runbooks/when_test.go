package runbooks

import (
	"reflect"
	"strings"
	"testing"
)

func TestParseCondition(t *testing.T) {
	tests := []struct {
		text string
		want Condition
		err  string
	}{
		{"", nil, ""},
		{"  ", nil, ""},
		{"a=b", Condition{{"a", false, []string{"b"}}}, ""},
		{" a != b ", Condition{{"a", true, []string{"b"}}}, ""},
		{"a=b|c | d", Condition{{"a", false, []string{"b", "c", "d"}}}, ""},
		{"a!=b|c and d=e", Condition{{"a", true, []string{"b", "c"}}, {"d", false, []string{"e"}}}, ""},
		{"a=Some text", Condition{{"a", false, []string{"Some text"}}}, ""},
		{"a=b=c", nil, "compares twice"},
		{"a", nil, "compares nothing"},
		{"a=b or c=d", nil, "compares twice"},
		{"a=", nil, "no value"},
		{"a=b|", nil, "no value"},
		{"a==b", nil, "compares twice"},
		{"=b", nil, "not an id"},
		{"A=b", nil, "not an id"},
		{"a=b and ", nil, "compares nothing"},
		{"a!b", nil, "compares nothing"},
		{strings.Repeat("a=b and ", 40) + "a=b", nil, "at most 32 clauses"},
		{"a=" + strings.Repeat("b", 3000), nil, "at most 2000 bytes"},
	}
	for _, test := range tests {
		got, err := ParseCondition(test.text)
		if !reflect.DeepEqual(got, test.want) || !matches(err, test.err) {
			t.Errorf("%q: %v, %v; want %v, %s", test.text, got, err, test.want, test.err)
		}
	}
}

// matches reports whether an error has a part, or is nil if the part is "".
func matches(err error, part string) bool {
	if err == nil || part == "" {
		return err == nil && part == ""
	}
	return strings.Contains(err.Error(), part)
}

func TestConditionEval(t *testing.T) {
	answers := map[string]string{"yes": "yes", "no": "no", "empty": ""}
	tests := []struct {
		text    string
		verdict Verdict
		clause  string
	}{
		{"", Holds, "="},
		{"yes=yes", Holds, "="},
		{"yes=no", Fails, "yes=no"},
		{"yes!=no", Holds, "="},
		{"yes!=yes|no", Fails, "yes!=yes|no"},
		{"yes=no|yes", Holds, "="},
		{"missing=yes", Unknown, "missing=yes"},
		{"missing=yes and yes=yes", Unknown, "missing=yes"},
		{"missing=yes and yes=no and no=yes", Fails, "yes=no"},
		{"yes=yes and missing!=x and gone=y", Unknown, "missing!=x"},
		{"empty=x", Fails, "empty=x"},
	}
	for _, test := range tests {
		c, err := ParseCondition(test.text)
		if err != nil {
			t.Fatal(err)
		}
		verdict, clause := c.Eval(func(ref string) (string, bool) { v, ok := answers[ref]; return v, ok })
		if verdict != test.verdict || clause.String() != test.clause {
			t.Errorf("%q %s by %q, want %s by %q", test.text, verdict, clause, test.verdict, test.clause)
		}
	}
}

func TestParseEvent(t *testing.T) {
	tests := []struct {
		text string
		want Event
		err  string
	}{
		{"manual", Event{Kind: Manual}, ""},
		{"incident.opened", Event{Kind: IncidentOpened}, ""},
		{"step:a", Event{StepDone, "a", ""}, ""},
		{"step:a=yes", Event{StepDone, "a", "yes"}, ""},
		{"answer:a=yes", Event{AnswerGiven, "a", "yes"}, ""},
		{"notice:a", Event{NoticeSent, "a", ""}, ""},
		{"clock:a", Event{ClockStopped, "a", ""}, ""},
		{"", Event{}, "not an event"},
		{"step", Event{}, "not an event"},
		{"step:", Event{}, "not an event"},
		{"step:A B", Event{}, "not an event"},
		{"manual:a", Event{}, "not an event"},
		{"phase:a", Event{}, "not an event"},
		{"step:a=", Event{}, "nothing to compare"},
		{"notice:a=sent", Event{}, "nothing to compare"},
		{"answer:a", Event{}, "which value"},
	}
	for _, test := range tests {
		got, err := ParseEvent(test.text)
		if got != test.want || !matches(err, test.err) {
			t.Errorf("%q: %v, %v; want %v, %s", test.text, got, err, test.want, test.err)
		}
	}
}

// FuzzCondition holds a condition to what it says when it is written again.
func FuzzCondition(f *testing.F) {
	for _, seed := range []string{"a=b", "a!=b|c and d=e", "a = b", " and ", "a=b and", "=|", "a=|"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCondition(text)
		if err != nil {
			return
		}
		again, err := ParseCondition(c.String())
		if err != nil || !reflect.DeepEqual(c, again) {
			t.Fatalf("%q became %q: %v, %v", text, c, again, err)
		}
		verdict, clause := c.Eval(func(string) (string, bool) { return "", false })
		if (verdict == Holds) != (len(c) == 0) || verdict == Fails || (clause.Ref == "") != (len(c) == 0) {
			t.Fatalf("%q without answers: %s by %q", text, verdict, clause)
		}
	})
}
