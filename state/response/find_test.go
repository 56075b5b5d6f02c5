package response_test

import (
	"errors"
	"testing"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
)

// TestFindByPart: a contact, an objective or an inject is found by its id, a part of
// it, or its number; what is not there is a refusal and nothing else.
func TestFindByPart(t *testing.T) {
	list := []response.Contact{{ID: "cert", Title: "National CERT"}, {ID: "bank", Title: "The bank"}}
	scenario := &runbooks.Scenario{
		Objectives: []runbooks.Objective{{ID: "isolate", Title: "Isolate"}, {ID: "inform", Title: "Inform"}},
		Injects:    []runbooks.Inject{{ID: "call"}, {ID: "mail"}, {ID: "#7"}},
	}
	find := map[string]func(string) (string, error){
		"contact": func(ref string) (string, error) {
			c, err := response.FindContact(list, ref)
			if c == nil {
				return "", err
			}
			return c.ID, err
		},
		"objective": func(ref string) (string, error) {
			o, err := response.FindObjective(scenario, ref)
			if o == nil {
				return "", err
			}
			return o.ID, err
		},
		"inject": func(ref string) (string, error) {
			in, err := response.FindInject(scenario, ref)
			if in == nil {
				return "", err
			}
			return in.ID, err
		},
	}
	for _, c := range []struct{ noun, ref, want string }{
		{"contact", "cert", "cert"}, {"contact", "bank", "bank"}, {"contact", "national", "cert"}, {"contact", "nobody", ""},
		{"objective", "inform", "inform"}, {"objective", "isol", "isolate"}, {"objective", "none", ""},
		{"inject", "call", "call"}, {"inject", "2", "mail"}, {"inject", "#2", "mail"}, {"inject", "#7", "#7"}, {"inject", "9", ""},
	} {
		got, err := find[c.noun](c.ref)
		var refusal *state.Refusal
		if got != c.want || (err == nil) != (c.want != "") || err != nil && !errors.As(err, &refusal) {
			t.Errorf("%s %q is %q, %v", c.noun, c.ref, got, err)
		}
	}
}

// TestMayHaveArrived: only if who failed to send it says so.
func TestMayHaveArrived(t *testing.T) {
	for _, c := range []struct {
		failed error
		want   bool
	}{{nil, false}, {errors.New("refused"), false}, {arrival(true), true}, {arrival(false), false}} {
		if got := (&response.Left{Failed: c.failed}).MayHaveArrived(); got != c.want {
			t.Errorf("%v may have arrived: %v", c.failed, got)
		}
	}
}

// arrival is a failure that says whether the text may have arrived all the same.
type arrival bool

func (arrival) Error() string          { return "the line broke" }
func (arrival) Reason() string         { return "the line broke" }
func (a arrival) MayHaveArrived() bool { return bool(a) }
