package state

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestReadsLikeJSON: a field is read as encoding/json reads it, whatever stands
// there, and refused where it refuses.
func TestReadsLikeJSON(t *testing.T) {
	values := []string{
		`"x"`, `""`, `"\b\f\n\r\t\u0000\u001f\u007f\"\\/ü"`, `"\\u0041"`, `"` + Sum(nil).String() + `"`, `"` + strings.ToUpper(Sum(nil).String()) + `"`,
		`"2026-11-24T02:38:00Z"`, `null`, `true`, `false`, `0`, `7`, `-7`, `9007199254740992`, `-9007199254740992`, `[]`, `["x"]`, `[7]`, `{}`, `{"k":"v"}`,
		`{"id":"a","text":""}`,
	}
	for _, data := range []Data{
		&Opened{}, &SessionOpened{}, &StepDone{}, &StepTicked{}, &StepAnswered{}, &StepAdded{}, &NoteAdded{}, &EvidenceAdded{}, &ServiceSet{},
		&ServiceChecked{}, &NoticeSent{}, &ContactCalled{}, &TimerSet{}, &EntryAmended{}, &EntryRetracted{}, &IncidentClosed{}, &InjectDelivered{}, &ObjectiveRated{},
	} {
		for key, at := range layoutOf(data).keys {
			for _, value := range values {
				compareWithJSON(t, data.Kind(), at.of([]byte(value)), fmt.Sprintf(`{"new":1,"%s":%s}`, key, value))
			}
		}
	}
}

func compareWithJSON(t *testing.T, kind Kind, part Part, object string) {
	t.Helper()
	want := newData(kind)
	refused := json.Unmarshal([]byte(object), want)
	var parts [partCount][]byte
	parts[part] = []byte(object)
	for _, w := range []*words{nil, new(words)} {
		got, err := decodeData(kind, &parts, 0, w)
		if (err == nil) != (refused == nil) {
			t.Errorf("%s %s: %v, and encoding/json says %v", kind, object, err, refused)
		}
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s %s is read as\n%+v\nnot\n%+v", kind, object, got, want)
		}
	}
}

// TestWords: what is kept is what was read, however many words there are.
func TestWords(t *testing.T) {
	var w words
	for round := range 3 {
		for n := range 5000 {
			text := fmt.Sprintf("word %d", n*(n%7))
			if got := w.intern([]byte(text)); got != text {
				t.Fatalf("round %d: %q is kept as %q", round, text, got)
			}
		}
	}
	again := []byte("gisis")
	if n := testing.AllocsPerRun(100, func() { w.intern(again) }); n != 0 {
		t.Errorf("a word met before takes memory %v times", n)
	}
	if long := strings.Repeat("x", 500); w.intern([]byte(long)) != long || w.intern(nil) != "" {
		t.Error("a long or an empty text is not kept as it is")
	}
}
