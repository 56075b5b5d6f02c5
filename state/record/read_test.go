package record_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"muster/state"
	"muster/state/line"
	"muster/state/record"
)

// TestReadsLikeJSON: a field is read as encoding/json reads it, whatever stands
// there, and refused where it refuses.
func TestReadsLikeJSON(t *testing.T) {
	values := []string{
		`"x"`, `""`, `"\b\f\n\r\t\u0000\u001f\u007f\"\\/ü"`, `"\\u0041"`, `"` + line.Sum(nil).String() + `"`, `"` + strings.ToUpper(line.Sum(nil).String()) + `"`,
		`"2026-11-24T02:38:00Z"`, `null`, `true`, `false`, `0`, `7`, `-7`, `9007199254740992`, `-9007199254740992`, `[]`, `["x"]`, `[7]`, `{}`, `{"k":"v"}`,
		`{"id":"a","text":""}`,
	}
	for _, data := range []line.Data{
		&state.IncidentOpened{}, &state.SessionOpened{}, &state.StepDone{}, &state.StepTicked{}, &state.StepAnswered{}, &state.StepAdded{}, &state.NoteAdded{},
		&state.EvidenceAdded{}, &state.ServiceSet{}, &state.ServiceChecked{}, &state.NoticeSent{}, &state.ContactCalled{}, &state.TimerSet{},
		&state.EntryAmended{}, &state.EntryRetracted{}, &state.IncidentClosed{}, &state.InjectDelivered{}, &state.ObjectiveRated{},
	} {
		for key, part := range record.Keys(data) {
			for _, value := range values {
				if key == "organisation" && strings.HasPrefix(value, `{"id"`) {
					continue // of which the id, and not an empty text, stands in another part
				}
				compareWithJSON(t, data, part(value), fmt.Sprintf(`{"new":1,"%s":%s}`, key, value))
			}
		}
	}
}

func compareWithJSON(t *testing.T, data line.Data, part line.Part, object string) {
	t.Helper()
	want := reflect.New(reflect.TypeOf(data).Elem()).Interface()
	refused := json.Unmarshal([]byte(object), want)
	for _, words := range []bool{false, true} {
		got, err := record.Decode(data, part, object, words)
		if (err == nil) != (refused == nil) {
			t.Errorf("%T %s: %v, and encoding/json says %v", data, object, err, refused)
		}
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%T %s is read as\n%+v\nnot\n%+v", data, object, got, want)
		}
	}
}

// TestDataThatDoesNotFit: the error names the kind, and what is of another type.
func TestDataThatDoesNotFit(t *testing.T) {
	for _, text := range []string{`{"item":"two"}`, `{"on":7}`} {
		_, err := record.Decode(&state.StepTicked{}, state.Facts, text, false)
		if err == nil || !strings.Contains(err.Error(), "the data of its kind step.ticked cannot be read") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestObjectsInside: a runbook as it is always written is not written again to see that it
// is; one that is written otherwise is in doubt.
func TestObjectsInside(t *testing.T) {
	sum := line.Sum([]byte("x")).String()
	const facts = `{"id":"i","severity":"SEV2","program":"m","runbook":{"id":"b"}}`
	usual := `{"runbook":{"source":"s","sha256":"` + sum + `","text":"x"}}`
	for _, test := range []struct {
		name, facts, apart string
		want               bool
	}{
		{"as it is written", facts, usual, true},
		{"without its source", facts, strings.Replace(usual, `"source":"s",`, "", 1), false},
		{"with an empty source", facts, strings.Replace(usual, `"source":"s"`, `"source":""`, 1), false},
		{"with a new key", facts, strings.Replace(usual, `"text"`, `"new":1,"text"`, 1), false},
		{"in another order", facts, `{"runbook":{"sha256":"` + sum + `","source":"s","text":"x"}}`, false},
		{"with a hash of capitals", facts, strings.Replace(usual, sum, strings.ToUpper(sum), 1), false},
		{"without its id", strings.Replace(facts, `{"id":"b"}`, `{}`, 1), usual, false},
	} {
		exact, err := record.Exact(&state.IncidentOpened{}, test.facts, line.Procedure, test.apart)
		if exact != test.want || err != nil && test.want {
			t.Errorf("%s: exact is %v, %v", test.name, exact, err)
		}
	}
	if _, err := record.Exact(&state.IncidentOpened{}, strings.Replace(facts, `{"id":"b"}`, `{"text":"x"}`, 1), line.Procedure, usual); err == nil {
		t.Error("a text in another part than its own is read")
	}
}
