package view

import (
	"reflect"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

// TestFormsDrawOnTheOrganisation: every standing fact of an organisation can be drawn by the name
// that it has in the organisation's file, and rests on the first entry; so a new one cannot be
// forgotten. Of a copy that lacks them it is said that they are withheld.
func TestFormsDrawOnTheOrganisation(t *testing.T) {
	org := &state.Organisation{Name: "IMO"}
	want := map[string]string{"name": "IMO"}
	values := reflect.ValueOf(&org.Facts).Elem()
	for i := range values.NumField() {
		key := values.Type().Field(i).Tag.Get("toml")
		switch field := values.Field(i); field.Kind() {
		case reflect.String:
			field.SetString("the " + key)
			want[key] = "the " + key
		default:
			field.Set(reflect.ValueOf([]string{"one " + key, "two"}))
			want[key] = "one " + key + ", two"
		}
	}
	s := begun(t)
	s.inc.Organisation = org
	for key, value := range want {
		f := NewForm(s.inc, drawnFrom(t, "text", "fact:"+key), hereAnHourEast)
		if got := f.Fields[0]; got.Value == nil || *got.Value != value || len(got.Entries) != 1 || got.Entries[0] != 1 || got.Withheld {
			t.Errorf("%s is drawn as %+v, not %q", key, got, value)
		}
	}
	if len(want) < 15 {
		t.Fatalf("only %d facts were found: the test looks in the wrong place", len(want))
	}
	org.Facts = runbooks.Facts{}
	if got := NewForm(s.inc, drawnFrom(t, "text", "fact:lei"), hereAnHourEast).Fields[0]; got.Value != nil || got.Withheld {
		t.Errorf("a fact that nobody gave is drawn as %+v", got)
	}
	bare := s.without(func(uint64) state.Parts { return state.PartsOf(state.Procedure) })
	if got := NewForm(bare, drawnFrom(t, "text", "fact:lei"), hereAnHourEast).Fields[0]; got.Value != nil || !got.Withheld {
		t.Errorf("of a copy without them it is drawn as %+v", got)
	}
}

// TestLinesOfAFormAreBounded: of very many things that happened the last are told, with how many
// came before.
func TestLinesOfAFormAreBounded(t *testing.T) {
	of := func(n int) (all []formLine) {
		for i := range n {
			all = append(all, formLine{text: "x", seq: uint64(i + 1)})
		}
		return all
	}
	if got := lines(of(maxLines)); strings.Count(got.value, "\n") != maxLines-1 || strings.Contains(got.value, "earlier") || len(got.entries) != maxLines {
		t.Errorf("as many as can be are %d lines of %d entries", strings.Count(got.value, "\n")+1, len(got.entries))
	}
	if got := lines(of(maxLines + 3)); !strings.HasPrefix(got.value, "(3 earlier)\nx\n") || strings.Count(got.value, "x") != maxLines || got.entries[0] != 4 {
		t.Errorf("of three more it says %.40q, of %d entries", got.value, len(got.entries))
	}
	if got := lines(nil); got.value != "" {
		t.Errorf("of none it says %q", got.value)
	}
}
